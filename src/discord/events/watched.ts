import type { Guild } from 'discord.js';
import type { EventId } from '../../core/ids.ts';
import type { LiveMeeting } from '../../core/ports/live-meetings.ts';
import { peopleIn } from '../lobby/gathering.ts';
import type { ActiveEvent } from './deeds.ts';
import type { EventNow } from './now.ts';

/** What is kept of a server that wants meetings for its events: nothing of events that do not take place now. */
export class Watched {
  readonly #active = new Map<EventId, ActiveEvent>();
  readonly #served = new Set<EventId>();
  readonly #reported = new Map<EventId, string>(); // what people have read about it

  get active(): readonly ActiveEvent[] {
    return [...this.#active.values()];
  }

  /** See `EventsNow`. */
  get served(): ReadonlySet<EventId> {
    return this.#served;
  }

  /** Takes what Discord has told of an event. */
  hear({ channelId, ...event }: EventNow): void {
    if (this.#active.get(event.id)?.channelId !== channelId) this.forget(event.id); // elsewhere it gets another meeting
    if (event.isActive && channelId !== undefined) this.#active.set(event.id, { ...event, channelId });
    else this.forget(event.id);
  }

  /** Takes all events of the server that are to come or take place: whichever is not among them is over. */
  hearAll(events: readonly EventNow[]): void {
    const ids = new Set(events.map(({ id }) => id));
    for (const { id } of this.active) if (!ids.has(id)) this.forget(id);
    for (const event of events) this.hear(event);
  }

  /** An event is over. When it takes place again, it gets another meeting. */
  forget(eventId: EventId): void {
    this.#active.delete(eventId);
    this.#served.delete(eventId);
    this.#reported.delete(eventId);
  }

  /** It has its meeting, or the attempt at one. */
  serve(eventId: EventId): void {
    this.#served.add(eventId);
  }

  /** It may get a meeting after all. */
  serveAgain(eventId: EventId): void {
    this.#served.delete(eventId);
  }

  /** A meeting serves all events in its channel, so whoever ends it ends it for all of them. */
  serveAllOf({ head }: LiveMeeting): void {
    for (const { id, channelId } of this.active) if (channelId === head.voiceChannelId) this.#served.add(id);
  }

  /** A meeting ends with its event, and nobody has ended the others in its channel. */
  releaseAllOf({ head }: LiveMeeting): void {
    for (const { id, channelId } of this.active) if (channelId === head.voiceChannelId) this.#served.delete(id);
  }

  /** Where everybody is gone, whoever comes for the event next gets another meeting. */
  forgetGatherings(guild: Guild): void {
    for (const { id, channelId } of this.active) if (peopleIn(guild, channelId) === 0) this.#served.delete(id);
  }

  /** @returns whether people have not read this about the event yet */
  report(eventId: EventId, sentence: string): boolean {
    const isNew = this.#reported.get(eventId) !== sentence;
    this.#reported.set(eventId, sentence);
    return isNew;
  }

  /** The settings have changed: perhaps it works now, and people read it if not. */
  tryAgain(): void {
    for (const eventId of this.#reported.keys()) this.#served.delete(eventId);
    this.#reported.clear();
  }
}
