import type { Channel } from './channel.ts';
import { INTENT, type Json } from './events.ts';
import type { Guild } from './guild.ts';
import type { User } from './user.ts';

const STATUS = { scheduled: 1, active: 2, completed: 3, canceled: 4 } as const;
export type EventStatus = keyof typeof STATUS;

/** The ways of an event, as Discord documents them. */
const NEXT: Readonly<Record<EventStatus, readonly EventStatus[]>> = {
  scheduled: ['active', 'canceled'],
  active: ['completed'],
  completed: [],
  canceled: [],
};

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;

export interface EventOptions {
  readonly name: string;
  /** A voice or stage channel. Missing: the event takes place somewhere else, at its `location`. */
  readonly channel?: Channel;
  readonly location?: string;
  readonly startsAt: Date;
  readonly endsAt?: Date;
  readonly description?: string;
  readonly status?: EventStatus; // scheduled unless told
  readonly isWeekly?: boolean;
}

/** What can be changed; what is left out stays. */
export interface EventChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly channel?: Channel | undefined;
}

/**
 * An event of a server, in one of its voice or stage channels or elsewhere.
 *
 * Whoever may see the channel hears of it. What Discord does of itself after minutes or hours is a method here: `endIfEmpty`
 * when nobody is left in the channel, `cancel` when nobody has begun it.
 */
export class ScheduledEvent {
  readonly id: string;
  readonly guild: Guild;
  readonly creator: User;
  readonly isWeekly: boolean;
  readonly #location: string | undefined;
  readonly #endsAt: Date | undefined;
  name: string;
  description: string | null;
  channel: Channel | undefined;
  startsAt: Date;
  status: EventStatus;

  constructor(guild: Guild, creator: User, options: EventOptions) {
    this.id = guild.world.snowflakes.next();
    this.guild = guild;
    this.creator = creator;
    this.name = options.name;
    this.description = options.description ?? null;
    this.channel = options.channel;
    this.#location = options.location;
    this.startsAt = options.startsAt;
    this.#endsAt = options.endsAt;
    this.status = options.status ?? 'scheduled';
    this.isWeekly = options.isWeekly ?? false;
  }

  /** Whether it is to come or takes place: only then it can be changed. */
  get isOpen(): boolean {
    return NEXT[this.status].length > 0;
  }

  get isSeenByBot(): boolean {
    return this.channel === undefined || this.channel.isSeenBy(this.guild.bot);
  }

  mayBecome(status: EventStatus): boolean {
    return NEXT[this.status].includes(status);
  }

  start(): void {
    this.become('active');
  }

  /** An event that comes again every week waits for the next time instead, and nobody is told that it was completed. */
  end(): void {
    this.become('completed');
  }

  cancel(): void {
    this.become('canceled');
  }

  /** As a few minutes after the last one has left its channel. */
  endIfEmpty(): void {
    if (this.status === 'active' && this.channel?.people.length === 0) this.end();
  }

  /** @throws when Discord knows no such way */
  become(status: EventStatus): void {
    if (!this.mayBecome(status)) throw new Error(`An event that is ${this.status} cannot become ${status}`);
    this.status = status === 'completed' && this.isWeekly ? 'scheduled' : status;
    if (this.status === 'scheduled') this.startsAt = new Date(this.startsAt.getTime() + WEEK_MS);
    this.#tell('GUILD_SCHEDULED_EVENT_UPDATE');
  }

  /** Somebody changes what is written about it, or where it takes place. */
  change(change: EventChange): void {
    const wasSeen = this.isSeenByBot;
    this.name = change.name ?? this.name;
    if (change.description !== undefined) this.description = change.description;
    this.channel = change.channel ?? this.channel;
    if (wasSeen || this.isSeenByBot) this.#publish('GUILD_SCHEDULED_EVENT_UPDATE');
  }

  delete(): void {
    this.guild.scheduledEvents.delete(this.id);
    this.#tell('GUILD_SCHEDULED_EVENT_DELETE');
  }

  json(): Json {
    const inChannel = this.channel?.kind === 'stage' ? 1 : 2;
    return {
      id: this.id,
      guild_id: this.guild.id,
      channel_id: this.channel?.id ?? null,
      creator_id: this.creator.id,
      name: this.name,
      description: this.description,
      scheduled_start_time: this.startsAt.toISOString(),
      scheduled_end_time: this.#endsAt?.toISOString() ?? null,
      privacy_level: 2,
      status: STATUS[this.status],
      entity_type: this.channel === undefined ? 3 : inChannel,
      entity_id: null,
      entity_metadata: this.channel === undefined ? { location: this.#location ?? 'elsewhere' } : null,
      user_count: 0,
      image: null,
      recurrence_rule: this.isWeekly
        ? { start: this.startsAt.toISOString(), end: null, frequency: 2, interval: 1, by_weekday: [0] }
        : null,
    };
  }

  #tell(name: string): void {
    if (this.isSeenByBot) this.#publish(name);
  }

  #publish(name: string): void {
    this.guild.world.publish(name, INTENT.guildScheduledEvents, this.json(), this.guild.id);
  }
}

/** The word for one of Discord's numbers. */
export function statusOf(number: number): EventStatus | undefined {
  return (['scheduled', 'active', 'completed', 'canceled'] as const).find((status) => STATUS[status] === number);
}
