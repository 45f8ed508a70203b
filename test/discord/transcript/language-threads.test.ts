import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../src/core/record.ts';
import type { TranscriptLook } from '../../../src/core/settings.ts';
import type { Guild } from '../../simulators/discord/index.ts';
import { makeFinal, makeHead, makePartial, makePerson, makeTranslation } from '../../support/make.ts';
import { inChannel, type Place, type PlaceOptions } from '../support/in-channel.ts';
import { readTranscript } from '../support/read-transcript.ts';

const ana = makePerson();
const ben = makePerson({ id: '200', displayName: 'Ben' });
const soon = () => AbortSignal.timeout(20_000);
const look: TranscriptLook = { style: 'grow', speakerWebhooks: true, thread: false, languageThreads: ['es', 'fr'] };

const hello = makeFinal();
const hola = makeTranslation();
const bonjour = makeTranslation({ language: 'fr', text: 'Bonjour à tous' });
const gracias = makeFinal({ utteranceId: 'u2', speakerId: ben.id, startMs: 5_000, text: 'Gracias', language: 'es' });
const merci = makeTranslation({ ...gracias, kind: 'translation', text: 'Merci', language: 'fr' });
const bye = makeFinal({ utteranceId: 'u3', startMs: 20_000, endMs: 21_000, text: 'Bye' });
const adios = makeTranslation({ ...bye, kind: 'translation', text: 'Adiós', language: 'es' });

/** A meeting whose translations into Spanish and French have threads of their own. */
async function inThreads(options: PlaceOptions = {}): Promise<Place> {
  return await inChannel({ ...look, ...options });
}

/** A meeting in which "Hello everyone" was said, and is shown in three places. */
async function afterHello(options: PlaceOptions = {}) {
  const place = await inThreads(options);
  for (const segment of [hello, hola, bonjour]) place.transcript.post(segment, ana);
  await place.transcript.drained(soon());
  return place;
}

function threadIn(guild: Guild, language: string) {
  const thread = [...guild.threads.values()].find(({ name }) => name.endsWith(`· ${language}`));
  if (!thread) throw new Error(`There is no thread for ${language}`);
  return thread;
}

function linesIn(messages: Parameters<typeof readTranscript>[0]): string[] {
  return readTranscript(messages).map(({ name, text, translations }) =>
    [`${name}: ${text}`, ...Object.entries(translations).map(([language, line]) => `${language}: ${line}`)].join(' | '),
  );
}

function recordOf({ text }: Place, parts: Partial<MeetingRecord>): MeetingRecord {
  const attendance = [ana, ben].map(({ id, displayName }) => ({ speakerId: id, displayName, joinedMs: 0 }));
  const head = makeHead({ textChannelId: text.id });
  return { head, attendance, finals: [], translations: [], gaps: [], messages: [], ...parts };
}

describe('a thread for each language', () => {
  it('shows texts in that language only, and the channel shows the originals only', async () => {
    const { guild, text, transcript } = await inThreads();
    transcript.post(makePartial(), ana);
    for (const segment of [hello, hola, bonjour]) transcript.post(segment, ana);
    for (const segment of [gracias, merci]) transcript.post(segment, ben);
    await transcript.drained(soon());
    expect(linesIn(text.messages)).toEqual(['Ana: Hello everyone', 'Ben: Gracias']);
    expect(linesIn(threadIn(guild, 'Español').messages)).toEqual(['Ana: Hola a todos', 'Ben: Gracias']);
    expect(linesIn(threadIn(guild, 'Français').messages)).toEqual(['Ana: Bonjour à tous', 'Ben: Merci']);
  });

  it('is named after the meeting and the language, in the channel of the transcript', async () => {
    const { guild, text } = await afterHello();
    expect(guild.threads.size).toBe(2);
    expect(threadIn(guild, 'Español')).toMatchObject({ name: 'Weekly · Español', parent: text, kind: 'public thread' });
  });

  it('is beside the meeting’s own thread, if there is one', async () => {
    const { guild, text } = await afterHello({ thread: true });
    expect([...guild.threads.values()].map(({ name, parent }) => [name, parent === text])).toEqual(
      expect.arrayContaining([
        ['Weekly · Nov 23, 2026', true],
        ['Weekly · Español', true],
        ['Weekly · Français', true],
      ]),
    );
    expect(text.messages).toEqual([]);
  });

  it('is reported to the journal, with every text in it', async () => {
    const { guild, text, posted } = await afterHello();
    expect(posted.map(({ language, channelId }) => [language, channelId])).toEqual(
      expect.arrayContaining([
        [undefined, text.id],
        ['es', threadIn(guild, 'Español').id],
        ['fr', threadIn(guild, 'Français').id],
      ]),
    );
  });

  it('keeps the order in which people began to speak, whichever translation is quicker', async () => {
    const { guild, text, transcript } = await inThreads();
    transcript.post(hello, ana);
    transcript.post(gracias, ben);
    await text.waitFor(({ content }) => content.includes('Gracias'));
    expect(guild.threads.size).toBe(0);
    transcript.post(hola, ana);
    await transcript.drained(soon());
    expect(linesIn(threadIn(guild, 'Español').messages)).toEqual(['Ana: Hola a todos', 'Ben: Gracias']);
  });

  it('does not wait long for a translation that never comes', async () => {
    const { guild, text, transcript } = await inThreads();
    transcript.post(hello, ana);
    transcript.post(gracias, ben);
    await text.waitFor(({ content }) => content.includes('Gracias'));
    await expect.poll(() => guild.threads.size, { timeout: 10_000 }).toBe(1);
    await threadIn(guild, 'Español').waitFor(({ content }) => content.includes('Gracias'));
    expect(linesIn(threadIn(guild, 'Español').messages)).toEqual(['Ben: Gracias']);
  });

  it('takes the better text when a translation comes again', async () => {
    const { guild, transcript } = await afterHello();
    transcript.post(makeTranslation({ text: 'Hola a todas y todos' }), ana);
    await transcript.drained(soon());
    expect(linesIn(threadIn(guild, 'Español').messages)).toEqual(['Ana: Hola a todas y todos']);
  });

  it('is started for a language that is chosen later, and takes nothing more when its language is dropped', async () => {
    const { guild, text, transcript } = await afterHello({ languageThreads: ['es'] });
    expect(linesIn(text.messages)).toEqual(['Ana: Hello everyone | fr: Bonjour à tous']);
    transcript.configure({ ...look, languageThreads: ['fr'] });
    for (const segment of [gracias, merci]) transcript.post(segment, ben);
    await transcript.drained(soon());
    expect(linesIn(threadIn(guild, 'Español').messages)).toEqual(['Ana: Hola a todos']);
    expect(linesIn(threadIn(guild, 'Français').messages)).toEqual(['Ben: Merci']);
  });

  it('shows notices in its own language', async () => {
    const { guild, text, transcript } = await afterHello();
    transcript.notice({ kind: 'gap', durationMs: 5_000, reason: 'restarted' });
    await transcript.drained(soon());
    const notices = [text, threadIn(guild, 'Español'), threadIn(guild, 'Français')].map(
      ({ messages }) => messages.at(-1)?.content,
    );
    expect(notices.every((notice) => notice?.startsWith('ℹ️ '))).toBe(true);
    expect(new Set(notices).size).toBe(3);
  });

  it('loses the words of a person who is forgotten', async () => {
    const { guild, transcript } = await afterHello();
    transcript.forget(ana.id);
    await transcript.drained(soon());
    expect(linesIn(threadIn(guild, 'Español').messages)).toEqual([]);
  });
});

describe('a language’s thread that takes no more messages', () => {
  it('loses nothing when it is deleted: its translations go under their lines, and one sentence says so', async () => {
    const { guild, text, transcript } = await afterHello();
    threadIn(guild, 'Español').delete();
    transcript.post(gracias, ben);
    for (const segment of [bye, adios]) transcript.post(segment, ana);
    await transcript.drained(soon());
    const late = makeFinal({ utteranceId: 'u4', startMs: 40_000, endMs: 41_000, text: 'Really' });
    transcript.post(late, ana);
    transcript.post(makeTranslation({ ...late, kind: 'translation', language: 'es', text: 'De verdad' }), ana);
    await transcript.drained(soon());
    expect(linesIn(text.messages)).toEqual([
      'Ana: Hello everyone',
      'Ben: Gracias',
      'Ana: Bye | es: Adiós',
      'Ana: Really | es: De verdad',
    ]);
    const sentences = text.messages.filter(({ content }) => content.includes('I cannot write in a thread for Spanish'));
    expect(sentences).toHaveLength(1);
    expect(guild.threads.size).toBe(1);
  });

  it('is opened again when it is archived in the middle of a correction', async () => {
    const { guild, text, transcript } = await afterHello();
    const thread = threadIn(guild, 'Español');
    thread.archived = true;
    transcript.post(makeTranslation({ text: 'Hola a todas y todos' }), ana);
    await transcript.drained(soon());
    expect(thread.archived).toBe(false);
    expect(linesIn(text.messages)).toEqual(['Ana: Hello everyone']);
    expect(thread.messages.at(-1)?.content).toContain('Hola a todas y todos');
  });

  it('loses nothing when it is archived and locked in the middle of a correction', async () => {
    const { guild, text, transcript } = await afterHello();
    threadIn(guild, 'Español').archived = true;
    threadIn(guild, 'Español').locked = true;
    transcript.post(makeTranslation({ text: 'Hola a todas y todos' }), ana);
    await transcript.drained(soon());
    expect(linesIn(text.messages)).toEqual(['Ana: Hello everyone | es: Hola a todas y todos']);
  });

  it('is left out when the bot may not start it', async () => {
    const place = await inThreads();
    place.text.setOverwrite({ for: place.guild.bot, deny: ['CreatePublicThreads'] });
    for (const segment of [hello, hola, bonjour]) place.transcript.post(segment, ana);
    await place.transcript.drained(soon());
    expect(place.guild.threads.size).toBe(0);
    expect(linesIn(place.text.messages)).toEqual(['Ana: Hello everyone | es: Hola a todos | fr: Bonjour à tous']);
  });

  it('is replaced when its language is dropped and chosen again', async () => {
    const { guild, transcript } = await afterHello();
    threadIn(guild, 'Español').delete();
    for (const segment of [bye, adios]) transcript.post(segment, ana);
    await transcript.drained(soon());
    transcript.configure({ ...look, languageThreads: ['fr'] });
    transcript.configure(look);
    transcript.post(makeFinal({ ...gracias, startMs: 50_000 }), ben);
    await transcript.drained(soon());
    expect(linesIn(threadIn(guild, 'Español').messages)).toEqual(['Ben: Gracias']);
  });
});

describe('after a restart, a language’s thread', () => {
  it('continues with the texts that it lacks, and shows none twice', async () => {
    const place = await afterHello();
    const { guild, text, posted } = place;
    const again = place.openAgain();
    const messages = [...posted];
    const record = recordOf(place, { finals: [hello, bye], translations: [hola, bonjour, adios], messages });
    await again.resumeFrom(record, soon());
    again.post(makeFinal({ ...gracias, startMs: 50_000 }), ben);
    await again.drained(soon());
    expect(guild.threads.size).toBe(2);
    expect(linesIn(text.messages)).toEqual(['Ana: Hello everyone', 'Ana: Bye', 'Ben: Gracias']);
    expect(linesIn(threadIn(guild, 'Español').messages)).toEqual(['Ana: Hola a todos', 'Ana: Adiós', 'Ben: Gracias']);
    expect(linesIn(threadIn(guild, 'Français').messages)).toEqual(['Ana: Bonjour à tous']);
  });

  it('shows nothing that was said before its first line', async () => {
    const place = await inThreads({ languageThreads: [] });
    place.transcript.post(gracias, ben);
    place.transcript.configure(look);
    for (const segment of [bye, adios]) place.transcript.post(segment, ana);
    await place.transcript.drained(soon());
    const again = place.openAgain();
    again.configure(look);
    const record = recordOf(place, { finals: [gracias, bye], translations: [adios], messages: [...place.posted] });
    await again.resumeFrom(record, soon());
    await again.drained(soon());
    expect(linesIn(threadIn(place.guild, 'Español').messages)).toEqual(['Ana: Adiós']);
  });
});
