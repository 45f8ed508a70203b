import { FairPlaces } from '../core/concurrency/fair-places.ts';
import type { Afterwards } from '../core/live/afterwards.ts';
import type { Archive } from '../core/ports/archive.ts';
import type { Guest } from '../core/ports/live-links.ts';
import type { Settings } from '../core/ports/settings.ts';
import type { MeetingRecord } from '../core/record.ts';
import { ExportError } from './documents/export-error.ts';
import { EXPORT_FORMATS, exportMinutes } from './export-minutes.ts';
import { passagesIn } from './model/build-minutes.ts';
import { makePage } from './page/aside.ts';
import { anchorsOf } from './page/parts.ts';
import { viewOf } from './view-of.ts';

interface Parts {
  readonly archive: Pick<Archive, 'read'>;
  readonly settings: Pick<Settings, 'guild'>;
}

/**
 * Makes the pages and files of meetings that are over from the archive, anew for each request: what was erased
 * meanwhile is in none.
 */
export function afterwardsOf({ archive, settings }: Parts): Afterwards {
  // A long meeting takes memory and a moment of the process, so one is made at a time for each server.
  const pages = new FairPlaces({ atOnce: 2, waiting: 60, waitingOfOne: 10 });
  const files = new FairPlaces({ atOnce: 2, waiting: 12, waitingOfOne: 3 });
  const overRecord = async ({ guildId, meetingId }: Guest): Promise<MeetingRecord | undefined> => {
    const record = await archive.read(meetingId);
    const isOver = record?.endedMs !== undefined && record.lastSign === undefined;
    return isOver && record.head.guildId === guildId ? record : undefined;
  };
  return {
    async pageOf(guest, { locale, ...wish }, head) {
      const place = await pages.take(guest.guildId);
      if (place === 'full') return 'busy';
      using _place = place;
      const record = await overRecord(guest);
      if (!record) return undefined;
      const view = viewOf(await settings.guild(guest.guildId), locale);
      const wanted = { ...view, ...wish, meetingId: guest.meetingId, formats: EXPORT_FORMATS, head };
      return await makePage({ record, wanted });
    },
    async placeOf(guest, utteranceId, { locale }) {
      const place = await pages.take(guest.guildId);
      if (place === 'full') return undefined;
      using _place = place;
      const record = await overRecord(guest);
      if (!record) return undefined;
      const passages = passagesIn(record, viewOf(await settings.guild(guest.guildId), locale));
      return anchorsOf(passages).get(utteranceId);
    },
    async fileOf(guest, wanted, { locale, language }, signal) {
      const format = EXPORT_FORMATS.find((one) => one === wanted);
      if (!format) return undefined;
      const place = await files.take(guest.guildId, signal);
      if (place === 'full') return 'busy';
      using _place = place;
      const record = await overRecord(guest);
      if (!record) return undefined;
      const view = viewOf(await settings.guild(guest.guildId), locale);
      try {
        return await exportMinutes(record, { format, ...view, ...(language !== undefined && { language }) }, signal);
      } catch (error) {
        if (error instanceof ExportError && error.code !== 'failed') return error.code;
        throw error;
      }
    },
  };
}
