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

  suppressed(): void {}

  takenOver(): void {}

  serve(guild: Guild): void {
    this.#world.tellVoiceServer(guild, this.#world.secret(), null);
  }

  async say(member: Member): Promise<never> {
    throw new Error(`${member.displayName} cannot speak: this simulator was started without voice`);
  }
}
