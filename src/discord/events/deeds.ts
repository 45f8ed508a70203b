import type { ChannelId, EventId } from '../../core/ids.ts';
import type { Occasion } from '../../core/record.ts';
import { type EventNow, occasionOf } from './now.ts';

/** An event that takes place in a channel of the server. */
export interface ActiveEvent extends EventNow {
  readonly channelId: ChannelId;
}

/** The server's meeting, while it runs. */
interface MeetingNow {
  readonly voiceChannelId: ChannelId; // where it began
  readonly occasion: Occasion | undefined;
}

/** All that decides what has to be done for the events of a server. */
export interface EventsNow {
  readonly events: readonly ActiveEvent[]; // in the order in which the bot heard of them
  readonly meeting: MeetingNow | undefined;
  /** Whether the server allows transcription there. */
  readonly isAllowed: (channelId: ChannelId) => boolean;
  /** Whether somebody is there who could be heard. */
  readonly hasSpeakers: (channelId: ChannelId) => boolean;
  /** Events that have had their meeting, or their attempt, since people came together. */
  readonly served: ReadonlySet<EventId>;
}

export type Deed =
  | { readonly kind: 'begin'; readonly event: ActiveEvent }
  /** The meeting is held for this event, or the event has another name or says something else of itself. */
  | { readonly kind: 'hold for'; readonly event: ActiveEvent; readonly occasion: Occasion }
  /** The event is over, or takes place in another channel. */
  | { readonly kind: 'end' }
  /** People are there, but the bot sits in another channel. */
  | { readonly kind: 'let wait'; readonly event: ActiveEvent };

/**
 * What has to be done now: all of it, in this order. The bot can be in one voice channel of a server, so one event has its
 * meeting, and others wait until it is over.
 */
export function deedsFor(now: EventsNow): readonly Deed[] {
  const waiting = now.events.filter(
    ({ id, channelId }) => !now.served.has(id) && now.isAllowed(channelId) && now.hasSpeakers(channelId),
  );
  if (now.meeting) return deedsBeside(now.meeting, now.events, waiting);
  const [event] = waiting;
  return event ? [{ kind: 'begin', event }] : [];
}

function deedsBeside(
  { voiceChannelId, occasion }: MeetingNow,
  events: readonly ActiveEvent[],
  waiting: readonly ActiveEvent[],
): readonly Deed[] {
  const own = events.find(({ id }) => id === occasion?.eventId);
  if (occasion?.endsMeeting && own?.channelId !== voiceChannelId) return [{ kind: 'end' }];
  const elsewhere = waiting.filter((event) => event.channelId !== voiceChannelId);
  return [...holding(own ?? eventFor(occasion, events, voiceChannelId), occasion), ...elsewhere.map(wait)];
}

/** A meeting that was held for nothing so far takes the first event in its channel. It is somebody’s all the same. */
function eventFor(
  occasion: Occasion | undefined,
  events: readonly ActiveEvent[],
  voiceChannelId: ChannelId,
): ActiveEvent | undefined {
  return occasion ? undefined : events.find(({ channelId }) => channelId === voiceChannelId);
}

function holding(event: ActiveEvent | undefined, before: Occasion | undefined): readonly Deed[] {
  if (!event || (before?.name === event.name && before.about === event.about)) return [];
  return [{ kind: 'hold for', event, occasion: occasionOf(event, before?.endsMeeting ?? false) }];
}

function wait(event: ActiveEvent): Deed {
  return { kind: 'let wait', event };
}
