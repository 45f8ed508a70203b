import { type Guild, type GuildScheduledEvent, GuildScheduledEventStatus } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';

const LIMIT_MS = 2_000; // a title is not worth waiting longer for
const EARLY_MS = 15 * 60_000; // people meet before an event begins
const LATE_MS = 60 * 60_000; // and often nobody starts it on time

/** The title of the server's event that takes place in this voice channel now; `undefined` when there is none. */
export async function eventTitle(guild: Guild, channelId: ChannelId, now: Date): Promise<string | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const limit = setTimeout(resolve, LIMIT_MS, undefined);
  // There is no title if the server has no events, the bot may not see them, or Discord is in trouble.
  const events = await Promise.race([guild.scheduledEvents.fetch().catch(() => undefined), late]);
  clearTimeout(limit);
  const here = [...(events?.values() ?? [])].filter((event) => event.channelId === channelId);
  const active = here.find(({ status }) => status === GuildScheduledEventStatus.Active);
  return (active ?? here.find((event) => isDue(event, now)))?.name;
}

function isDue({ status, scheduledStartTimestamp }: GuildScheduledEvent, now: Date): boolean {
  if (status !== GuildScheduledEventStatus.Scheduled || scheduledStartTimestamp === null) return false;
  const sinceMs = now.getTime() - scheduledStartTimestamp;
  return sinceMs >= -EARLY_MS && sinceMs <= LATE_MS;
}
