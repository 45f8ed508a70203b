import { INTENT } from './events.ts';
import type { Guild } from './guild.ts';
import type { Member } from './member.ts';
import type { VoiceSeat } from './voice-seat.ts';
import type { World } from './world.ts';

/** A simulator without voice servers: people sit in channels, but nothing is heard. */
export class NoVoice implements VoiceSeat {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  moved(member: Member): void {
    if (member === member.guild.bot && member.voice !== undefined) this.serve(member.guild);
  }

  deafened(): void {}

  /** No endpoint: so Discord speaks when the server that it chose is not there yet. */
  serve(guild: Guild): void {
    const data = { guild_id: guild.id, token: this.#world.secret(), endpoint: null };
    this.#world.publish('VOICE_SERVER_UPDATE', INTENT.none, data);
  }

  async say(member: Member): Promise<never> {
    throw new Error(`${member.displayName} cannot speak: this simulator was started without voice`);
  }
}
