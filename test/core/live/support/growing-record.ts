import type { GrowingRecords, RecordGrowth } from '../../../../src/core/ports/cluster/record-growth.ts';
import type { Attendance } from '../../../../src/core/record.ts';
import type { FinalSegment, TranslationSegment } from '../../../../src/core/segment.ts';
import { makeHead } from '../../../support/make.ts';

/** The journal of one meeting as a database keeps it: texts with numbers. */
export class MemoryGrowth implements GrowingRecords {
  readonly head = makeHead();
  readonly attendance: Attendance[] = [{ speakerId: '100', displayName: 'Ana', joinedMs: 0 }];
  readonly #texts = new Map<number, FinalSegment | TranslationSegment>();
  readonly asked: number[] = [];
  isOver = false;
  isErased = false;
  /** What happens while it is being read. */
  whileReading: (() => Promise<void> | void) | undefined;
  #newest = 0;

  write(segment: FinalSegment | TranslationSegment): void {
    this.#newest += 1;
    this.#texts.set(this.#newest, segment);
  }

  forget(utteranceId: string): void {
    for (const [id, segment] of this.#texts) if (segment.utteranceId === utteranceId) this.#texts.delete(id);
  }

  async readSince(_meetingId: string, after: number): Promise<RecordGrowth | undefined> {
    this.asked.push(after);
    const { isOver } = this;
    const texts = [...this.#texts].filter(([id]) => id > after);
    await this.whileReading?.();
    if (this.isErased) return undefined;
    const segments = texts.map(([, segment]) => segment);
    return {
      head: this.head,
      attendance: this.attendance,
      finals: segments.filter((segment) => segment.kind === 'final'),
      translations: segments.filter((segment) => segment.kind === 'translation'),
      upTo: Math.max(after, ...texts.map(([id]) => id)),
      isOver,
    };
  }
}
