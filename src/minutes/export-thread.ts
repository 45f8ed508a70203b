import { workAside } from '../core/concurrency/aside.ts';
import type { MeetingRecord } from '../core/record.ts';
import { type ExportedMinutes, type ExportOptions, exportMinutes } from './export-minutes.ts';

/** What a thread makes one file of. */
export interface ExportTask {
  readonly record: MeetingRecord;
  readonly options: ExportOptions;
}

// The body of a thread that makes one file.
await workAside<ExportTask, ExportedMinutes>(({ record, options }) => exportMinutes(record, options));
