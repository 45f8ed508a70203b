import type { GuildMember } from 'discord.js';
import type { Neighbours } from '../cluster/neighbours.ts';
import type { GuildId, MeetingId } from '../core/ids.ts';
import { watchMeeting } from '../core/live/watched-meeting.ts';
import type { Archive } from '../core/ports/archive.ts';
import type { Guest } from '../core/ports/live-links.ts';
import type { LiveMeetings } from '../core/ports/live-meetings.ts';
import type { Settings } from '../core/ports/settings.ts';
import type { MeetingHead } from '../core/record.ts';
import type { Readers } from '../discord/permissions/readers.ts';
import { mayManage } from '../discord/permissions/steering.ts';
import { withGlossary } from '../minutes/model/build-minutes.ts';
import type { LiveParts } from '../web/live/pages.ts';
import type { Reader } from '../web/live/right-to-read.ts';

/** A process of several asks for rights once a minute, as many processes may ask for the same server. */
const ASK_EVERY_MS = 60_000;

/** Of the bot that is in a server. */
interface BotParts {
  readonly readers: Readers;
  readonly house: LiveMeetings;
}

interface Parts extends Pick<LiveParts, 'watchRights'> {
  readonly neighbours?: Pick<Neighbours, 'followed' | 'records' | 'readers' | 'rights'> | undefined; // missing: there are none
  readonly botOf: (guildId: GuildId) => BotParts | undefined;
  readonly archive: Archive;
  readonly settings: Settings;
}

/** Connects the live page with the running meeting, the archive, and the readers' rights. */
export function livePartsOf(parts: Parts): Omit<LiveParts, 'links' | 'log'> {
  const { neighbours } = parts;
  return neighbours ? withNeighbours(parts, neighbours) : ofThisProcess(parts);
}

/** Meetings may run in any process: all are followed the same way, also when they move from one to another. */
function withNeighbours(
  parts: Parts,
  { followed, readers, rights }: NonNullable<Parts['neighbours']>,
): Omit<LiveParts, 'links' | 'log'> {
  return {
    headOf: headHere(parts),
    recordOf: (meeting) => followed.recordOf(meeting),
    listen: (meeting, listener) => followed.listen(meeting, listener),
    targetsOf: targetsHere(parts),
    readerOf: (guest) => (parts.botOf(guest.guildId) ? readerHere(parts)(guest) : readers.readerOf(guest)),
    watchRights(changed) {
      const [here, elsewhere] = [parts.watchRights?.(changed), rights.watch(changed)];
      return {
        [Symbol.dispose]() {
          here?.[Symbol.dispose]();
          elsewhere[Symbol.dispose]();
        },
      };
    },
    timing: { everyMs: ASK_EVERY_MS },
  };
}

function ofThisProcess(parts: Parts): Omit<LiveParts, 'links' | 'log'> {
  const { botOf, archive, settings, watchRights } = parts;
  const recordOf: LiveParts['recordOf'] = async ({ guildId, meetingId }) => {
    const record = await archive.read(meetingId);
    if (record?.head.guildId !== guildId) return undefined;
    const { glossary = [] } = await settings.guild(guildId);
    return withGlossary(record, glossary);
  };
  return {
    headOf: headHere(parts),
    recordOf,
    readerOf: readerHere(parts),
    listen(meeting, listener) {
      const running = runningFor(botOf, meeting);
      return running && watchMeeting(running, listener);
    },
    targetsOf: targetsHere(parts),
    ...(watchRights && { watchRights }),
  };
}

/**
 * How a member reads, by the rights that the bot of this process sees; `undefined`: not (any more). For an overlay they must also
 * manage the server, as they show the meeting to everybody.
 */
export function readerHere(parts: Pick<Parts, 'botOf' | 'archive' | 'settings' | 'neighbours'>) {
  const headOf = headHere(parts);
  return async (guest: Guest): Promise<Reader | undefined> => {
    const { guildId, userId, shows } = guest;
    const head = await headOf(guest);
    const mustAlso = shows === 'overlay' ? (member: GuildMember) => mayManage(member, parts.settings) : undefined;
    const readers = parts.botOf(guildId)?.readers;
    if (!head || !(await readers?.mayReadTextNow(userId, head, mustAlso))) return undefined;
    const { reads } = await parts.settings.member(guildId, userId);
    const serverName = readers?.nameOf(guildId);
    return { ...(reads !== undefined && { reads }), ...(serverName !== undefined && { serverName }) };
  };
}

function targetsHere({ settings }: Pick<Parts, 'settings'>) {
  return async ({ guildId }: Pick<Guest, 'guildId'>) => (await settings.guild(guildId)).translateTo;
}

function headHere({ botOf, archive, neighbours }: Pick<Parts, 'botOf' | 'archive' | 'neighbours'>) {
  const kept = async (id: MeetingId) =>
    neighbours ? (await neighbours.records.readSince(id, Number.MAX_SAFE_INTEGER))?.head : await archive.head(id);
  return async (guest: Omit<Guest, 'userId'>): Promise<MeetingHead | undefined> => {
    const head = runningFor(botOf, guest)?.head ?? (await kept(guest.meetingId));
    return head?.guildId === guest.guildId ? head : undefined;
  };
}

function runningFor(botOf: Parts['botOf'], { guildId, meetingId }: Omit<Guest, 'userId'>) {
  const meeting = botOf(guildId)?.house.meetingOf(guildId);
  return meeting?.head.id === meetingId ? meeting : undefined;
}
