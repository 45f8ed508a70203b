import { setTimeout as delay } from 'node:timers/promises';
import { readTranscript } from '../../test/discord/support/read-transcript.ts';
import { seededRandom } from '../../test/simulators/discord/voice/index.ts';
import { characterErrors } from '../../test/simulators/speech/index.ts';
import { FaultMeeting, type SaidBy } from '../../test/support/meetings/fault-meeting.ts';
import { packetsOf } from '../../test/support/meetings/packets-of.ts';
import { sentences } from '../../test/support/meetings/sentences.ts';
import type { Stage } from '../../test/support/stage.ts';

const NAMES = ['Ana', 'Ben', 'Chloé'];
const SENTENCES = 90; // thirty per person, so a sentence is repeated after two minutes
const SAME_AGAIN_S = 60; // an older line with the same words is an earlier repetition
const MIN_PAUSE_MS = 1_500; // longer than what ends an utterance
const MAX_PAUSE_MS = 3_500;
const LOST_AFTER_MS = 25_000; // a sentence that is not there by then counts as lost

/** How the second server fared during an attack in the first. */
export interface Fared {
  readonly sentences: number;
  readonly p95Ms: number; // from the end of a sentence to its final in the channel
  readonly maxMs: number;
  readonly missing: readonly string[]; // sentences whose final is not in the channel, letter by letter and under the right name
}

interface Sentence extends SaidBy {
  readonly sinceMs: number; // since 1970, when the sentence began
  postedAtMs?: number;
}

/** The second server, where people talk all the time and must notice nothing. */
export class Neighbours {
  readonly meeting: FaultMeeting;
  readonly #random: () => number;
  readonly #said: Sentence[] = [];
  readonly #over = new AbortController();
  #talking: Promise<unknown> | undefined;
  #seen = 0; // the number of sentences in earlier windows

  constructor(stage: Stage, seed: number) {
    const guild = stage.discord.addGuild({ name: 'Neighbours' });
    this.meeting = new FaultMeeting(stage, guild, 'en', NAMES, {});
    this.#random = seededRandom(seed);
  }

  /** Resolves when the people are heard. They then talk until `end`. */
  async begin(seed: number): Promise<void> {
    const pool = sentences(SENTENCES, seed);
    for (const text of pool) packetsOf(text);
    await this.meeting.begin();
    this.meeting.text.watch((message) => this.#look([message]));
    const { signal } = this.#over;
    this.#talking = Promise.allSettled(
      this.meeting.people.map(async (person, nth) => {
        const own = pool.filter((_, index) => index % NAMES.length === nth);
        for (let turn = 0; !signal.aborted; turn++) {
          await delay(MIN_PAUSE_MS + this.#random() * (MAX_PAUSE_MS - MIN_PAUSE_MS), undefined, { signal });
          await this.meeting.say(person, own[turn % own.length] ?? '');
          const said = this.meeting.said.findLast(({ who }) => who === person.displayName);
          if (said) this.#said.push({ ...said, sinceMs: said.startedAtMs });
          this.#look(this.meeting.text.messages);
        }
      }),
    );
  }

  /**
   * How the people fared since the last call. Waits for words that are still on their way.
   *
   * @param isVain - tells that no word can come any more
   */
  async fared(isVain: () => boolean): Promise<Fared> {
    const window = this.#said.slice(this.#seen);
    this.#seen = this.#said.length;
    const isMissing = ({ postedAtMs }: Sentence) => postedAtMs === undefined;
    while (!isVain() && window.some((one) => isMissing(one) && Date.now() - one.endedAtMs < LOST_AFTER_MS))
      await delay(100);
    const delaysMs = window
      .flatMap(({ postedAtMs, endedAtMs }) => (postedAtMs === undefined ? [] : [postedAtMs - endedAtMs]))
      .toSorted((a, b) => a - b);
    return {
      sentences: window.length,
      p95Ms: Math.round(delaysMs[Math.ceil(0.95 * delaysMs.length) - 1] ?? Number.NaN),
      maxMs: Math.round(delaysMs.at(-1) ?? Number.NaN),
      missing: window
        .filter(isMissing)
        .map((one) => `${one.who}: ${one.text} (the channel has: ${this.#nearest(one)})`),
    };
  }

  /** Lets everybody stop talking. */
  async end(): Promise<void> {
    this.#over.abort();
    await this.#talking;
  }

  /** The most similar text in the channel. */
  #nearest({ who, text, sinceMs, endedAtMs }: Sentence): string {
    const own = readTranscript(this.meeting.text.messages).filter(
      ({ name, atS }) => name === who && 1_000 * (atS + 5) > sinceMs && 1_000 * (atS - 5) < endedAtMs,
    );
    const [nearest] = own.toSorted((a, b) => characterErrors(text, a.text) - characterErrors(text, b.text));
    return nearest ? `${nearest.text}${nearest.isGrowing ? ', not final' : ''}` : 'nothing';
  }

  #look(messages: readonly Parameters<typeof readTranscript>[0][number][]): void {
    const waiting = this.#said.filter(({ postedAtMs }) => postedAtMs === undefined);
    if (waiting.length === 0) return;
    const now = Date.now();
    const finals = readTranscript(messages).filter(({ isGrowing }) => isGrowing === undefined);
    for (const one of waiting) {
      const isThere = finals.some(
        ({ name, text, atS }) =>
          name === one.who && text.includes(one.text) && 1_000 * (atS + SAME_AGAIN_S) > one.sinceMs,
      );
      if (isThere) one.postedAtMs = now;
    }
  }
}
