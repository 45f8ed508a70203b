import type { MeetingId } from '../../ids.ts';
import type { MeetingRecord } from '../../record.ts';

/** What of a meeting's words an earlier look has not seen. */
export interface RecordGrowth extends Pick<MeetingRecord, 'head' | 'attendance' | 'finals' | 'translations'> {
  readonly upTo: number; // the number of the newest text; 0: there is none
  readonly isOver: boolean; // whichever process ran the meeting has nothing more to say
}

/** Reads how the record of a meeting grows that another process writes. */
export interface GrowingRecords {
  /**
   * The texts whose numbers are higher, and everybody who was there.
   *
   * Texts that are written at the same time need not appear in the order of their numbers: whoever reads on begins some
   * seconds before the newest one that they have.
   *
   * @param after - 0: everything
   * @returns `undefined` when there is no such meeting (any more)
   */
  readSince(meetingId: MeetingId, after: number): Promise<RecordGrowth | undefined>;
}
