import { z } from 'zod';
import { AsideError, runAside } from '../core/concurrency/aside.ts';
import { FairPlaces } from '../core/concurrency/fair-places.ts';
import type { Settings } from '../core/ports/settings.ts';
import type { MeetingFiles } from '../core/programs/files.ts';
import type { MeetingRecord } from '../core/record.ts';
import { ExportError } from './documents/export-error.ts';
import { EXPORT_FORMATS, type ExportedMinutes, type ExportOptions, exportMinutes } from './export-minutes.ts';
import type { ExportTask } from './export-thread.ts';
import { minutesJson } from './text/minutes-json.ts';
import { viewOf } from './view-of.ts';

const LONG = 250; // lines: the file of so many keeps a thread busy for 10 ms, one of three hours for 70
const LIMITS = { maxHeapMb: 256, maxMs: 20_000 };
const PLACES = { atOnce: 2, waiting: 30, waitingOfOne: 5 };
const LOCALE = 'en-US'; // of headings: programs ask, not people

interface Parts {
  readonly settings: Pick<Settings, 'guild'>;
  readonly version: string; // of the bot: another one may write files differently
}

/** Makes files for programs: one at a time for each server, and long ones in a thread, as people are heard meanwhile. */
export function meetingFilesOf({ settings, version }: Parts): MeetingFiles {
  const places = new FairPlaces(PLACES);
  const optionsFor = async (record: MeetingRecord, format: string, language: string | undefined) => {
    const known = EXPORT_FORMATS.find((one) => one === format);
    if (!known) throw new RangeError('Cannot make a file: the format is unknown');
    const view = viewOf(await settings.guild(record.head.guildId), LOCALE);
    return { format: known, ...view, ...(language !== undefined && { language }) };
  };
  return {
    formats: EXPORT_FORMATS,
    schema: z.toJSONSchema(minutesJson, { io: 'input' }), // readers ignore fields that they do not know
    async basisOf({ lastSign: _, ...record }, { format, language }) {
      return JSON.stringify([version, await optionsFor(record, format, language), record]);
    },
    async fileOf(record, { format, language }, signal) {
      const place = await places.take(record.head.guildId, signal);
      if (place === 'full') return 'busy';
      using _place = place;
      const options = await optionsFor(record, format, language);
      try {
        return await made(record, options, signal);
      } catch (error) {
        if (error instanceof ExportError && error.code !== 'failed') return error.code;
        if (error instanceof AsideError && error.because === 'out of time') return 'late';
        throw error;
      }
    },
  };
}

async function made(record: MeetingRecord, options: ExportOptions, signal: AbortSignal): Promise<ExportedMinutes> {
  const hasOwnThread = options.format === 'docx' || options.format === 'pdf';
  if (hasOwnThread || record.finals.length < LONG) return await exportMinutes(record, options, signal);
  const thread = new URL('./export-thread.ts', import.meta.url);
  const { name, bytes } = await runAside<ExportTask, ExportedMinutes>(thread, { record, options }, LIMITS, signal);
  return { name, bytes: Buffer.from(bytes) }; // a thread passes a Buffer on as a Uint8Array
}
