import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import type { MeetingRecord } from '../../src/core/record.ts';
import { openJournal } from '../../src/storage/journal/journal.ts';
import { readTranscript } from '../discord/support/read-transcript.ts';
import type { Member } from '../simulators/discord/index.ts';
import type { Said } from '../simulators/discord/voice/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage, type Stage } from '../support/stage.ts';

const NEAR_MS = 100; // how far a segment's times may be from when the words were spoken

interface SaidBy extends Said {
  readonly who: string;
}

/** A meeting of four: they overlap, Dario joins late, Ben leaves and returns. Gives what was said, as it was said. */
async function meet(stage: Stage): Promise<readonly SaidBy[]> {
  const { guild, voice } = stage;
  const [ana, ben, chloe, dario] = ['Ana', 'Ben', 'Chloé', 'Dario'].map((name) => guild.addMember({ name }));
  if (!ana || !ben || !chloe || !dario) throw new Error('four people were made');
  const said: SaidBy[] = [];
  const say = async (who: Member, text: string): Promise<void> => {
    said.push({ who: who.displayName, ...(await who.say(text)) });
  };
  for (const person of [ana, ben, chloe]) person.join(voice);
  await stage.command(stage.moderator, 'translate', { languages: 'es,fr' });
  await stage.command(ana, 'transcribe start');

  await Promise.all([
    say(ana, 'Good morning, shall we begin with the long question of the budget for next year?'),
    delay(1_200).then(() => say(ben, 'Yes, let us.')),
    delay(2_500).then(() => say(chloe, 'Un moment, s’il vous plaît.')),
  ]);
  dario.join(voice);
  await Promise.all([say(ben, 'The first item is closed.'), delay(900).then(() => say(dario, 'Sorry, I am late!'))]);
  ben.leave();
  await say(chloe, 'Where did he go?');
  ben.join(voice);
  await Promise.all([say(ben, 'Back again.'), delay(600).then(() => say(ana, 'Then we are all here.'))]);
  return said.sort((a, b) => a.startedAtMs - b.startedAtMs);
}

async function journalOf(stage: Stage): Promise<MeetingRecord> {
  await using journal = await openJournal(`sqlite://${join(stage.bot.directory, 'data/parley.db')}`, quiet);
  const [head] = await journal.archive.list(stage.guild.id, 1);
  const record = head && (await journal.archive.read(head.id));
  if (!record) throw new Error('The journal holds no meeting');
  return record;
}

describe.concurrent.each([
  [1, 'pcm_s16le'],
  [0, 'pcm_s16le'],
  [1, 'ogg'],
] as const)('a whole meeting at DAVE version %i in %s', inRealTime, (daveVersion, format) => {
  it('is posted under the right names, once, in order, in three languages, and the minutes hold the same', async () => {
    const environment = { PALABRA_FORMAT: format };
    await using stage = await openStage({ voice: { daveVersion }, palabra: { strictOgg: true }, environment });
    const asSpeakers = daveVersion === 1; // through webhooks, in some of the meetings
    if (asSpeakers) stage.guild.bot.setRoles([stage.guild.botRole, stage.guild.addRole('more', ['ManageWebhooks'])]);
    const said = await meet(stage);
    await stage.command(stage.moderator, 'transcribe stop');

    const expected = said.map(({ who, text }) => ({
      name: who,
      text,
      translations: { es: `es:${text}`, fr: `fr:${text}` },
    }));
    const minutes = await stage.text.waitFor((message) => message.attachments.length > 0);
    const shown = readTranscript(stage.text.messages.filter((message) => message !== minutes));
    expect(shown.map(({ name, text, translations }) => ({ name, text, translations }))).toEqual(expected);

    const lines = stage.text.messages.filter(
      (message) => message !== minutes && said.some(({ text }) => message.content.includes(text)),
    );
    expect(lines.every(({ webhook }) => (webhook !== undefined) === asSpeakers)).toBe(true);
    for (const { token } of stage.discord.world.webhooks.values()) expect(stage.bot.output).not.toContain(token);

    const record = await journalOf(stage);
    const offsets = record.finals.map(({ startMs, endMs }, index) => ({
      start: record.head.beganAt.getTime() + startMs - (said[index]?.startedAtMs ?? 0),
      end: record.head.beganAt.getTime() + endMs - (said[index]?.endedAtMs ?? 0),
    }));
    const farthestMs = Math.max(...offsets.flatMap(({ start, end }) => [Math.abs(start), Math.abs(end)]));
    expect(farthestMs).toBeLessThan(NEAR_MS);

    const markdown = Buffer.from(minutes.attachments[0]?.bytes ?? []).toString('utf8');
    const transcript = markdown.slice(markdown.lastIndexOf('\n## Transcript'));
    const places = said.map(({ text }) => transcript.indexOf(text.slice(0, 10)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));

    expect(stage.discord.violations).toEqual([]);
    expect(stage.palabra.violations).toEqual([]);
    expect(stage.discord.rateLimited).toBe(0);
    for (const { text } of said) expect(stage.bot.output).not.toContain(text);
  }, 90_000);
});
