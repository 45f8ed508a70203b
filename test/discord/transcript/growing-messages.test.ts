import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFinal, makePartial, makePerson, makeTranslation } from '../../support/make.ts';
import { beganS, inChannel } from '../support/in-channel.ts';
import { readTranscript } from '../support/read-transcript.ts';

const ana = makePerson();
const ben = makePerson({ id: '200', displayName: 'Ben' });
const MESSAGES = /\/messages/;
const soon = () => AbortSignal.timeout(20_000);

describe('a message that grows', () => {
  it('shows the first words, marked as growing, then its final and its translation', async () => {
    const { text, transcript } = await inChannel();
    const head = `**Ana** · <t:${beganS + 1}:T>`;
    transcript.post(makePartial({ text: 'Hello' }), ana);
    const message = await text.waitFor(({ content }) => content === `${head}\nHello *…*`);
    transcript.post(makePartial({ text: 'Hello every' }), ana);
    await text.waitFor(({ content }) => content === `${head}\nHello every *…*`);
    transcript.post(makeFinal(), ana);
    await text.waitFor(({ content }) => content === `${head}\nHello everyone`);
    transcript.post(makeTranslation(), ana);
    await transcript.drained(soon());
    expect(text.messages).toEqual([message]);
    expect(message.content).toBe(`${head}\nHello everyone\n> **es** · Hola a todos`);
  });

  it('holds nobody else’s words back when Discord takes no edit of it for a while', async () => {
    const { discord, text, transcript } = await inChannel();
    transcript.post(makePartial({ text: 'Hello' }), ana);
    const old = await text.waitFor(({ content }) => content.endsWith('Hello *…*'));
    discord.rest.limits.age(2 * 3_600_000);
    discord.rest.limits.oldEdits = { count: 0, perMs: 3_000 };
    transcript.post(makeFinal(), ana);
    await expect.poll(() => discord.rest.limits.refusedAsOld).toBe(1);
    transcript.post(makePartial({ utteranceId: 'u2', speakerId: ben.id, text: 'Good' }), ben);
    await text.waitFor(({ content }) => content.endsWith('Good *…*'));
    transcript.post(makeFinal({ utteranceId: 'u2', speakerId: ben.id, text: 'Good morning' }), ben);
    await text.waitFor(({ content }) => content.endsWith('Good morning'));
    expect(old.content).toMatch(/Hello \*…\*$/); // and Discord takes no edit of it until the next line
    discord.rest.limits.oldEdits = { count: 5, perMs: 3_000 };
    await transcript.drained(soon());
    expect(old.content).toMatch(/Hello everyone$/);
  });

  it('holds one utterance, also when the same person goes on', async () => {
    const { text, transcript } = await inChannel();
    for (const utteranceId of ['u1', 'u2']) {
      transcript.post(makeFinal({ utteranceId, text: utteranceId }), ana);
      await text.waitFor(({ content }) => content.includes(utteranceId));
    }
    expect(text.messages).toHaveLength(2);
  });

  it('keeps the place of its first word, whichever becomes final first', async () => {
    const { text, transcript } = await inChannel();
    transcript.post(makePartial({ text: 'Shall we' }), ana);
    await text.waitFor(({ content }) => content.includes('Shall we'));
    transcript.post(makeFinal({ utteranceId: 'u2', speakerId: ben.id, startMs: 3_000, text: 'Yes' }), ben);
    await text.waitFor(({ content }) => content.includes('Yes'));
    transcript.post(makeFinal({ text: 'Shall we begin?' }), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages).map((line) => `${line.name}: ${line.text}`)).toEqual([
      'Ana: Shall we begin?',
      'Ben: Yes',
    ]);
  });

  it('shows no older words after the final', async () => {
    const { text, transcript } = await inChannel();
    transcript.post(makePartial({ text: 'Hel' }), ana);
    transcript.post(makeFinal(), ana);
    transcript.post(makePartial({ text: 'Hello every' }), ana);
    await transcript.drained(soon());
    expect(text.history.flatMap(({ original, edits }) => [original, ...edits].map(({ content }) => content))).toEqual([
      `**Ana** · <t:${beganS + 1}:T>\nHello everyone`,
    ]);
  });

  it('is deleted when its words turn out to be nothing', async () => {
    const { text, transcript } = await inChannel();
    transcript.post(makePartial({ text: 'Hm' }), ana);
    await text.waitFor(({ content }) => content.includes('Hm'));
    transcript.post(makePartial({ text: '' }), ana);
    await transcript.drained(soon());
    expect(text.messages).toEqual([]);
  });

  it('loses the words of a person who is forgotten, and keeps the others’', async () => {
    const { text, transcript } = await inChannel({ style: 'digest' });
    transcript.post(makeFinal(), ana);
    transcript.post(makeFinal({ utteranceId: 'u2', speakerId: ben.id, text: 'Mine' }), ben);
    await transcript.drained(soon());
    expect(text.messages).toHaveLength(1);
    transcript.forget(ana.id);
    await transcript.drained(soon());
    expect(readTranscript(text.messages).map(({ name, text }) => `${name}: ${text}`)).toEqual(['Ben: Mine']);
  });

  it('loses also a translation that had no room under its line', async () => {
    const { text, transcript } = await inChannel();
    transcript.post(makeFinal({ text: 'a '.repeat(850).trim() }), ana);
    transcript.post(makeTranslation({ text: 'o '.repeat(850).trim() }), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages).map(({ translations }) => Object.keys(translations))).toEqual([[], ['es']]);
    transcript.forget(ana.id);
    await transcript.drained(soon());
    expect(text.messages).toEqual([]);
  });

  it('reports where a sentence of the bot names somebody, and loses it when they are forgotten', async () => {
    const { text, transcript, remarked } = await inChannel();
    const gap = { kind: 'gap', durationMs: 5_000, reason: 'too much at once' } as const;
    transcript.notice({ ...gap, speakerId: ana.id, name: 'Ana' });
    transcript.notice({ ...gap, speakerId: ben.id, name: 'Ben' });
    transcript.notice(gap);
    await transcript.drained(soon());
    expect(remarked.map(({ speakerId }) => speakerId)).toEqual([ana.id, ben.id]);
    expect(remarked[0]?.messageId).toBe(text.messages[0]?.id);
    transcript.forget(ana.id);
    await transcript.drained(soon());
    expect(text.messages.map(({ content }) => content).join()).not.toContain('Ana');
    expect(text.messages.map(({ content }) => content).join()).toContain('Ben');
  });

  it('skips steps when words come faster than Discord takes edits', async () => {
    const { discord, text, transcript } = await inChannel();
    for (let words = 1; words <= 60; words += 1) {
      transcript.post(makePartial({ text: 'word '.repeat(words).trim() }), ana);
      await delay(50);
    }
    transcript.post(makeFinal({ text: 'word '.repeat(60).trim() }), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages)[0]?.text).toBe('word '.repeat(60).trim());
    expect(text.messages[0]?.edits.length).toBeLessThanOrEqual(6);
    expect(discord.rateLimited).toBe(0);
  });

  it('shows the newest words while it is longer than a message, and all of them when it is final', async () => {
    const { text, transcript } = await inChannel();
    const words = Array.from({ length: 500 }, (_, word) => `word${word}`);
    for (const count of [10, 300, 301, 499]) {
      transcript.post(makePartial({ text: words.slice(0, count).join(' ') }), ana);
      await text.waitFor(({ content }) => content.endsWith(`word${count - 2} word${count - 1} *…*`));
    }
    const [, shown = ''] = text.messages[0]?.content.split('\n') ?? [];
    expect(shown).toMatch(/^… word\d+ /);
    expect(shown.length).toBeGreaterThan(900);
    transcript.post(makeFinal({ text: words.join(' ') }), ana);
    await transcript.drained(soon());
    expect(
      readTranscript(text.messages)
        .map((line) => line.text)
        .join(' '),
    ).toBe(words.join(' '));
  });

  it('is cut when its final is longer than a message, and the rest follows under the same name', async () => {
    const { text, transcript } = await inChannel();
    const said = Array.from({ length: 500 }, (_, word) => `word${word}`).join(' ');
    transcript.post(makePartial({ text: said.slice(0, 2_500) }), ana);
    await text.waitFor(({ content }) => content.endsWith('*…*'));
    transcript.post(makeFinal({ text: said }), ana);
    await transcript.drained(soon());
    const lines = readTranscript(text.messages);
    expect(lines.map((line) => line.text).join(' ')).toBe(said);
    expect(lines.every(({ name, isGrowing }) => name === 'Ana' && !isGrowing)).toBe(true);
  });

  it('is reported to the journal with its utterance', async () => {
    const { text, transcript, posted } = await inChannel();
    transcript.post(makePartial(), ana);
    const message = await text.waitFor(({ content }) => content.includes('Hello'));
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(posted).toEqual([{ utteranceId: 'u1', channelId: text.id, messageId: message.id }]);
  });

  it('reports that its final can be read, not before it can', async () => {
    const { text, transcript, shown } = await inChannel();
    transcript.post(makePartial(), ana);
    await text.waitFor(({ content }) => content.includes('Hello'));
    await transcript.drained(soon());
    expect(shown).toEqual([]);
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(shown).toEqual(['u1']);
  });
});

describe('a message that grows while something goes wrong', () => {
  it('is posted again with its final when somebody deleted it', async () => {
    const { text, transcript } = await inChannel();
    transcript.post(makePartial(), ana);
    const message = await text.waitFor(({ content }) => content.includes('Hello'));
    message.delete();
    transcript.post(makeFinal(), ana);
    transcript.post(makeTranslation(), ana);
    await transcript.drained(soon());
    expect(readTranscript(text.messages).map(({ text, translations }) => ({ text, translations }))).toEqual([
      { text: 'Hello everyone', translations: { es: 'Hola a todos' } },
    ]);
  });

  it('is posted again once when somebody deleted it during an edit, and more words came meanwhile', async () => {
    const { discord, text, transcript } = await inChannel();
    transcript.post(makePartial(), ana);
    const message = await text.waitFor(({ content }) => content.includes('Hello'));
    const edits: string[] = [];
    discord.rest.http.on('request', ({ method = '' }) => {
      if (method !== 'PATCH') return;
      if (edits.push(method) > 1) return;
      message.delete();
      transcript.post(makeFinal(), ana);
    });
    transcript.post(makePartial({ text: 'Hello every' }), ana);
    await text.waitFor(({ content }) => content.endsWith('Hello everyone'));
    await transcript.drained(soon());
    expect(readTranscript(text.messages).map((line) => line.text)).toEqual(['Hello everyone']);
    expect(edits).toHaveLength(1);
  });

  it('goes on in the next place when its channel is deleted', async () => {
    const { text, voice, transcript } = await inChannel();
    transcript.post(makePartial(), ana);
    await text.waitFor(({ content }) => content.includes('Hello'));
    text.delete();
    transcript.post(makePartial({ text: 'Hello every' }), ana);
    await voice.waitFor(({ content }) => content.includes('it was deleted'));
    transcript.post(makeFinal(), ana);
    await transcript.drained(soon());
    expect(readTranscript(voice.messages).map((line) => line.text)).toEqual(['Hello everyone']);
  });

  it('shows every utterance once, in order, complete, whatever goes wrong in between', async () => {
    const { discord, text, transcript } = await inChannel({ limits: 'none' });
    const fault = fc.record({
      method: fc.constantFrom('POST' as const, 'PATCH' as const),
      with: fc.constantFrom('reset' as const, { status: 502 }),
      butDoIt: fc.boolean(),
    });
    const step = fc.record({
      speaker: fc.constantFrom(ana, ben),
      words: fc.integer({ min: 1, max: 150 }),
      partials: fc.integer({ min: 0, max: 3 }),
      isTranslated: fc.boolean(),
      goesOn: fc.boolean(), // the next step comes before the channel has caught up
      fault: fc.option(fault, { freq: 4 }),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
        run += 1;
        const before = text.messages.length;
        const expected: string[] = [];
        const translated: string[] = [];
        for (const [index, { speaker, words, partials, isTranslated, goesOn, fault }] of steps.entries()) {
          if (fault) discord.rest.failNext({ ...fault, path: MESSAGES });
          const said = `${'word '.repeat(words)}${run}-${index}`;
          const startMs = run * 1_000_000 + index * 1_000;
          const spoken = { utteranceId: `${run}-${index}`, speakerId: speaker.id, startMs, endMs: startMs + 900 };
          for (let part = 1; part <= partials; part += 1) {
            transcript.post(makePartial({ ...spoken, text: said.slice(0, (said.length * part) / 4) }), speaker);
            if (!goesOn) await transcript.drained(soon());
          }
          transcript.post(makeFinal({ ...spoken, text: said }), speaker);
          if (!goesOn) await transcript.drained(soon());
          if (isTranslated) transcript.post(makeTranslation({ ...spoken, text: `es ${said}` }), speaker);
          expected.push(`${speaker.displayName}: ${said}`);
          if (isTranslated) translated.push(`${speaker.displayName}: es ${said}`);
        }
        await transcript.drained(soon());
        const lines = readTranscript(text.messages.slice(before));
        // Words that had no room in their message follow under the same name.
        const texts: string[] = [];
        for (const { name, text } of lines.filter((line) => line.text !== '')) {
          const isRest = texts.length > 0 && !/-\d+$/.test(texts.at(-1) ?? '') && texts.at(-1)?.startsWith(`${name}: `);
          if (isRest) texts.push(`${texts.pop()} ${text}`);
          else texts.push(`${name}: ${text}`);
        }
        expect(texts).toEqual(expected);
        // A translation without room under its line has a line of its own.
        const withSpanish = lines.filter(({ translations }) => translations.es !== undefined);
        expect(withSpanish.map(({ name, translations }) => `${name}: ${translations.es}`).sort()).toEqual(
          translated.sort(),
        );
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
