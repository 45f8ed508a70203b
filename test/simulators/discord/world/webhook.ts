import type { Channel } from './channel.ts';
import { INTENT, type Json } from './events.ts';
import { type User, userJson } from './user.ts';

/** A channel's webhook: whoever knows its token writes there under any name. */
export class Webhook {
  readonly id: string;
  readonly token: string;
  readonly creator: User;
  readonly applicationId: string | null;
  channel: Channel;
  name: string;

  constructor(channel: Channel, creator: User, name: string) {
    this.id = channel.world.snowflakes.next();
    this.token = channel.world.secret();
    this.channel = channel;
    this.creator = creator;
    this.name = name;
    this.applicationId = creator === channel.world.bot ? channel.world.application.id : null;
    channel.world.webhooks.set(this.id, this);
    this.tell();
  }

  /** Somebody deletes it. */
  delete(): void {
    this.forget();
    this.tell();
  }

  forget(): void {
    this.channel.world.webhooks.delete(this.id);
  }

  tell(): void {
    this.channel.world.publish('WEBHOOKS_UPDATE', INTENT.guildWebhooks, {
      guild_id: this.channel.guild?.id,
      channel_id: this.channel.id,
    });
  }

  /** The token is shown to its creator only. */
  json(withToken: boolean, withUser: boolean): Json {
    return {
      id: this.id,
      type: 1,
      guild_id: this.channel.guild?.id,
      channel_id: this.channel.id,
      name: this.name,
      avatar: null,
      application_id: this.applicationId,
      ...(withUser ? { user: userJson(this.creator) } : {}),
      ...(withToken ? { token: this.token } : {}),
    };
  }
}
