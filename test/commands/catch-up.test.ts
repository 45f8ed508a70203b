import { describe, expect, it } from 'vitest';
import type { Summariser } from '../../src/core/ports/minutes.ts';
import { makeFinal, makePerson, makeTranslation } from '../support/make.ts';
import { type Office, office } from './support/office.ts';

const MINUTE_MS = 60_000;

/** A meeting that Ana sits in: what was said at 1, 30 and 59 minutes of an hour. */
async function hour(change: Parameters<typeof office>[0] = {}): Promise<Office & { id: string }> {
  const place = await office(change);
  const { journal, guild, ana, ben, general, standup } = place;
  const id = 'm-hour';
  await journal.begin({
    id,
    guildId: guild.id,
    title: 'Standup',
    voiceChannelId: standup.id,
    voiceChannelName: 'Standup',
    textChannelId: general.id,
    startedBy: ana.id,
    beganAt: new Date(Date.now() - 60 * MINUTE_MS),
  });
  await journal.of(id).joined({ speakerId: ana.id, displayName: 'Ana', joinedMs: 20 * MINUTE_MS });
  await journal.of(id).joined({ speakerId: ben.id, displayName: '*Ben*', joinedMs: 0 });
  for (const [utteranceId, minute, text] of [
    ['u1', 1, 'At the beginning'],
    ['u2', 30, 'In the middle'],
    ['u3', 59, 'At the end'],
  ] as const) {
    const startMs = minute * MINUTE_MS;
    await journal.of(id).write(makeFinal({ utteranceId, speakerId: ben.id, startMs, endMs: startMs + 2_000, text }));
  }
  await journal
    .of(id)
    .write(
      makeTranslation({ utteranceId: 'u2', speakerId: ben.id, startMs: 30 * MINUTE_MS, endMs: 1, text: 'En medio' }),
    );
  await journal.of(id).posted({ utteranceId: 'u2', channelId: general.id, messageId: '501' });
  await journal.of(id).posted({ utteranceId: 'u2', channelId: '600', messageId: '601', language: 'es' });
  return { ...place, id };
}

/** The meeting runs, and Ana sits in it. */
async function runningHour(change: Parameters<typeof office>[0] = {}): Promise<Office & { id: string }> {
  const place = await hour(change);
  const [head] = await place.journal.archive.list(place.guild.id, 1);
  if (!head) throw new Error('The journal holds the meeting');
  const meeting = place.meetings.take(head);
  meeting.speakers = [{ person: makePerson({ id: place.ana.id }), consent: 'heard' }];
  return place;
}

describe('/catch-up', () => {
  it('shows a member in the meeting what was said since they joined, with links, and only to them', async () => {
    const { ana, guild, general, discord } = await runningHour();
    const reply = await ana.command('catch-up', {}, { channel: general });
    expect(reply).toMatchObject({ ephemeral: true, deferred: true });
    expect(reply.content).not.toContain('At the beginning');
    expect(reply.content).toMatch(/In the middle\n.*At the end$/);
    expect(reply.content).toContain(
      String.raw`**\*Ben\*** [↗](https://discord.com/channels/${guild.id}/${general.id}/501): In the middle`,
    );
    expect(discord.violations).toEqual([]);
  });

  it('shows only the last minutes when asked for them', async () => {
    const { ana, general } = await runningHour();
    const few = await ana.command('catch-up', { minutes: 5 }, { channel: general });
    expect(few.content).toContain('At the end');
    expect(few.content).not.toContain('In the middle');
    const all = await ana.command('catch-up', { minutes: 90 }, { channel: general });
    expect(all.content).toContain('At the beginning');
  });

  it('shows a member in no meeting the whole latest one', async () => {
    const { ben, general } = await hour();
    const reply = await ben.command('catch-up', {}, { channel: general });
    expect(reply.content).toMatch(/At the beginning\n.*In the middle\n.*At the end$/);
  });

  it('shows lines in the reader’s own language with links to its thread, and untranslated lines as spoken, with a mark', async () => {
    const { ana, general, settings, guild } = await runningHour();
    await settings.changeMember(guild.id, ana.id, { reads: 'es' });
    const reply = await ana.command('catch-up', {}, { channel: general });
    expect(reply.content).toContain(`(https://discord.com/channels/${guild.id}/600/601): En medio\n`);
    expect(reply.content).toMatch(/At the end \*\(English\)\*$/);
    const original = await ana.command('catch-up', { language: 'English' }, { channel: general });
    expect(original.content).toMatch(/In the middle\n.*At the end$/);
    const unreadable = await ana.command('catch-up', { language: '!' }, { channel: general });
    expect(unreadable.content).toContain('I do not recognise “!” as a language');
  });

  it('shows only what the asker may see when they ask', async () => {
    const { ben, boss, general, standup, journal, guild } = await hour();
    await journal.archive.forget(guild.id, ben.id); // he is in no record any more
    for (const channel of [general, standup]) channel.setOverwrite({ for: ben, deny: ['ViewChannel'] });
    const elsewhere = guild.addTextChannel('elsewhere');
    const refused = await ben.command('catch-up', {}, { channel: elsewhere });
    expect(refused.content).toBe('There is no meeting here that you can read.');
    const empty = await boss.command('catch-up', {}, { channel: general });
    expect(empty.content).toContain('Nothing was said');
  });

  it('shows the newest lines when there are many, and gives all of them in a file', async () => {
    const { ben, general, journal, id } = await hour();
    for (let index = 0; index < 60; index += 1) {
      const startMs = 40 * MINUTE_MS + index * 1_000;
      const text = `Number ${index} ${'goes on and on '.repeat(5)}`;
      await journal
        .of(id)
        .write(makeFinal({ utteranceId: `n${index}`, speakerId: ben.id, startMs, endMs: startMs, text }));
    }
    const reply = await ben.command('catch-up', {}, { channel: general });
    expect(reply.content.length).toBeLessThanOrEqual(2_000);
    expect(reply.content).toMatch(/\d+ earlier lines are in the file/);
    expect(reply.content).toContain('Number 59');
    expect(reply.content).not.toContain('Number 5 ');
    const file = Buffer.from(reply.attachments[0]?.bytes ?? []).toString();
    expect(file.split('\n')).toHaveLength(64);
    expect(file).toContain('00:30:00 *Ben*: In the middle');
  });

  it('begins with a summary in the reader’s language where a model is set up and enough was said', async () => {
    const asked: { texts: string[]; languages: readonly string[] }[] = [];
    const summariser: Summariser = {
      async summarise({ finals }, languages) {
        asked.push({ texts: finals.map(({ text }) => text), languages });
        const keyPoints = [{ text: 'Se habló de todo', cites: ['u2'] }];
        const text = { language: 'es', keyPoints, decisions: [], actions: [], questions: [] };
        return { kind: 'written', texts: [text], madeBy: { model: 'tiny' } };
      },
    };
    const { ana, ben, general, journal, id } = await runningHour({ summariser });
    const short = await ana.command('catch-up', {}, { channel: general });
    expect(short.content).toContain('In the middle');
    expect(asked).toEqual([]);
    const at = { startMs: 35 * MINUTE_MS, endMs: 35 * MINUTE_MS + 1 };
    const greet = (index: number) =>
      journal.of(id).write(makeFinal({ utteranceId: `g${index}`, speakerId: ben.id, ...at, text: 'Hello?' }));
    for (let index = 0; index < 60; index += 1) await greet(index);
    await ana.command('catch-up', {}, { channel: general });
    expect(asked).toEqual([]); // many lines, but almost no content
    for (let index = 0; index < 10; index += 1) {
      const startMs = 40 * MINUTE_MS + index * 1_000;
      const text = `Point ${index} of the plan waits for the others`;
      await journal
        .of(id)
        .write(makeFinal({ utteranceId: `n${index}`, speakerId: ben.id, startMs, endMs: startMs + 1, text }));
    }
    const reply = await ana.command('catch-up', { language: 'es' }, { channel: general });
    expect(reply.content).toMatch(/Se habló de todo.*\/600\/601/);
    expect(asked[0]?.languages).toEqual(['es']);
    expect(asked[0]?.texts).not.toContain('At the beginning');
    expect(Buffer.from(reply.attachments[0]?.bytes ?? []).toString()).toContain('En medio');
  });
});
