import type { Guild } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import type { Archive } from '../../core/ports/archive.ts';
import type { MeetingEnding, MeetingHead } from '../../core/record.ts';
import { isInStageAudience } from '../permissions/on-stage.ts';

/** So long after its meeting a restarted process knows a gathering again, by the people who were there. */
const SAME_GATHERING_MS = 12 * 60 * 60 * 1_000;

/** The endings that somebody wanted: whoever goes on sitting there wants no other meeting. */
const WANTED: readonly (MeetingEnding | undefined)[] = ['stopped', 'disconnected', 'event over'];

/** How many people sit in a voice channel. */
export function peopleIn(guild: Guild, channelId: ChannelId): number {
  return headcountIn(guild, channelId).there;
}

/** Numbers of people in a voice channel, bots aside. */
export interface Headcount {
  readonly there: number;
  readonly audible: number; // of them: the audience of a stage is not
}

export function headcountIn(guild: Guild, channelId: ChannelId): Headcount {
  const there = guild.voiceStates.cache.filter((state) => state.channelId === channelId && !state.member?.user.bot);
  return { there: there.size, audible: there.filter((state) => !isInStageAudience(state)).size };
}

/** Whether enough people have come. Before somebody is on it, a stage is a waiting room. */
export function haveGathered({ there, audible }: Headcount, wanted: number): boolean {
  return there >= wanted && audible > 0;
}

/**
 * The meeting that the people who are in a voice channel now have had there, and that somebody ended before this process
 * began; `undefined` when there is none.
 */
export async function meetingOfThoseIn(
  guild: Guild,
  channelId: ChannelId,
  archive: Pick<Archive, 'list' | 'read'>,
): Promise<{ readonly head: MeetingHead; readonly ending: MeetingEnding } | undefined> {
  if (peopleIn(guild, channelId) === 0) return undefined;
  const [head] = await archive.list(guild.id, 1);
  const record = head?.voiceChannelId === channelId ? await archive.read(head.id) : undefined;
  if (!head || record?.endedMs === undefined || !record.ending || !WANTED.includes(record.ending)) return undefined;
  if (Date.now() - head.beganAt.getTime() - record.endedMs > SAME_GATHERING_MS) return undefined;
  const stayed = record.attendance.some(
    ({ speakerId, leftMs }) => leftMs === record.endedMs && isIn(guild, speakerId, channelId),
  );
  return stayed ? { head, ending: record.ending } : undefined;
}

function isIn(guild: Guild, userId: string, channelId: ChannelId): boolean {
  return guild.voiceStates.cache.get(userId)?.channelId === channelId;
}
