import type { ChannelId, GuildId, SpeakerId } from '../ids.ts';
import type { PcmFrame } from '../pcm.ts';
import type { MeetingClock } from '../time/clock.ts';

/** Decides whose packets may be decoded; asked for every packet, before anything is decrypted. */
export type MayHear = (speakerId: SpeakerId) => boolean;

/** One person's voice, from when they are first heard until they leave. */
export interface SpeakerStream {
  readonly speakerId: SpeakerId;
  /**
   * Hands on decoded audio in the order in which it was said, each frame the moment it is made; first those that came
   * before. Lost packets are concealed, so a talk spurt has no holes. Between talk spurts there is nothing: the next
   * frame's `startMs` is simply later. One listener. Resolves after `finish`. A frame's samples are its own only while it
   * is handed on: their memory is used again.
   *
   * A call and no iterator: there are fifty frames a second of each speaker, and a promise for each costs more than all
   * else that is done with it between decoder and socket.
   *
   * @throws what `take` threw, or the signal's reason; nothing is handed on after that
   */
  listen(take: (frame: PcmFrame) => void, signal: AbortSignal): Promise<void>;
  /** The person left: what is buffered is delivered, then the frames end. */
  finish(): void;
}

/** How well one person is heard; counts since the meeting began. */
export interface SpeakerReception {
  readonly packets: number;
  readonly concealedFrames: number;
  readonly undecryptable: number; // packets that the end-to-end encryption did not open
  readonly corrupt: number; // packets that the decoder refused, or that hold more sound than time has passed
  readonly lastHeardMs?: number;
  readonly encryption: 'end-to-end' | 'transport only' | 'negotiating';
}

export type VoiceRoomEvent =
  | { readonly kind: 'connected' } // again, after 'interrupted'
  | { readonly kind: 'interrupted'; readonly because: string; readonly sinceMs: number } // nothing is heard; the room tries by itself
  | { readonly kind: 'missed'; readonly speakerId: SpeakerId; readonly startMs: number; readonly endMs: number } // their packets were lost for longer than can be made up
  | { readonly kind: 'lost'; readonly error: Error }; // it gave up: the meeting has to end

/** A voice channel the bot sits in, self-muted and listening. */
export interface VoiceRoom extends AsyncDisposable {
  /** Each person once when first heard, and again after their stream was finished. One consumer. Ends on `leave`. */
  speakers(signal: AbortSignal): AsyncIterable<SpeakerStream>;
  events(signal: AbortSignal): AsyncIterable<VoiceRoomEvent>;
  reception(speakerId: SpeakerId): SpeakerReception | undefined;
  /** After a gateway session was replaced: says again where we are. Resolves when audio can flow. */
  rejoin(signal: AbortSignal): Promise<void>;
  /** Hangs up; every stream is finished. Safe to call twice. */
  leave(): Promise<void>;
}

export interface VoiceRooms {
  /** @throws {VoiceError} when the channel cannot be joined within 15 s */
  join(
    guildId: GuildId,
    channelId: ChannelId,
    clock: MeetingClock,
    mayHear: MayHear,
    signal: AbortSignal,
  ): Promise<VoiceRoom>;
}
