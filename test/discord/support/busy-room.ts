import { setTimeout as delay } from 'node:timers/promises';
import type { Person } from '../../../src/core/ports/people.ts';
import type { TranscriptChannel } from '../../../src/core/ports/transcript.ts';
import type { Channel } from '../../simulators/discord/index.ts';
import { makeFinal, makePartial, makePerson, makeTranslation } from '../../support/make.ts';
import { type ReadLine, readTranscript } from './read-transcript.ts';

const PARTIAL_EVERY_MS = 320; // the recogniser gets so much audio at a time
const FINAL_AFTER_MS = 400;
const TRANSLATED_AFTER_MS = 900;
const WORD_MS = 350;

export interface Talk {
  readonly people: number;
  readonly forMs: number;
  readonly languages: readonly string[];
}

/** How well a channel kept up with people. */
export interface Keeping {
  /** For each final, the time until it could be read; infinite if it never could. */
  readonly finalWaitsMs: readonly number[];
  readonly missing: readonly string[]; // texts that are not exactly once under their speaker's name
  /** For each final above an earlier one, how much earlier that one was begun, in milliseconds. */
  readonly outOfOrderMs: readonly number[];
  readonly stillGrowing: number; // lines that are still marked as growing
  readonly edits: number;
  readonly messages: number;
}

/** Has everybody talk at once, in the recogniser's order: partials, then the final, then its translations. */
export async function busyRoom(transcript: TranscriptChannel, channel: Channel, talk: Talk): Promise<Keeping> {
  const posted: Posted[] = [];
  const readableAt = new Map<string, number>();
  const stop = channel.watch((message) => {
    const nowMs = performance.now();
    for (const line of readTranscript([message])) {
      const text = line.text.split(' ')[0] ?? '';
      if (!line.isGrowing && !readableAt.has(text)) readableAt.set(text, nowMs);
    }
  });
  const beganMs = performance.now();
  await Promise.all(
    Array.from({ length: talk.people }, (_, index) => {
      const person = makePerson({ id: `${1_000 + index}`, displayName: `Person ${index}` });
      return speak(transcript, person, { ...talk, seed: index, beganMs }, posted);
    }),
  );
  await transcript.drained(AbortSignal.timeout(60_000));
  stop();
  const lines = readTranscript(channel.messages);
  return {
    finalWaitsMs: posted.map(({ key, finalMs }) => (readableAt.get(key) ?? Number.POSITIVE_INFINITY) - finalMs),
    missing: posted.filter((one) => !isWhole(one, lines, talk.languages)).map(({ key }) => key),
    outOfOrderMs: outOfOrder(posted, lines),
    stillGrowing: lines.filter(({ isGrowing }) => isGrowing).length,
    edits: channel.history.reduce((sum, { edits }) => sum + edits.length, 0),
    messages: channel.history.length,
  };
}

interface Posted {
  readonly key: string; // the first word of the text, found in no other
  readonly name: string;
  readonly text: string;
  readonly startMs: number;
  readonly finalMs: number;
}

async function speak(
  transcript: TranscriptChannel,
  person: Person,
  { seed, beganMs, forMs, languages }: Talk & { seed: number; beganMs: number },
  posted: Posted[],
): Promise<void> {
  const translating: Promise<void>[] = [];
  await delay(130 * seed);
  for (let turn = 0; performance.now() - beganMs < forMs; turn += 1) {
    const key = `k${seed}-${turn}`;
    const words = 5 + ((seed * 7 + turn * 5) % 14); // 1.8 to 6.5 s
    const startMs = Math.round(performance.now() - beganMs);
    const spoken = { utteranceId: key, speakerId: person.id, startMs };
    const textAt = (ms: number) =>
      [key, ...Array.from({ length: Math.min(words, ms / WORD_MS) }, () => 'talk')].join(' ');
    for (let ms = PARTIAL_EVERY_MS; ms < words * WORD_MS; ms += PARTIAL_EVERY_MS) {
      await delay(PARTIAL_EVERY_MS);
      if (ms > 600) transcript.post(makePartial({ ...spoken, endMs: startMs + ms, text: textAt(ms) }), person);
    }
    await delay(FINAL_AFTER_MS);
    const text = textAt(words * WORD_MS);
    posted.push({ key, name: person.displayName, text, startMs, finalMs: performance.now() });
    transcript.post(makeFinal({ ...spoken, endMs: startMs + words * WORD_MS, text }), person);
    translating.push(
      delay(TRANSLATED_AFTER_MS).then(() => {
        for (const language of languages) {
          transcript.post(makeTranslation({ ...spoken, language, text: `${language} ${text}` }), person);
        }
      }),
    );
    await delay(200 + 100 * (seed % 5));
  }
  await Promise.all(translating);
}

function isWhole({ name, text }: Posted, lines: readonly ReadLine[], languages: readonly string[]): boolean {
  const own = lines.filter((line) => line.name === name);
  const shown = own.filter((line) => line.text === text);
  const translated = languages.every(
    (language) => own.filter(({ translations }) => translations[language] === `${language} ${text}`).length === 1,
  );
  return shown.length === 1 && translated;
}

function outOfOrder(posted: readonly Posted[], lines: readonly ReadLine[]): number[] {
  const places = posted.map(({ text, startMs }) => ({ startMs, at: lines.findIndex((line) => line.text === text) }));
  return places.flatMap(({ startMs, at }) => {
    const earliestBelow = Math.min(...places.filter((other) => other.at > at).map((other) => other.startMs));
    return earliestBelow < startMs ? [startMs - earliestBelow] : [];
  });
}
