import type { SpeakerId } from '../ids.ts';
import type { FinalSegment } from '../segment.ts';

/** After this readers prefer to see the words rather than wait for their right place: about two long sentences of somebody else. */
const MAX_HOLD_MS = 10_000;

/** Speech that has begun and is not a final yet. */
export interface Pending {
  readonly of: string; // the speaker, or whatever else has one at a time
  readonly startMs: number;
}

interface Held {
  readonly final: FinalSegment;
  readonly sinceMs: number; // when the final came, on the meeting's clock
}

/** Pending speech that finals have been waiting for. */
interface Wait {
  readonly startMs: number;
  readonly sinceMs: number;
  isOver: boolean; // a final came since: speech that begins later is another utterance
}

/**
 * Puts everybody's finals into the order in which their speech began.
 *
 * Each person's recogniser answers when *that* person pauses, so a short reply is final before the long question it
 * interrupted, and a person's later sentence may overtake their earlier one. A final waits while speech that began earlier
 * is pending: for each such speech once, however many finals it holds up. Speech that never ends costs one wait.
 */
export class SpokenOrder {
  #held: Held[] = [];
  readonly #waits = new Map<string, Wait>(); // by whose speech it is

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
   * Removes the finals that need not wait any longer. Call it regularly, also while no final is held.
   *
   * @param pending - all speech that is not a final yet
   * @returns the removed finals, in order
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

  /** Forgets waits whose speech has become a final. Noise that only moves on is still the same speech. */
  #forgetWaits(pending: readonly Pending[]): void {
    for (const [of, wait] of this.#waits) {
      const now = pending.find((each) => each.of === of);
      if (now === undefined || (wait.isOver && now.startMs > wait.startMs)) this.#waits.delete(of);
    }
  }

  /** Drops one speaker's held finals without releasing them. @returns their utterance ids */
  drop(speakerId: SpeakerId): string[] {
    const theirs = this.#held.filter(({ final }) => final.speakerId === speakerId);
    this.#held = this.#held.filter((held) => !theirs.includes(held));
    return theirs.map(({ final }) => final.utteranceId);
  }

  /** Removes all held finals: the meeting is over. @returns them, in order */
  releaseAll(): FinalSegment[] {
    return this.#held.splice(0).map(({ final }) => final);
  }
}
