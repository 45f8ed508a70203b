import type { Channel } from '../channel.ts';
import { INTENT, type Json } from '../events.ts';

/** A stage that is live: people see what it is about. */
export class StageInstance {
  readonly id: string;
  readonly channel: Channel;
  readonly topic: string;
  readonly eventId: string | null;

  constructor(channel: Channel, topic: string, eventId: string | null = null) {
    this.id = channel.world.snowflakes.next();
    this.channel = channel;
    this.topic = topic;
    this.eventId = eventId;
    channel.stageInstance = this;
    this.#tell('STAGE_INSTANCE_CREATE');
  }

  end(): void {
    this.channel.stageInstance = undefined;
    this.#tell('STAGE_INSTANCE_DELETE');
  }

  updated(): void {
    this.#tell('STAGE_INSTANCE_UPDATE');
  }

  json(): Json {
    return {
      id: this.id,
      guild_id: this.channel.guild?.id,
      channel_id: this.channel.id,
      topic: this.topic,
      privacy_level: 2,
      discoverable_disabled: true,
      guild_scheduled_event_id: this.eventId,
    };
  }

  #tell(name: string): void {
    this.channel.world.publish(name, INTENT.guilds, this.json());
  }
}
