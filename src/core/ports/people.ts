import type { ChannelId, GuildId, SpeakerId } from '../ids.ts';
import type { MeetingHead } from '../record.ts';

export interface Person {
  readonly id: SpeakerId;
  readonly displayName: string; // the server profile's name first
  readonly avatarUrl?: string; // likewise
  readonly isBot: boolean;
}

export type PresenceEvent =
  | { readonly kind: 'joined' | 'renamed'; readonly person: Person }
  | { readonly kind: 'left'; readonly person: Person }
  | { readonly kind: 'bot moved'; readonly channelId: ChannelId; readonly channelName: string }
  | { readonly kind: 'bot disconnected' } // by a moderator, or its permission was taken
  | { readonly kind: 'hearing changed' } // see `isDeafened`
  | { readonly kind: 'voice channel deleted' }
  | { readonly kind: 'session replaced' }; // the gateway could not resume: voice must be joined again

/** Who is in the voice channel where the bot is; follows the bot when it is moved. */
export interface Presence {
  /** Where the bot sits now: ahead of the event that tells of a move. */
  readonly channelId: ChannelId;
  /** A moderator took the bot's hearing: it sits there, and nothing comes. */
  readonly isDeafened: boolean;
  people(): readonly Person[];
  /** The same, by the names that they have at this moment, as far as that is found out within two seconds. Never rejects. */
  namesNow(): Promise<readonly Person[]>;
  /** From the call on. One consumer. */
  events(signal: AbortSignal): AsyncIterable<PresenceEvent>;
}

export interface Presences {
  /**
   * Whether it is known who sits in a voice channel: until a guild was told of, everybody seems to be away.
   *
   * @returns nothing when it is, or will never be; else a promise of that
   * @throws the signal's reason
   */
  unknownYet(guildId: GuildId, voiceChannelId: ChannelId, signal: AbortSignal): Promise<void> | undefined;
  /** Starts watching; dispose to stop. */
  watch(guildId: GuildId, voiceChannelId: ChannelId): Presence & Disposable;
}

/**
 * Sees to it that nobody is heard in a meeting who could read nowhere that they are. Except for `mayFollow` every method
 * returns at once, and none throws.
 */
export interface Usher {
  /** Whether only people who said yes are heard: those who are there are asked, once. */
  configure(optInOnly: boolean): void;
  /** Somebody is there: has them told where they can read it, unless that is so. Again and again while they are not told. */
  inform(person: Person): void;
  /** Whether somebody can have read it: asked for every packet. */
  hasInformed(speakerId: SpeakerId): boolean;
  /** Somebody came after the beginning. To be called once a person. */
  greet(person: Person): void;
  /**
   * Whether the meeting may go on in another voice channel: who is there can read along, and who reads along could have
   * come there.
   */
  mayFollow(channelId: ChannelId): Promise<boolean>;
  /** Nobody is heard any more. */
  leave(): void;
}

export interface Ushers {
  /** @param where - the channel that people read now */
  open(head: MeetingHead, where: () => ChannelId): Usher;
}
