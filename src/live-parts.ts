import { type Client, DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { segmentInOwnWords } from './core/glossary.ts';
import type { LiveMeetings } from './core/meetings.ts';
import type { Journal, Settings } from './core/ports.ts';
import { mayReadText } from './discord/permissions/who-may.ts';
import type { Guest } from './web/live/links.ts';
import type { LiveParts } from './web/live/pages.ts';

interface House {
  readonly client: Client<true>;
  readonly meetings: LiveMeetings;
  readonly journal: Journal;
  readonly settings: Settings;
}

/** What the live page is made of: the running meeting, the journal, and who may read now. */
export function livePartsOf(house: House): Pick<LiveParts, 'readerOf' | 'recordOf' | 'listen'> {
  const { client, meetings, journal, settings } = house;
  const runningFor = ({ guildId, meetingId }: Guest) => {
    const meeting = meetings.of(guildId);
    return meeting?.head.id === meetingId ? meeting : undefined;
  };
  const recordOf: LiveParts['recordOf'] = async ({ guildId, meetingId }) => {
    const record = await journal.read(meetingId);
    if (record?.head.guildId !== guildId) return undefined;
    const { glossary = [] } = await settings.guild(guildId);
    return {
      ...record,
      finals: record.finals.map((segment) => segmentInOwnWords(segment, glossary)),
      translations: record.translations.map((segment) => segmentInOwnWords(segment, glossary)),
    };
  };
  return {
    recordOf,
    async readerOf(guest) {
      const head = runningFor(guest)?.head ?? (await recordOf(guest))?.head;
      const member = head && (await memberOf(client, guest));
      if (!member || !mayReadText(member, head)) return undefined;
      const { reads } = await settings.member(guest.guildId, guest.userId);
      return { ...(reads !== undefined && { reads }) };
    },
    listen: (guest, listener) => runningFor(guest)?.listen(listener),
  };
}

/** Asked of Discord each time: of changed roles we are not told. `undefined`: they have left the server, or we have. */
async function memberOf(client: Client<true>, { guildId, userId }: Guest) {
  try {
    return await client.guilds.cache.get(guildId)?.members.fetch({ user: userId, force: true });
  } catch (error) {
    const isGone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember;
    if (isGone) return undefined;
    throw error;
  }
}
