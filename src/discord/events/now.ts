import { type APIGuildScheduledEvent, GuildScheduledEventStatus } from 'discord.js';
import type { ChannelId, EventId, GuildId } from '../../core/ids.ts';
import type { Occasion } from '../../core/record.ts';
import { clip } from '../../core/text/clip.ts';
import { isSeen, oneLine } from '../../core/text/plain-text.ts';
import { withoutLink } from './link-line.ts';

const MAX_ABOUT_CHARS = 500; // Discord takes twice as many, and minutes are not about them

/** What Discord turns into a name, a channel, a time or a command; all of them are numbers to whoever reads a document. */
const REFERENCES = /<(?:@[!&]?|#|id:|t:|\/[^<>:]+:)[^<>\s]+>/g;
const EMOJI = /<a?(:\w+:)\d+>/g;

/** An event of a server, as Discord has just told it. */
export interface EventNow {
  readonly id: EventId;
  readonly guildId: GuildId;
  readonly channelId: ChannelId | undefined; // missing: it takes place outside of Discord
  readonly isActive: boolean;
  readonly startsAtMs: number; // since 1970
  readonly name: string;
  readonly about: string;
}

/** Reads an event. Whoever may plan events wrote its texts: they become plain and short. */
export function eventNow(event: APIGuildScheduledEvent): EventNow {
  const { id, guild_id: guildId, channel_id: channelId, name, description, status } = event;
  return {
    id,
    guildId,
    channelId: channelId ?? undefined,
    isActive: status === GuildScheduledEventStatus.Active,
    startsAtMs: Date.parse(event.scheduled_start_time),
    name: plain(name),
    about: clip(plain(withoutLink(description ?? '', guildId)), MAX_ABOUT_CHARS),
  };
}

/** The event as a meeting that is held for it keeps it. */
export function occasionOf({ id, name, about }: EventNow, endsMeeting: boolean): Occasion {
  return { eventId: id, name, about, endsMeeting };
}

function plain(text: string): string {
  const line = oneLine(text.replaceAll(EMOJI, '$1').replaceAll(REFERENCES, ''));
  return isSeen(line) ? line : '';
}
