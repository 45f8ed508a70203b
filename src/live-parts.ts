import type { Client } from 'discord.js';
import type { Archive } from './core/ports/archive.ts';
import type { LiveMeetings } from './core/ports/live-meetings.ts';
import type { Settings } from './core/ports/settings.ts';
import type { Readers } from './discord/permissions/readers.ts';
import { watchRights } from './discord/permissions/rights-changes.ts';
import { withGlossary } from './minutes/model/build-minutes.ts';
import type { Guest } from './web/live/links.ts';
import type { LiveParts } from './web/live/pages.ts';

interface Parts {
  readonly client: Client<true>;
  readonly readers: Readers;
  readonly meetings: LiveMeetings;
  readonly archive: Archive;
  readonly settings: Settings;
}

/** Connects the live page with the running meeting, the archive, and the readers' rights. */
export function livePartsOf(parts: Parts): Omit<LiveParts, 'links' | 'log' | 'timing'> {
  const { client, readers, meetings, archive, settings } = parts;
  const runningFor = ({ guildId, meetingId }: Omit<Guest, 'userId'>) => {
    const meeting = meetings.meetingOf(guildId);
    return meeting?.head.id === meetingId ? meeting : undefined;
  };
  const recordOf: LiveParts['recordOf'] = async ({ guildId, meetingId }) => {
    const record = await archive.read(meetingId);
    if (record?.head.guildId !== guildId) return undefined;
    const { glossary = [] } = await settings.guild(guildId);
    return withGlossary(record, glossary);
  };
  const headOf: LiveParts['headOf'] = async (guest) => {
    const head = runningFor(guest)?.head ?? (await archive.read(guest.meetingId))?.head;
    return head?.guildId === guest.guildId ? head : undefined;
  };
  return {
    headOf,
    recordOf,
    async readerOf(guest) {
      const head = await headOf(guest);
      if (!head || !(await readers.mayReadTextNow(guest.userId, head))) return undefined;
      const { reads } = await settings.member(guest.guildId, guest.userId);
      return { ...(reads !== undefined && { reads }) };
    },
    listen: (meeting, listener) => runningFor(meeting)?.addListener(listener),
    watchRights: (changed) => watchRights(client, changed),
  };
}
