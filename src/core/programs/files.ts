import type { MeetingRecord } from '../record.ts';

/** How a program wants a meeting's minutes. */
interface FileWish {
  readonly format: string; // one of `formats`
  readonly language?: string; // of the lines; missing: as spoken
}

interface MeetingFile {
  readonly name: string; // only Latin letters, digits, hyphens and dots
  readonly bytes: Buffer;
}

/** Makes the minutes of meetings as files, anew for each request. */
export interface MeetingFiles {
  readonly formats: readonly string[]; // `json` among them
  readonly schema: object; // of `json`, as JSON Schema
  /** What the file depends on besides the record, so that its reader can be told that nothing has changed. */
  basisOf(record: MeetingRecord, wish: FileWish): Promise<string>;
  /** @returns `busy`: too many ask at the moment; `late`: it takes too long */
  fileOf(record: MeetingRecord, wish: FileWish, signal: AbortSignal): Promise<MeetingFile | 'busy' | 'late'>;
}
