import type { SpeakerId } from '../ids.ts';
import type { FinalSegment } from '../segment.ts';

/** Beyond this a reader would rather see the words than their right place: about two long sentences of somebody else. */
const MAX_HOLD_MS = 10_000;

/** Something that was begun and is not told yet. */
export interface Pending {
  readonly of: string; // whose it is: each has one at a time
  readonly startMs: number;
}

interface Held {
  readonly final: FinalSegment;
  readonly sinceMs: number; // when it came, on the meeting clock
}

/** What finals have been waiting for. */
interface Wait {
  readonly startMs: number;
  readonly sinceMs: number;
  isOver: boolean; // something of theirs was told: what begins later is another utterance
}

/**
 * Puts everybody's finals into the order in which they were begun.
 *
 * Each person's recogniser answers when *that* person pauses, so a short reply is final before the long question it
 * interrupted, and one's own later sentence may overtake an earlier one. A final waits while anything that was begun
 * earlier is not told: for each such thing once, however many finals it holds up. What never ends costs one wait.
 */
export class SpokenOrder {
  #held: Held[] = [];
  readonly #waits = new Map<string, Wait>(); // by whose it is

  add(final: FinalSegment, nowMs: number): void {
    this.#held.push({ final, sinceMs: nowMs });
    this.#held.sort((a, b) => a.final.startMs - b.final.startMs);
    const wait = this.#waits.get(final.speakerId);
    if (wait !== undefined) wait.isOver = true;
  }

  holds(utteranceId: string): boolean {
    return this.#held.some(({ final }) => final.utteranceId === utteranceId);
  }

  get size(): number {
    return this.#held.length;
  }

  /**
   * Takes out what may be told now, in order. To be called now and then also while nothing is held.
   *
   * @param pending - everything that is still to be told
   */
  release(nowMs: number, pending: readonly Pending[]): FinalSegment[] {
    this.#forgetWaits(pending);
    const awaited = pending.filter(({ of }) => nowMs - (this.#waits.get(of)?.sinceMs ?? nowMs) < MAX_HOLD_MS);
    const ready = this.#held.findLastIndex(
      ({ final, sinceMs }) => nowMs - sinceMs >= MAX_HOLD_MS || !awaited.some(({ startMs }) => startMs < final.startMs),
    );
    const released = this.#held.splice(0, ready + 1).map(({ final }) => final);
    const last = this.#held.at(-1)?.final.startMs ?? 0;
    for (const { of, startMs } of awaited) {
      if (startMs < last && !this.#waits.has(of)) this.#waits.set(of, { startMs, sinceMs: nowMs, isOver: false });
    }
    return released;
  }

  /** What was waited for and is told need not be known any more. Noise that moves on is still the same. */
  #forgetWaits(pending: readonly Pending[]): void {
    for (const [of, wait] of this.#waits) {
      const now = pending.find((each) => each.of === of);
      if (now === undefined || (wait.isOver && now.startMs > wait.startMs)) this.#waits.delete(of);
    }
  }

  /** Takes out what one person said, for nobody to be told. Returns the utterances. */
  drop(speakerId: SpeakerId): string[] {
    const theirs = this.#held.filter(({ final }) => final.speakerId === speakerId);
    this.#held = this.#held.filter((held) => !theirs.includes(held));
    return theirs.map(({ final }) => final.utteranceId);
  }

  /** Takes out everything, in order: the meeting is over. */
  releaseAll(): FinalSegment[] {
    return this.#held.splice(0).map(({ final }) => final);
  }
}
