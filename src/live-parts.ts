import type { GuildId } from './core/ids.ts';
import type { Archive } from './core/ports/archive.ts';
import type { Guest } from './core/ports/live-links.ts';
import type { LiveMeetings } from './core/ports/live-meetings.ts';
import type { Settings } from './core/ports/settings.ts';
import type { Readers } from './discord/permissions/readers.ts';
import { withGlossary } from './minutes/model/build-minutes.ts';
import type { LiveParts } from './web/live/pages.ts';

/** Of the bot that is in a server. */
interface BotParts {
  readonly readers: Readers;
  readonly house: LiveMeetings;
}

interface Parts extends Pick<LiveParts, 'watchRights'> {
  readonly botOf: (guildId: GuildId) => BotParts | undefined;
  readonly archive: Archive;
  readonly settings: Settings;
}

/** Connects the live page with the running meeting, the archive, and the readers' rights. */
export function livePartsOf(parts: Parts): Omit<LiveParts, 'links' | 'log' | 'timing'> {
  const { botOf, archive, settings, watchRights } = parts;
  const runningFor = ({ guildId, meetingId }: Omit<Guest, 'userId'>) => {
    const meeting = botOf(guildId)?.house.meetingOf(guildId);
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
      if (!head || !(await botOf(guest.guildId)?.readers.mayReadTextNow(guest.userId, head))) return undefined;
      const { reads } = await settings.member(guest.guildId, guest.userId);
      return { ...(reads !== undefined && { reads }) };
    },
    listen: (meeting, listener) => runningFor(meeting)?.addListener(listener),
    ...(watchRights && { watchRights }),
  };
}
