import type { Channel } from './channel.ts';
import type { Json } from './events.ts';
import type { Member } from './member.ts';

const STATUS = { scheduled: 1, active: 2, completed: 3, canceled: 4 } as const;

export interface EventOptions {
  readonly name: string;
  readonly channel: Channel;
  readonly startsAt: Date;
  readonly status?: keyof typeof STATUS;
}

/** An event of a server that takes place in one of its voice channels. */
export class ScheduledEvent {
  readonly id: string;
  readonly #creator: Member;
  readonly #options: EventOptions;

  constructor(id: string, creator: Member, options: EventOptions) {
    this.id = id;
    this.#creator = creator;
    this.#options = options;
  }

  json(): Json {
    const { name, channel, startsAt, status = 'scheduled' } = this.#options;
    return {
      id: this.id,
      guild_id: this.#creator.guild.id,
      channel_id: channel.id,
      creator_id: this.#creator.id,
      name,
      description: null,
      scheduled_start_time: startsAt.toISOString(),
      scheduled_end_time: null,
      privacy_level: 2,
      status: STATUS[status],
      entity_type: channel.kind === 'stage' ? 1 : 2,
      entity_id: null,
      entity_metadata: null,
      user_count: 0,
      image: null,
      recurrence_rule: null,
    };
  }
}
