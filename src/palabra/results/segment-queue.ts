import { Bell } from '../../core/concurrency/bell.ts';
import type { TranscriptSegment } from '../../core/segment.ts';

/** Hands segments to one consumer in order. A partial that was not read yet gives way to the next of its utterance. */
export class SegmentQueue {
  readonly #waiting: TranscriptSegment[] = [];
  readonly #news = new Bell();
  #ended = false;

  push(segment: TranscriptSegment): void {
    if (this.#ended) return;
    const of = (each: TranscriptSegment) => each.kind === 'partial' && each.utteranceId === segment.utteranceId;
    const before = this.#waiting.findLastIndex(of);
    if (before >= 0) this.#waiting.splice(before, 1); // several utterances may grow in turn
    this.#waiting.push(segment);
    this.#news.ring();
  }

  end(): void {
    this.#ended = true;
    this.#news.ring();
  }

  /** @throws the signal's reason */
  async *read(signal: AbortSignal): AsyncGenerator<TranscriptSegment, void> {
    for (;;) {
      signal.throwIfAborted();
      const next = this.#waiting.shift();
      if (next !== undefined) yield next;
      else if (this.#ended) return;
      else await this.#news.wait(signal);
    }
  }
}
