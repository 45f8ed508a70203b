import type { SpeakerId } from './ids.ts';
import type { FinalSegment } from './segment.ts';

/** Beyond this a reader would rather see the words than their right place: about two long sentences of somebody else. */
const MAX_HOLD_MS = 10_000;

interface Held {
  readonly final: FinalSegment;
  readonly sinceMs: number; // when it came, on the meeting clock
}

/**
 * Puts everybody's finals into the order in which they were begun.
 *
 * Each person's recogniser answers when *that* person pauses, so a short reply is final before the long question it
 * interrupted, and one's own later sentence may overtake an earlier one. A final waits while anything that was begun
 * earlier is not told.
 */
export class SpokenOrder {
  #held: Held[] = [];

  add(final: FinalSegment, nowMs: number): void {
    this.#held.push({ final, sinceMs: nowMs });
    this.#held.sort((a, b) => a.final.startMs - b.final.startMs);
  }

  holds(utteranceId: string): boolean {
    return this.#held.some(({ final }) => final.utteranceId === utteranceId);
  }

  get size(): number {
    return this.#held.length;
  }

  /**
   * Takes out what may be told now, in order.
   *
   * @param earlierIsUntold - whether something that was begun before this final is still to be told
   */
  release(nowMs: number, earlierIsUntold: (final: FinalSegment) => boolean): FinalSegment[] {
    const ready = this.#held.findLastIndex(
      ({ final, sinceMs }) => nowMs - sinceMs >= MAX_HOLD_MS || !earlierIsUntold(final),
    );
    return this.#held.splice(0, ready + 1).map(({ final }) => final);
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
