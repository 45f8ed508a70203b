import { describe, expect, it } from 'vitest';
import { LinksInMemory } from '../../../src/web/live/links.ts';
import type { Interaction } from '../../simulators/discord/index.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { office } from '../support/office.ts';

/** A meeting that was over months ago, in a server with pages. */
async function longAfter({ hasPages = true } = {}) {
  const liveLinks = new LinksInMemory('https://parley.example.org');
  const place = await office(hasPages ? { liveLinks } : {});
  const { guild, general, standup, journal } = place;
  const places = { guildId: guild.id, textChannelId: general.id, voiceChannelId: standup.id };
  await journal.begin(makeHead({ id: 'long-ago', ...places, beganAt: new Date('2026-03-02T10:00:00Z') }));
  await journal.of('long-ago').write(makeFinal({ text: 'We agreed.' }));
  await journal.of('long-ago').end(60_000, 'stopped');
  const guestOf = (answer: Interaction) => {
    const [, address, secret = ''] = /"url":"([^"]+)\?key=([\w-]+)"/.exec(JSON.stringify(answer.components)) ?? [];
    expect(address).toBe('https://parley.example.org/live/long-ago');
    return liveLinks.passOf('long-ago', secret)?.guest;
  };
  const show = async (who: 'ana' | 'ben' | 'boss', command = 'minutes show') =>
    await place[who].command(command, command === 'minutes show' ? { meeting: 'long-ago' } : {}, { channel: general });
  return { ...place, show, guestOf };
}

function labelsOf({ components }: Interaction): string[] {
  return JSON.stringify(components).match(/(?<="label":")[^"]+/g) ?? [];
}

describe('the minutes of a meeting that was over long ago', () => {
  it.each(['minutes show', 'minutes latest'])(
    'come with a link to its page, for the asker of /%s alone',
    async (command) => {
      const { show, guestOf, guild, ben } = await longAfter();
      const answer = await show('ben', command);
      expect(answer.ephemeral).toBe(true);
      expect(labelsOf(answer)).toEqual(['Open in the browser', 'Close my links']);
      expect(answer.content).toMatch(
        /\n-# “Open in the browser” shows the page of this meeting\. The link is for you alone/,
      );
      expect(guestOf(answer)).toEqual({ guildId: guild.id, meetingId: 'long-ago', userId: ben.id });
    },
  );

  it('come with buttons that end the asker’s links, and for managers everybody’s', async () => {
    const { show, guestOf, ben, boss } = await longAfter();
    const [first, second] = [await show('ben'), await show('boss')];
    if (!first.original || !second.original) throw new Error('Nothing was answered');
    await ben.click(first.original, 'p1:close-my-links:long-ago');
    expect([guestOf(first), guestOf(second)?.userId]).toEqual([undefined, boss.id]);
    const third = await show('ben');
    expect(labelsOf(second)).toEqual(['Open in the browser', 'Close my links', 'Close all links']);
    await boss.click(second.original, 'p1:close-all-links:long-ago');
    expect([guestOf(second), guestOf(third)]).toEqual([undefined, undefined]);
  });

  it('come without a link for people who can only hear such meetings, and where there are no pages', async () => {
    const hidden = await longAfter();
    hidden.general.setOverwrite({ for: hidden.ana, deny: ['ViewChannel'] });
    const lobby = hidden.guild.addTextChannel('lobby');
    const heard = await hidden.ana.command('minutes show', { meeting: 'long-ago' }, { channel: lobby });
    const without = await (await longAfter({ hasPages: false })).show('ben');
    for (const answer of [heard, without]) {
      expect(Buffer.from(answer.attachments[0]?.bytes ?? []).toString()).toContain('We agreed.');
      expect(labelsOf(answer)).toEqual([]);
      expect(answer.content).not.toContain('browser');
    }
  });

  it('say that the link is personal in a further message where the first is full', async () => {
    const { show, journal } = await longAfter();
    const points = Array.from({ length: 30 }, (_, i) => ({ text: `Point ${i}: ${'word '.repeat(20)}`, cites: ['u1'] }));
    const text = { language: 'en', keyPoints: points, decisions: [], actions: [], questions: [] };
    await journal.of('long-ago').summarised({ kind: 'written', texts: [text], madeBy: { model: 'test' } }, 1);
    const answer = await show('ben');
    await answer.until(() => answer.followUps.at(-1)?.content.includes('The link is for you alone') ?? false);
    expect(labelsOf(answer)).toContain('Open in the browser');
    expect(answer.content).not.toContain('for you alone');
  });
});
