import { type Guild, type GuildScheduledEvent, GuildScheduledEventStatus } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';

const LIMIT_MS = 2_000; // a title is not worth waiting longer for
const EARLY_MS = 15 * 60_000; // people meet before the event begins
const LATE_MS = 60 * 60_000; // and often nobody presses its start

/** What the server's event is called that takes place in this voice channel now; `undefined` when there is none. */
export async function eventTitle(guild: Guild, channelId: ChannelId, now: Date): Promise<string | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const limit = setTimeout(resolve, LIMIT_MS, undefined);
  // A server without events, one whose events we may not see, and trouble at Discord are all the same here: no title.
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
