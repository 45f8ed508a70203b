import type { Guild } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import type { Occasion } from '../../core/record.ts';
import { type EventNow, occasionOf } from './now.ts';
import { readEvents } from './read-events.ts';

const LIMIT_MS = 2_000; // a title is not worth waiting longer for
const EARLY_MS = 15 * 60_000; // people meet before an event begins
const LATE_MS = 60 * 60_000; // and often nobody starts it on time

/**
 * The server's event that takes place in this voice channel now; `undefined` when there is none. A meeting that somebody
 * starts for it does not end with it.
 */
export async function occasionNow(guild: Guild, channelId: ChannelId, now: Date): Promise<Occasion | undefined> {
  // There is none if the server has no events, the bot may not see them, or Discord is in trouble.
  const events = await readEvents(guild, AbortSignal.timeout(LIMIT_MS)).catch(() => []);
  const here = events.filter((event) => event.channelId === channelId);
  const event = here.find(({ isActive }) => isActive) ?? here.find((one) => isDue(one, now));
  return event && occasionOf(event, false);
}

function isDue({ startsAtMs }: EventNow, now: Date): boolean {
  const sinceMs = now.getTime() - startsAtMs;
  return sinceMs >= -EARLY_MS && sinceMs <= LATE_MS;
}
