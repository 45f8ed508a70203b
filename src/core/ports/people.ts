import type { ChannelId, GuildId, SpeakerId } from '../ids.ts';
import type { MeetingHead } from '../record.ts';

export interface Person {
  readonly id: SpeakerId;
  readonly displayName: string; // the server profile's name first
  readonly avatarUrl?: string; // likewise
  readonly hasOwnAvatar?: boolean; // missing: theirs is one that Discord gives to everybody
  readonly isBot: boolean;
}

export type PresenceEvent =
  | { readonly kind: 'joined' | 'renamed'; readonly person: Person }
  | { readonly kind: 'left'; readonly person: Person }
  | { readonly kind: 'stage audience changed' } // see `stageAudience`
  | { readonly kind: 'bot moved'; readonly channelId: ChannelId; readonly channelName: string }
  | { readonly kind: 'bot disconnected' } // by a moderator, or its permission was taken
  | { readonly kind: 'hearing changed' } // see `isDeafened`
  | { readonly kind: 'voice channel deleted' }
  | { readonly kind: 'session replaced' } // the gateway could not resume: voice must be joined again
  | { readonly kind: 'seat taken' }; // the bot sits there by the session of another process

/**
 * Who is in the voice channel where the bot is; follows the bot when it is moved.
 *
 * On a stage these are the people on it: whoever goes up has joined, and whoever goes down has left. The audience, which nobody
 * can hear, is a number.
 */
export interface Presence {
  /** The bot's channel now; it changes before the event that reports a move. */
  readonly channelId: ChannelId;
  /** A moderator has deafened the bot: it sits in the channel and receives nothing. */
  readonly isDeafened: boolean;
  people(): readonly Person[];
  /** How many people listen to a stage without being on it, bots aside. Missing: the channel is no stage. */
  readonly stageAudience: number | undefined;
  /** The same people under their names at this moment, as far as Discord answers within two seconds. Never rejects. */
  namesNow(): Promise<readonly Person[]>;
  /** Events from the call on. One consumer. */
  events(signal: AbortSignal): AsyncIterable<PresenceEvent>;
}

export interface Presences {
  /**
   * Whether it is still unknown who sits in a voice channel: before Discord has sent a guild, every channel seems empty.
   *
   * @returns `undefined` when it is known, or never will be; otherwise a promise that resolves then
   * @throws the signal's reason
   */
  unknownYet(guildId: GuildId, voiceChannelId: ChannelId, signal: AbortSignal): Promise<void> | undefined;
  /** Starts watching; dispose to stop. */
  watch(guildId: GuildId, voiceChannelId: ChannelId): Presence & Disposable;
}

/**
 * Ensures that a meeting hears only people who can read somewhere that they are transcribed. Every method except
 * `mayFollow` and `takeDownNotice` returns at once, and none throws.
 */
export interface Usher {
  /**
   * Sets whether only people who have opted in are heard: then whoever is there is asked, once.
   *
   * @param haveAsked - the process before did; no unless told
   */
  configure(optInOnly: boolean, haveAsked?: boolean): void;
  /** Has somebody who is there informed where they can read it, unless they are. Call it repeatedly until `hasInformed`. */
  inform(person: Person): void;
  /** Whether somebody has had the chance to read it: asked for every packet. */
  hasInformed(speakerId: SpeakerId): boolean;
  /** Greets somebody who came after the beginning. Call it once per person. */
  greet(person: Person): void;
  /** Who waits for a greeting, or whose greeting is on its way. */
  ungreeted(): readonly SpeakerId[];
  /**
   * Whether the meeting may go on in another voice channel: everybody there can read along, and everybody who reads along
   * could have joined that channel.
   */
  mayFollow(channelId: ChannelId): Promise<boolean>;
  /**
   * The bot is about to leave the voice channel for good: what it wrote on it is taken down, which only somebody who is there
   * may. Resolves within about a second. Never rejects.
   */
  takeDownNotice(): Promise<void>;
  /** Nobody is heard any more. */
  leave(): void;
}

export interface Ushers {
  /**
   * @param where - the channel in which people read at the moment
   * @param lost - aborted when another process goes on with the meeting: this one then changes nothing any more
   */
  open(head: MeetingHead, where: () => ChannelId, lost?: AbortSignal): Usher;
}
