import { setTimeout as delay } from 'node:timers/promises';
import type { Person } from '../../../src/core/ports/people.ts';
import type { TranscriptChannel } from '../../../src/core/ports/transcript.ts';
import type { Channel } from '../../simulators/discord/index.ts';
import { makeFinal, makePartial, makePerson, makeTranslation } from '../../support/make.ts';
import { type ReadLine, readTranscript } from './read-transcript.ts';

const PARTIAL_EVERY_MS = 320; // what the recogniser hears at a time
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
  /** From a final's coming to when it can be read, per final; infinite when it never could. */
  readonly finalWaitsMs: readonly number[];
  readonly missing: readonly string[]; // texts that cannot be read under their speaker's name, once
  /** Finals that stand above one that was begun before them, by how much earlier that was, in milliseconds. */
  readonly outOfOrderMs: readonly number[];
  readonly stillGrowing: number; // lines that stayed marked as being spoken
  readonly edits: number;
  readonly messages: number;
}

/** Everybody talks at once, as the recogniser tells it: partials, then the final, then its translations. */
export async function busyRoom(transcript: TranscriptChannel, channel: Channel, talk: Talk): Promise<Keeping> {
  const told: Told[] = [];
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
      return speak(transcript, person, { ...talk, seed: index, beganMs }, told);
    }),
  );
  await transcript.drained(AbortSignal.timeout(60_000));
  stop();
  const lines = readTranscript(channel.messages);
  return {
    finalWaitsMs: told.map(({ key, finalMs }) => (readableAt.get(key) ?? Number.POSITIVE_INFINITY) - finalMs),
    missing: told.filter((one) => !isWhole(one, lines, talk.languages)).map(({ key }) => key),
    outOfOrderMs: outOfOrder(told, lines),
    stillGrowing: lines.filter(({ isGrowing }) => isGrowing).length,
    edits: channel.history.reduce((sum, { edits }) => sum + edits.length, 0),
    messages: channel.history.length,
  };
}

interface Told {
  readonly key: string; // the first word of the text, found nowhere else
  readonly name: string;
  readonly text: string;
  readonly startMs: number;
  readonly finalMs: number;
}

async function speak(
  transcript: TranscriptChannel,
  person: Person,
  { seed, beganMs, forMs, languages }: Talk & { seed: number; beganMs: number },
  told: Told[],
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
    told.push({ key, name: person.displayName, text, startMs, finalMs: performance.now() });
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

function isWhole({ name, text }: Told, lines: readonly ReadLine[], languages: readonly string[]): boolean {
  const own = lines.filter((line) => line.name === name);
  const shown = own.filter((line) => line.text === text);
  const translated = languages.every(
    (language) => own.filter(({ translations }) => translations[language] === `${language} ${text}`).length === 1,
  );
  return shown.length === 1 && translated;
}

function outOfOrder(told: readonly Told[], lines: readonly ReadLine[]): number[] {
  const places = told.map(({ text, startMs }) => ({ startMs, at: lines.findIndex((line) => line.text === text) }));
  return places.flatMap(({ startMs, at }) => {
    const earliestBelow = Math.min(...places.filter((other) => other.at > at).map((other) => other.startMs));
    return earliestBelow < startMs ? [startMs - earliestBelow] : [];
  });
}
