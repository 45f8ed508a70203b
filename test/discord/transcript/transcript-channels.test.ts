import { getEventListeners } from 'node:events';
import { MessageFlags } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TranscriptStyle } from '../../../src/core/settings.ts';
import { makeFinal, makePartial, makePerson, makeTranslation } from '../../support/make.ts';
import { beganS, inChannel } from '../support/in-channel.ts';
import { readTranscript } from '../support/read-transcript.ts';

const ana = makePerson();
const ben = makePerson({ id: '200', displayName: 'Ben' });
const MESSAGES = /\/messages/;
const soon = () => AbortSignal.timeout(15_000);

describe('many transcript channels', () => {
  it('do not make one another’s waits dearer: none listens to the signal that ends them all', async () => {
    const { ending, openAgain, text } = await inChannel();
    const transcripts = [openAgain(), openAgain(), openAgain()];
    for (const [at, transcript] of transcripts.entries()) {
      transcript.post(makeFinal({ utteranceId: `u${at}`, text: `Channel ${at}` }), ana);
      transcript.post(makeFinal({ utteranceId: `v${at}`, startMs: 60_000, endMs: 61_000 }), ben);
    }
    await text.waitFor(({ content }) => content.includes('Channel 0'));
    expect(getEventListeners(ending, 'abort')).toEqual([]);
    await Promise.all(transcripts.map((transcript) => transcript.drained(soon())));
  });
});

describe('a transcript of growing words while Discord takes too few requests', () => {
  it('shows them once they are final, and grows again afterwards', async () => {
    let costliest: TranscriptStyle = 'finals';
    const { text, transcript } = await inChannel({ style: 'grow', costliestStyle: () => costliest });
    transcript.post(makePartial({ text: 'Hello' }), ana);
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(text.history.map(({ original, edits }) => [original.content, edits.length])).toEqual([
      [`**Ana** · <t:${beganS + 1}:T>\nHello everyone`, 0],
    ]);
    costliest = 'grow';
    transcript.post(makePartial({ utteranceId: 'u2', startMs: 20_000, endMs: 21_000, text: 'And now' }), ana);
    await text.waitFor(({ content }) => content.includes('And now'));
  });

  it('stays as plain as the server chose it', async () => {
    const { text, transcript } = await inChannel({ style: 'digest', costliestStyle: () => 'finals' });
    transcript.post(makeFinal({ text: 'One.' }), ana);
    transcript.post(makeFinal({ utteranceId: 'u2', speakerId: ben.id, text: 'Two.' }), ben);
    await transcript.drained(soon());
    expect(text.messages).toHaveLength(1);
  });
});

describe('a transcript channel that shows finals only', () => {
  it('writes a line under the speaker’s name and the time it was said', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(text.messages.map(({ content }) => content)).toEqual([`**Ana** · <t:${beganS + 1}:T>\nHello everyone`]);
  });

  it('sends no push notification, and unfolds no link', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(text.messages[0]?.flags).toBe(MessageFlags.SuppressNotifications | MessageFlags.SuppressEmbeds);
  });

  it('posts a translation that came first together with its line', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeTranslation(), ana);
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(text.messages[0]?.content).toBe(`**Ana** · <t:${beganS + 1}:T>\nHello everyone\n> **es** · Hola a todos`);
    expect(text.messages[0]?.edits).toHaveLength(0);
  });

  it('adds a translation that comes later by an edit', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal(), ana);
    await text.waitFor(({ content }) => content.endsWith('Hello everyone'));
    transcript.post(makeTranslation(), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages)).toEqual([
      { name: 'Ana', atS: beganS + 1, text: 'Hello everyone', translations: { es: 'Hola a todos' } },
    ]);
    expect(text.messages).toHaveLength(1);
  });

  it('merges what one person says in quick succession', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal({ text: 'One.' }), ana);
    await text.waitFor(({ content }) => content.endsWith('One.'));
    transcript.post(makeFinal({ utteranceId: 'u2', startMs: 4_000, endMs: 5_000, text: 'Two.' }), ana);
    await transcript.drained(soon());
    expect(text.messages.map(({ content }) => content)).toEqual([`**Ana** · <t:${beganS + 1}:T>\nOne.\nTwo.`]);
  });

  it('starts a new message after a pause', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal({ text: 'One.' }), ana);
    await text.waitFor(({ content }) => content.endsWith('One.'));
    transcript.post(makeFinal({ utteranceId: 'u2', startMs: 13_000, endMs: 14_000, text: 'Two.' }), ana);
    await transcript.drained(soon());
    expect(text.messages).toHaveLength(2);
  });

  it('starts a new message when somebody else spoke', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    for (const [utteranceId, person] of [
      ['u1', ana],
      ['u2', ben],
      ['u3', ana],
    ] as const) {
      transcript.post(makeFinal({ utteranceId, speakerId: person.id, text: utteranceId }), person);
      await text.waitFor(({ content }) => content.endsWith(utteranceId));
    }
    expect(readTranscript(text.messages).map(({ name, text }) => `${name}: ${text}`)).toEqual([
      'Ana: u1',
      'Ben: u2',
      'Ana: u3',
    ]);
  });

  it('marks words that were never confirmed', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal({ confirmed: false }), ana);
    await transcript.drained(soon());
    expect(text.messages[0]?.content).toContain('Hello everyone *(unconfirmed)*');
  });

  it('marks unconfirmed words in the language of the server', async () => {
    const { text, transcript } = await inChannel({ style: 'finals', locale: 'de' });
    transcript.post(makeFinal({ confirmed: false }), ana);
    await transcript.drained(soon());
    expect(text.messages[0]?.content).toContain('Hello everyone *(unbestätigt)*');
  });

  it('takes the better text when an utterance comes again', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal({ confirmed: false, text: 'Hello every' }), ana);
    await text.waitFor(({ content }) => content.includes('every'));
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages).map((line) => line.text)).toEqual(['Hello everyone']);
  });

  it('posts nothing twice when an utterance and its translation come again', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    for (let times = 0; times < 2; times += 1) {
      transcript.post(makeFinal(), ana);
      transcript.post(makeTranslation(), ana);
      await transcript.drained(soon());
    }
    expect(readTranscript(text.messages)).toHaveLength(1);
    expect(text.messages[0]?.edits.length).toBeLessThanOrEqual(1);
  });

  it('splits long speech at words, under the same name', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    const said = Array.from({ length: 900 }, (_, word) => `word${word}`).join(' ');
    transcript.post(makeFinal({ text: said }), ana);
    await transcript.drained(soon());
    const lines = readTranscript(text.messages);
    expect(lines.map((line) => line.text).join(' ')).toBe(said);
    expect(new Set(lines.map(({ name }) => name))).toEqual(new Set(['Ana']));
    expect(text.messages.length).toBeGreaterThan(2);
  });

  it('cuts a word without end between characters', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    const said = '👩‍👩‍👧'.repeat(400);
    transcript.post(makeFinal({ text: said }), ana);
    await transcript.drained(soon());
    const lines = readTranscript(text.messages);
    expect(lines.map((line) => line.text).join('')).toBe(said);
    expect(lines.every((line) => line.text.length % '👩‍👩‍👧'.length === 0)).toBe(true);
  });

  it('gives translations that no longer fit a line of their own, with name and time', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal({ text: 'a '.repeat(850).trim() }), ana);
    transcript.post(makeTranslation({ text: 'o '.repeat(850).trim() }), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages)).toEqual([
      { name: 'Ana', atS: beganS + 1, text: 'a '.repeat(850).trim(), translations: {} },
      { name: 'Ana', atS: beganS + 1, text: '', translations: { es: 'o '.repeat(850).trim() } },
    ]);
  });

  it('posts the bot’s own sentences', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.notice({ kind: 'minutes failed' });
    await transcript.drained(soon());
    expect(text.messages[0]?.content).toBe(
      'ℹ️ I could not post the minutes. Everything that was said is saved: use `/minutes latest` to see them.',
    );
  });

  it('posts nothing for an utterance without words', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal({ text: ' \n ' }), ana);
    transcript.post(makeFinal({ utteranceId: 'u2', text: 'Next' }), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages).map((line) => line.text)).toEqual(['Next']);
  });

  it('lets nobody’s words or name ping, format or link', async () => {
    const { discord, text, transcript } = await inChannel({ style: 'finals' });
    const eve = makePerson({ id: '300', displayName: '**Eve** @everyone' });
    const said = `@everyone <@${discord.world.bot.id}> **loud** https://example.com`;
    transcript.post(makeFinal({ speakerId: '300', text: said }), eve);
    await transcript.drained(soon());
    expect(readTranscript(text.messages)[0]).toMatchObject({ name: '**Eve** @everyone', text: said });
  });
});

describe('a transcript channel under load', () => {
  it('posts the words of ten people who spoke at once: complete, in order, and Discord refuses no request', async () => {
    const { discord, text, transcript } = await inChannel({ style: 'finals' });
    const said: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      for (let index = 0; index < 10; index += 1) {
        const person = makePerson({ id: `${index}`, displayName: `Person ${index}` });
        const words = `round ${round} words of ${index}`;
        said.push(`${person.displayName}: ${words}`);
        const utterance = { utteranceId: `${round}-${index}`, speakerId: person.id, startMs: round * 1_000 + index };
        transcript.post(makeFinal({ ...utterance, text: words }), person);
        transcript.post(makeTranslation({ ...utterance, text: words.toUpperCase() }), person);
      }
    }
    await transcript.drained(soon());
    const lines = readTranscript(text.messages);
    expect(lines.map(({ name, text }) => `${name}: ${text}`)).toEqual(said);
    expect(lines.every((line) => line.translations.es === line.text.toUpperCase())).toBe(true);
    expect(discord.rateLimited).toBe(0);
  });

  it('gives up the oldest lines, and says how many, when far too many wait', async () => {
    const { text, transcript } = await inChannel({ style: 'finals', limits: 'none' });
    for (let index = 0; index < 5_010; index += 1) {
      const person = makePerson({ id: `${index}`, displayName: 'P' });
      transcript.post(makeFinal({ utteranceId: `${index}`, speakerId: person.id, text: `${index}` }), person);
    }
    await transcript.drained(soon());
    expect(text.messages[0]?.content).toContain('I could not post 10 lines while Discord had problems.');
    const lines = readTranscript(text.messages).map((line) => Number(line.text));
    expect(lines).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 10));
  });

  it('sends several translations in one edit', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal(), ana);
    await text.waitFor(({ content }) => content.includes('Hello'));
    for (const language of ['es', 'fr', 'de', 'it', 'pt', 'nl', 'ja']) {
      transcript.post(makeTranslation({ language, text: language.repeat(3) }), ana);
    }
    await transcript.drained(soon());
    expect(Object.keys(readTranscript(text.messages)[0]?.translations ?? {})).toHaveLength(7);
    expect(text.messages[0]?.edits.length).toBeLessThanOrEqual(2);
  });
});

describe('a transcript channel in trouble', () => {
  it('shows every line and translation once, in order, whatever goes wrong in between', async () => {
    const { discord, text, transcript } = await inChannel({ style: 'finals', limits: 'none' });
    const step = fc.record({
      speaker: fc.constantFrom(ana, ben),
      words: fc.constantFrom('short', 'a longer sentence', 'long '.repeat(120).trim()),
      pauseMs: fc.constantFrom(500, 500, 20_000),
      translations: fc.subarray(['es', 'fr']),
      early: fc.boolean(),
      goesOn: fc.boolean(), // the next step comes before the channel has caught up
      fault: fc.option(
        fc.record({
          method: fc.constantFrom('POST' as const, 'PATCH' as const),
          with: fc.constantFrom('reset' as const, { status: 502 }),
          butDoIt: fc.boolean(),
        }),
        { freq: 4 },
      ),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
        run += 1;
        let atMs = run * 1_000_000;
        const before = text.messages.length;
        const expected = steps.map(({ speaker, words, pauseMs, translations, early, goesOn, fault }, index) => {
          atMs += pauseMs;
          const utteranceId = `${run}-${index}`;
          const said = `${words} ${utteranceId}`;
          const spoken = { utteranceId, speakerId: speaker.id, startMs: atMs, endMs: atMs };
          return { speaker, said, spoken, translations, early, goesOn, fault };
        });
        for (const { speaker, said, spoken, translations, early, goesOn, fault } of expected) {
          if (fault) discord.rest.failNext({ ...fault, path: MESSAGES });
          const translate = () => {
            for (const language of translations) {
              transcript.post(makeTranslation({ ...spoken, language, text: `${language} ${said}` }), speaker);
            }
          };
          if (early) translate();
          transcript.post(makeFinal({ ...spoken, text: said }), speaker);
          if (!goesOn) await transcript.drained(soon());
          if (!early) translate();
        }
        await transcript.drained(soon());
        const lines = readTranscript(text.messages.slice(before));
        expect(lines.filter((line) => line.text !== '').map((line) => `${line.name}: ${line.text}`)).toEqual(
          expected.map(({ speaker, said }) => `${speaker.displayName}: ${said}`),
        );
        const shown = lines.flatMap(({ translations }) => Object.values(translations)).sort();
        const wanted = expected.flatMap(({ said, translations }) =>
          translations.map((language) => `${language} ${said}`),
        );
        expect(shown).toEqual(wanted.sort());
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  it('posts a message once when the answer to it was lost', async () => {
    const { discord, text, transcript } = await inChannel({ style: 'finals' });
    discord.rest.failNext({ method: 'POST', path: MESSAGES, times: 2, with: { status: 502 }, butDoIt: true });
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages)).toHaveLength(1);
  });

  it('keeps the order while Discord refuses service', async () => {
    const { discord, text, transcript } = await inChannel({ style: 'finals' });
    discord.rest.failNext({ method: 'POST', path: MESSAGES, times: 3, with: { status: 503 } });
    discord.rest.failNext({ method: 'POST', path: MESSAGES, times: 2, with: 'reset' });
    for (const words of ['one', 'two', 'three']) {
      transcript.post(makeFinal({ utteranceId: words, text: words }), ana);
    }
    await transcript.drained(soon());
    expect(readTranscript(text.messages).map((line) => line.text)).toEqual(['one', 'two', 'three']);
  });

  it('goes on in another place with everything that a place refuses for an unknown reason', async () => {
    const { discord, text, voice, transcript } = await inChannel({ limits: 'none' });
    const path = new RegExp(`^/channels/${text.id}/messages$`);
    discord.rest.failNext({ method: 'POST', path, times: 50, with: { status: 400 } });
    for (const [index, words] of ['One', 'Two'].entries()) {
      transcript.post(makeFinal({ utteranceId: `u${index}`, text: words, startMs: index * 1_000 }), ana);
    }
    await transcript.drained(AbortSignal.timeout(20_000));
    const all = voice.messages.map(({ content }) => content).join('\n');
    expect(all).toMatch(/continues here.*One.*Two/s);
    expect(all).not.toContain('I could not post');
  });

  it('loses only the line that a server’s rules refuse, and says so', async () => {
    const { discord, text, transcript } = await inChannel({ style: 'finals' });
    // It is refused once with its neighbours, and once alone.
    discord.rest.failNext({ method: 'POST', path: MESSAGES, times: 2, with: { status: 400 } });
    for (const words of ['bad', 'good', 'better']) {
      const person = makePerson({ id: words, displayName: words });
      transcript.post(makeFinal({ utteranceId: words, speakerId: words, text: words }), person);
    }
    await transcript.drained(soon());
    expect(text.messages[0]?.content).toContain('I could not post what bad');
    expect(readTranscript(text.messages).map((line) => line.text)).toEqual(['good', 'better']);
  });

  it('edits again after a failed edit', async () => {
    const { discord, text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal(), ana);
    await text.waitFor(({ content }) => content.includes('Hello'));
    discord.rest.failNext({ method: 'PATCH', path: MESSAGES, times: 3, with: { status: 500 } });
    transcript.post(makeTranslation(), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages)[0]?.translations).toEqual({ es: 'Hola a todos' });
  });

  it('goes on in the voice channel’s chat when the channel is deleted, and says why', async () => {
    const { text, voice, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal({ text: 'before' }), ana);
    await text.waitFor(({ content }) => content.includes('before'));
    text.delete();
    transcript.post(makeFinal({ utteranceId: 'u2', startMs: 60_000, text: 'after' }), ben);
    transcript.post(makeFinal({ utteranceId: 'u3', startMs: 61_000, speakerId: ben.id, text: 'later' }), ben);
    await transcript.drained(soon());
    expect(voice.messages[0]?.content).toContain('I can no longer write in #meeting: it was deleted.');
    expect(readTranscript(voice.messages).map((line) => line.text)).toEqual(['after', 'later']);
  });

  it('writes to the person who started the meeting when the voice channel’s chat is closed, too', async () => {
    const { discord, guild, text, voice, starter, transcript } = await inChannel({ style: 'finals' });
    text.delete();
    voice.setOverwrite({ for: guild.bot, deny: ['SendMessages'] });
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    const direct = [...discord.world.channels.values()].find(({ recipient }) => recipient?.id === starter.id);
    expect(readTranscript(direct?.messages ?? []).map((line) => line.text)).toEqual(['Hello everyone']);
    expect(direct?.messages[0]?.content.match(/I can no longer write/g)).toHaveLength(1);
  });

  it('tells the person who started the meeting how to get its minutes when the bot is removed from the server', async () => {
    const { discord, guild, starter, transcript } = await inChannel({ style: 'finals' });
    // Discord lets the bot write to people who share a server with it.
    discord.addGuild({ name: 'Elsewhere' }).members.set(starter.id, starter);
    guild.remove();
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    const direct = discord.directMessages(starter).messages.map(({ content }) => content);
    expect(direct[0]).toContain(
      'I am no longer in that server. The transcript continues here. Once I am back in that server, `/minutes latest` shows everything there.',
    );
    expect(direct.join()).toContain('Hello everyone');
  });

  it('takes along a translation whose line is in the channel that it lost', async () => {
    const { guild, text, voice, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal(), ana);
    await text.waitFor(({ content }) => content.includes('Hello'));
    text.setOverwrite({ for: guild.bot, deny: ['ViewChannel'] });
    transcript.post(makeTranslation(), ana);
    await transcript.drained(soon());
    expect(readTranscript(voice.messages)).toEqual([
      { name: 'Ana', atS: beganS + 1, text: '', translations: { es: 'Hola a todos' } },
    ]);
  });

  it('posts a message of its own for what an edit should have added to a deleted message', async () => {
    const { text, transcript } = await inChannel({ style: 'finals' });
    transcript.post(makeFinal({ text: 'One.' }), ana);
    const message = await text.waitFor(({ content }) => content.includes('One.'));
    message.delete();
    transcript.post(makeFinal({ utteranceId: 'u2', startMs: 3_000, text: 'Two.' }), ana);
    transcript.post(makeTranslation({ utteranceId: 'u2', text: 'Dos.' }), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages).map(({ text, translations }) => ({ text, translations }))).toEqual([
      { text: 'Two.', translations: { es: 'Dos.' } },
    ]);
  });

  it('is drained, and posts nothing more, when no place is left', async () => {
    const { discord, guild, text, voice, transcript } = await inChannel({ style: 'finals' });
    text.delete();
    voice.delete();
    discord.rest.failNext({ method: 'POST', path: '/users/@me/channels', times: 2, with: { status: 403 } });
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    transcript.post(makeFinal({ utteranceId: 'u2' }), ana);
    await transcript.drained(soon());
    expect([...guild.channels.values()].flatMap(({ messages }) => messages)).toEqual([]);
  });

  it('does not hold up the end of a meeting for longer than it may', async () => {
    const { discord, transcript } = await inChannel({ style: 'finals' });
    discord.rest.failNext({ method: 'POST', path: MESSAGES, with: 'hang' });
    transcript.post(makeFinal(), ana);
    const startedMs = performance.now();
    await transcript.drained(AbortSignal.timeout(300));
    expect(performance.now() - startedMs).toBeLessThan(9_000); // a request that is not answered takes ten seconds
  });
});
