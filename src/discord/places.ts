import type { ChannelId } from '../core/ids.ts';
import type { Words } from '../i18n/words.ts';
import { channelOf, type Destination } from './destination.ts';
import type { GoneReason, MessageApi } from './message-api.ts';

/** Where a transcript is written: one place after the other, as each takes nothing any more. */
export class Places {
  readonly #api: MessageApi;
  readonly #name: string | undefined; // of the first, for people
  readonly #others: () => readonly Destination[];
  #all: Destination[];
  #index = 0;

  /** @param others - where to go on, best first; asked when it happens */
  constructor(first: Destination, name: string | undefined, others: () => readonly Destination[], api: MessageApi) {
    this.#all = [first];
    this.#name = name;
    this.#others = others;
    this.#api = api;
  }

  /** Tells the places apart. */
  get index(): number {
    return this.#index;
  }

  /** The channel of the current place. @throws as discord.js does when there is none, and when no place is left */
  async channel(signal: AbortSignal): Promise<ChannelId> {
    const place = this.#all[this.#index];
    if (!place) throw new Error('Cannot post: no channel is left');
    const channelId = await channelOf(place, this.#api, signal);
    this.#all[this.#index] = { kind: 'channel', channelId };
    return channelId;
  }

  /** False when no other place is left. */
  moveOn(): boolean {
    if (this.#index === 0) {
      const [first] = this.#all;
      const isOther = (to: Destination) =>
        to.kind === 'direct' || first?.kind !== 'channel' || to.channelId !== first.channelId;
      this.#all = [...this.#all, ...this.#others().filter(isOther)];
    }
    this.#index += 1;
    return this.#index < this.#all.length;
  }

  /** What people read at the next place. */
  farewell(because: GoneReason, words: Words): string {
    const channel = this.#name ?? words.t('posting.theChannel');
    return words.t('posting.goesOnHere', { channel, reason: words.t(`posting.${because}`) });
  }
}
