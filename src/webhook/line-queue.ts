import { createHash } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import type { PublishedSegment } from '../core/ports/live-meetings.ts';
import type { MeetingHead } from '../core/record.ts';
import type { FinalSegment, TranslationSegment } from '../core/segment.ts';
import { isTemporary, postSigned, reasonOf, type Webhook } from './post.ts';
import { PrivateAddressError } from './public-address.ts';

const MOST_WAITING = 1_000; // lines of a meeting: what a lively one says in a quarter of an hour, with two translations
const OLDEST_MS = 15 * 60_000; // nobody follows a meeting that far behind; the minutes have it all
const FRESH_MS = 2_000; // a line that waited longer may have been erased meanwhile
const DELAYS_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000]; // the last one again and again
const ATTEMPT_LIMIT_MS = 10_000;

/** A line as it is sent: a final, or one of its translations. */
export interface SentLine {
  readonly segment: FinalSegment | TranslationSegment;
  readonly name: string; // of the speaker
}

export interface LineQueueParts {
  readonly log: Log;
  /** The webhook that the server's lines go to now; `undefined`: they go nowhere. */
  readonly webhookOf: () => Promise<Webhook | undefined>;
  /** Keys (`keyOf`) of the lines that the journal holds now. */
  readonly keptLines: () => Promise<ReadonlySet<string>>;
  /** @param missed - how many lines before this one could not be sent */
  readonly bodyOf: (head: MeetingHead, line: SentLine, missed: number) => string;
  readonly allowPrivate: boolean;
  readonly delaysMs?: readonly number[]; // before each further attempt
  readonly attemptLimitMs?: number;
  readonly mostWaiting?: number;
  readonly freshMs?: number;
}

interface Waiting extends SentLine {
  readonly sinceMs: number;
}

/**
 * The lines of one meeting on their way to a webhook, one after the other. Taking a line costs the meeting nothing: it waits in memory, at most
 * so many; then the oldest gives way, and the next that is sent says how many are missing before it.
 *
 * A line that fails is tried again before any other is sent, so the order stays. It is given up when the receiver refuses it for good, and after a quarter of an hour.
 */
export class LineQueue {
  readonly #head: MeetingHead;
  readonly #url: string;
  readonly #parts: LineQueueParts;
  readonly #waiting: Waiting[] = [];
  readonly #retracted = new Set<string>(); // utterances; of the line that is under way
  readonly #stopped = new AbortController();
  readonly #agent: HttpAgent | HttpsAgent;
  #underWay: Promise<void> | undefined;
  #current: Waiting | undefined;
  #missed = 0; // before the next line
  #isInTrouble = false;

  /** @param url - where all of them go: another address gets a queue of its own */
  constructor(head: MeetingHead, url: string, parts: LineQueueParts) {
    this.#head = head;
    this.#url = url;
    this.#parts = parts;
    const Agent = new URL(url).protocol === 'http:' ? HttpAgent : HttpsAgent;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1 });
  }

  get url(): string {
    return this.#url;
  }

  /** Takes a line and returns at once. Words that still grow do not count; an empty text takes back all of an utterance. */
  take({ segment, name }: PublishedSegment): void {
    if (this.#stopped.signal.aborted) return;
    if (segment.kind === 'partial') {
      if (segment.text === '') this.#retract(segment.utteranceId);
      return;
    }
    if (segment.kind === 'final' && segment.corrected) {
      this.#correct(segment);
      return;
    }
    this.#waiting.push({ segment, name, sinceMs: performance.now() });
    while (this.#waiting.length > (this.#parts.mostWaiting ?? MOST_WAITING)) {
      this.#waiting.shift();
      this.#missed += 1;
    }
    this.#underWay ??= this.#sendAll();
  }

  /** Sends nothing more, not even what waits. */
  stop(): void {
    this.#waiting.length = 0;
    this.#stopped.abort();
    this.#agent.destroy();
  }

  /** Resolves when nothing waits any longer. */
  async drained(): Promise<void> {
    await this.#underWay;
    this.#agent.destroy();
  }

  /** Each line is sent once: a corrected one only if it still waits. Who wants the record as it is now has the minutes. */
  #correct(final: FinalSegment): void {
    const isSame = ({ segment }: SentLine) => segment.kind === 'final' && segment.utteranceId === final.utteranceId;
    const at = this.#waiting.findIndex(isSame);
    const before = this.#waiting[at];
    if (before) this.#waiting[at] = { ...before, segment: final };
  }

  #retract(utteranceId: string): void {
    const kept = this.#waiting.filter(({ segment }) => segment.utteranceId !== utteranceId);
    this.#waiting.splice(0, this.#waiting.length, ...kept);
    if (this.#current?.segment.utteranceId === utteranceId) this.#retracted.add(utteranceId);
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const line = this.#waiting.shift();
      this.#current = line;
      this.#retracted.clear();
      if (!line) {
        this.#underWay = undefined; // at once, so that the next line begins anew
        return;
      }
      const missed = this.#missed;
      this.#missed = 0;
      const became = await this.#send(line, missed);
      if (became !== 'sent') this.#missed += missed;
      if (became === 'given up') this.#missed += 1;
    }
  }

  async #send(line: Waiting, missed: number): Promise<'sent' | 'erased' | 'given up'> {
    const { webhookOf, bodyOf, allowPrivate, delaysMs = DELAYS_MS, attemptLimitMs = ATTEMPT_LIMIT_MS } = this.#parts;
    const body = bodyOf(this.#head, line, missed);
    const id = deliveryIdOf(this.#head.id, line, this.#url);
    const stopped = this.#stopped.signal;
    for (let attempt = 0; !stopped.aborted; attempt += 1) {
      try {
        if (attempt > 0) await delay(delaysMs[Math.min(attempt, delaysMs.length) - 1], undefined, { signal: stopped });
        if (performance.now() - line.sinceMs > OLDEST_MS) return 'given up';
        const webhook = await webhookOf();
        if (webhook?.url !== this.#url) this.stop();
        if (!webhook || stopped.aborted || (await this.#isErased(line))) return 'erased';
        const signal = AbortSignal.any([stopped, AbortSignal.timeout(attemptLimitMs)]);
        const status = await postSigned({ webhook, body, id, allowPrivate, agent: this.#agent }, signal);
        if (status >= 200 && status < 300) {
          this.#noteHealth();
          return 'sent';
        }
        this.#noteTrouble({ status });
        if (!isTemporary(status)) return 'given up';
      } catch (error) {
        if (stopped.aborted) break;
        this.#noteTrouble({ reason: reasonOf(error) });
        if (error instanceof PrivateAddressError) this.stop();
      }
    }
    return 'given up';
  }

  async #isErased(line: Waiting): Promise<boolean> {
    if (this.#retracted.has(line.segment.utteranceId)) return true;
    const { keptLines, freshMs = FRESH_MS } = this.#parts;
    return performance.now() - line.sinceMs > freshMs && !(await keptLines()).has(keyOf(line.segment));
  }

  /** The trouble of one receiver is one line in the log, however many lines it meets. */
  #noteTrouble(what: { readonly status: number } | { readonly reason: string }): void {
    if (this.#isInTrouble) return;
    this.#isInTrouble = true;
    this.#parts.log.warn(
      { ...this.#about(), ...what },
      'A line could not be sent to the webhook: it is tried again, and others wait',
    );
  }

  #noteHealth(): void {
    if (!this.#isInTrouble) return;
    this.#isInTrouble = false;
    this.#parts.log.info({ ...this.#about(), waiting: this.#waiting.length }, 'The webhook takes lines again');
  }

  #about() {
    return { host: new URL(this.#url).host, meeting: this.#head.id }; // the rest of the address may be a secret
  }
}

/** What tells the lines of a meeting apart. */
export function keyOf({ kind, utteranceId, language }: SentLine['segment']): string {
  return kind === 'final' ? utteranceId : `${utteranceId} ${language}`;
}

/** The same for every attempt and process. A line whose text has changed is another one. */
function deliveryIdOf(meetingId: string, { segment }: SentLine, url: string): string {
  return createHash('sha256')
    .update(JSON.stringify([meetingId, keyOf(segment), segment.text, url]))
    .digest('hex')
    .slice(0, 32);
}
