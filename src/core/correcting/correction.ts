import { createHash } from 'node:crypto';
import type { MeetingId, SpeakerId } from '../ids.ts';
import type { FinalSegment } from '../segment.ts';
import { isSeen, oneLine } from '../text/plain-text.ts';

/** Somebody wants the text of a final put right. */
export interface CorrectionRequest {
  readonly meetingId: MeetingId;
  readonly utteranceId: string;
  readonly seen: string; // the `printOf` the text that they corrected
  readonly text: string; // as `correctedText` makes it
  readonly byId: SpeakerId;
  readonly byName: string;
  readonly atMs: number; // since 1970
}

/** `changed`: somebody else was quicker, and nothing is done; `gone`: there is no such final, or no longer. */
export type KeptCorrection =
  | { readonly kind: 'corrected'; readonly final: FinalSegment }
  | { readonly kind: 'changed'; readonly final: FinalSegment }
  | { readonly kind: 'gone' };

/**
 * What became of a corrected line in the channel. `cut`: its message has room for the beginning only; `no room`: for too
 * little of it, so that it stays as it was; `left`: its message is gone, or the bot may not change it; `not here`: whoever
 * was asked does not write there (any more).
 */
export type ShownCorrection = 'shown' | 'cut' | 'no room' | 'left' | 'not here';

const PRINT_CHARS = 12; // two texts of one line have the same print once in 2^72 times

/** Tells texts apart where there is no room for them. It reveals no text. */
export function printOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, PRINT_CHARS);
}

/** What somebody typed, as a line can hold it; `undefined` when nobody could see anything of it. */
export function correctedText(typed: string): string | undefined {
  const text = oneLine(typed).normalize('NFC');
  return isSeen(text) ? text : undefined;
}
