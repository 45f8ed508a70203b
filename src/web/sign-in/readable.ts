import type { GuildId } from '../../core/ids.ts';
import type { Archive, MeetingChannel } from '../../core/ports/archive.ts';
import type { Guest } from '../../core/ports/live-links.ts';
import type { Verdict } from '../live/right-to-read.ts';
import type { Member } from './door.ts';

const MOST_CHANNELS = 200; // those used last: each is a question to Discord

export interface ReadableParts {
  readonly archive: Pick<Archive, 'channelsOf' | 'listIn'>;
  /** Whether somebody may read a meeting now. */
  verdictFor(guest: Guest): Promise<Verdict>;
}

/** What a member may read at this moment. */
export interface Readable {
  readonly channels: readonly MeetingChannel[];
  readonly serverNames: ReadonlyMap<GuildId, string>; // as far as they are known
  readonly isComplete: boolean; // false when some servers could not be asked just now
}

/**
 * The channels whose meetings a member may read now.
 *
 * The right to read a meeting is that to read its channel, so it is asked once for each channel, of one of its meetings, by the
 * same looks as for live pages. Meetings of other channels are not even asked for, so nothing of them can be seen in a list: no
 * empty page, no number.
 */
export async function readableChannels(
  { userId, guildIds }: Member,
  { archive, verdictFor }: ReadableParts,
): Promise<Readable> {
  const known = await archive.channelsOf(guildIds, MOST_CHANNELS);
  const verdicts = await Promise.all(
    known.map(async (channel) => {
      const { guildId, meetingId } = channel;
      return { channel, verdict: await verdictFor({ guildId, meetingId, userId }) };
    }),
  );
  const serverNames = new Map<GuildId, string>();
  const channels = verdicts.flatMap(({ channel, verdict }) => {
    if (typeof verdict !== 'object') return [];
    if (verdict.serverName !== undefined) serverNames.set(channel.guildId, verdict.serverName);
    return [channel];
  });
  const isComplete = verdicts.every(({ verdict }) => verdict !== 'unsure' && verdict !== 'away');
  return { channels, serverNames, isComplete };
}
