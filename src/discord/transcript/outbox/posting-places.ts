import type { ChannelId } from '../../../core/ids.ts';
import type { Words } from '../../../i18n/words.ts';
import { channelOf, type Destination } from '../../messages/destination.ts';
import { type GoneReason, KnownFailure } from '../../messages/failure.ts';
import type { MessageApi } from '../../messages/message-api.ts';

export interface PostingPlacesParts {
  readonly api: MessageApi;
  /** The meeting's own places: its thread, its channel; with the names that people know them by. */
  readonly homes: readonly { readonly at: Destination; readonly name: string | undefined }[];
  /** The places after those, best first; asked when they are needed. */
  readonly others: () => readonly Destination[];
  /** False once the bot was removed from the server: Discord then says only that it cannot see the channel. */
  readonly isInServer?: () => boolean;
  /** A thread was started. */
  readonly started: (threadId: ChannelId) => void;
}

/** The places of a transcript: one is in use until it takes nothing any more, then the next. */
export class PostingPlaces {
  readonly #parts: PostingPlacesParts;
  #all: Destination[];
  #index = 0;
  #lostThread = false; // the last place was a thread that could not be started

  constructor(parts: PostingPlacesParts) {
    this.#parts = parts;
    this.#all = parts.homes.map(({ at }) => at);
  }

  /** Tells the places apart. */
  get index(): number {
    return this.#index;
  }

  /** Whether the current place is one of the meeting's own. */
  get isHome(): boolean {
    return this.#index < this.#parts.homes.length;
  }

  /** The channel of the current place, if it exists already. */
  get known(): ChannelId | undefined {
    const place = this.#all[this.#index];
    return place?.kind === 'channel' ? place.channelId : undefined;
  }

  /** The channel of the current place; a thread is started. @throws as discord.js does, also when no place is left */
  async channel(signal: AbortSignal): Promise<ChannelId> {
    const place = this.#all[this.#index];
    if (!place) throw new KnownFailure({ kind: 'channel gone', because: 'unwritable' });
    const index = this.#index;
    const channelId = await channelOf(place, this.#parts.api, signal);
    if (place.kind === 'thread') this.#parts.started(channelId);
    this.#all[index] = { kind: 'channel', channelId };
    return channelId;
  }

  /** Goes to the next place. @returns false when none is left */
  moveOn(): boolean {
    this.#lostThread = this.#all[this.#index]?.kind === 'thread';
    this.#index += 1;
    if (this.#index === this.#parts.homes.length) {
      const tried = this.#all.map((place) => (place.kind === 'channel' ? place.channelId : undefined));
      const isOther = (to: Destination) => to.kind !== 'channel' || !tried.includes(to.channelId);
      this.#all = [...this.#all, ...this.#parts.others().filter(isOther)];
    }
    return this.#index < this.#all.length;
  }

  /** The sentence for the new place that says why the old one was left. Ask after moving on. */
  farewell(because: GoneReason, words: Words): string {
    const left = Math.min(this.#index, this.#parts.homes.length) - 1;
    const channel = this.#parts.homes[left]?.name ?? words.t('posting.theChannel');
    const isOut = because === 'leftServer' || this.#parts.isInServer?.() === false;
    const values = { channel, reason: words.t(`posting.${isOut ? 'leftServer' : because}`) };
    const sentence = words.t(this.#lostThread ? 'posting.noThread' : 'posting.goesOnHere', values);
    return isOut ? `${sentence} ${words.t('posting.wayBack')}` : sentence;
  }
}
