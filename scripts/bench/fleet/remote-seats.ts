import type { Channel, DiscordSimulator, Guild, Member, VoiceSeat } from '../../../test/simulators/discord/index.ts';

/** What the process with the voice servers has to do next, in this order. */
export type SeatOrder =
  | {
      readonly kind: 'allow';
      readonly guildId: string;
      readonly channelId: string;
      readonly userId: string;
      readonly sessionId: string;
      readonly token: string;
    }
  | { readonly kind: 'remove'; readonly guildId: string; readonly userId: string; readonly code?: number };

export interface SeatOrders {
  readonly orders: readonly SeatOrder[];
  readonly number: number;
}

/**
 * Seats the bot in rooms of a voice server in another process: gives orders to it, and tells the bot where its server is
 * once they are obeyed. The people of those rooms are there from the beginning.
 */
export class RemoteSeats implements VoiceSeat {
  readonly #world: DiscordSimulator['world'];
  readonly #endpoint: string;
  #orders: SeatOrder[] = [];
  #afterwards: (() => void)[] = [];
  readonly #given = new Map<number, readonly (() => void)[]>();
  #number = 0;
  #wake: (() => void) | undefined;

  constructor(world: DiscordSimulator['world'], endpoint: string) {
    this.#world = world;
    this.#endpoint = endpoint;
  }

  /** Resolves when there is something to do. */
  async next(): Promise<SeatOrders> {
    if (this.#orders.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const orders = this.#orders;
    this.#number += 1;
    this.#given.set(this.#number, this.#afterwards);
    this.#orders = [];
    this.#afterwards = [];
    return { orders, number: this.#number };
  }

  obeyed(number: number): void {
    for (const act of this.#given.get(number) ?? []) act();
    this.#given.delete(number);
  }

  moved(member: Member, _from: Channel | undefined): void {
    const { guild } = member;
    if (member !== guild.bot) return;
    this.#order({ kind: 'remove', guildId: guild.id, userId: member.id });
    if (member.voice !== undefined) this.serve(guild);
  }

  deafened(): void {}

  suppressed(): void {}

  takenOver(guild: Guild): void {
    const code = this.#world.takeover?.closesWith;
    if (code === undefined || code === 'nothing') return; // the server acts when the new one is let in
    this.#order({ kind: 'remove', guildId: guild.id, userId: guild.bot.id, code });
  }

  serve(guild: Guild): void {
    const { voice, id: userId } = guild.bot;
    if (voice === undefined) return;
    const token = this.#world.secret();
    const { sessionId, channel } = voice;
    this.#afterwards.push(() => this.#world.tellVoiceServer(guild, token, this.#endpoint));
    this.#order({ kind: 'allow', guildId: guild.id, channelId: channel.id, userId, sessionId, token });
  }

  async say({ displayName }: Member): Promise<never> {
    throw new Error(`${displayName} speaks in another process`);
  }

  #order(order: SeatOrder): void {
    this.#orders.push(order);
    this.#wake?.();
  }
}
