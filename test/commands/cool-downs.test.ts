import { describe, expect, it } from 'vitest';
import { CoolDowns } from '../../src/core/concurrency/cool-downs.ts';
import { makeFinal, makeHead } from '../support/make.ts';
import { type Office, office } from './support/office.ts';

/** An office with a finished meeting that everybody may read. */
async function afterMeeting(): Promise<Office & { readonly here: { readonly channel: Office['general'] } }> {
  const place = await office({ coolDowns: new CoolDowns(() => Date.UTC(2026, 10, 23)) }); // however slow the machine is
  const { journal, guild, general, standup, ana } = place;
  const ids = { guildId: guild.id, textChannelId: general.id, voiceChannelId: standup.id };
  await journal.begin(makeHead({ ...ids, id: 'm9', startedBy: ana.id }));
  await journal.of('m9').write(makeFinal({ speakerId: ana.id, text: 'Hello' }));
  await journal.of('m9').end(60_000, 'stopped');
  return { ...place, here: { channel: general } };
}

describe('a command that is costly for everybody', () => {
  it('is refused to somebody who repeats it, with the time of the next chance, and to nobody else', async () => {
    const { ana, ben, here } = await afterMeeting();
    const wish = { meeting: 'm9', format: 'txt' };
    const answers: string[] = [];
    for (let n = 0; n < 9; n += 1) answers.push((await ana.command('minutes export', wish, here)).content);
    expect(answers.slice(0, 8).every((answer) => answer.endsWith('.txt`'))).toBe(true);
    expect(answers[8]).toMatch(/^You have done that often in a short time\. You can do it again <t:\d+:R>\.$/);
    expect((await ben.command('minutes export', wish, here)).content).toContain('.txt');
  });

  it('is available twice in a row', async () => {
    const { ana, here } = await afterMeeting();
    for (const command of ['catch-up', 'catch-up', 'minutes latest', 'minutes latest']) {
      expect((await ana.command(command, {}, here)).content).not.toContain('often in a short time');
    }
  });

  it.each([
    ['catch-up', 5],
    ['minutes latest', 8],
  ])('is bounded, too: /%s', async (command, most) => {
    const { ana, here } = await afterMeeting();
    for (let n = 0; n < most; n += 1)
      expect((await ana.command(command, {}, here)).content).not.toContain('often in a short time');
    expect((await ana.command(command, {}, here)).content).toContain('often in a short time');
  });
});
