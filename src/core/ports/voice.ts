import type { ChannelId, GuildId, SpeakerId } from '../ids.ts';
import type { VoiceFrame } from '../pcm.ts';
import type { MeetingClock } from '../time/clock.ts';

/** Decides whose packets may be decoded; asked for every packet, before anything is decrypted. */
export type MayHear = (speakerId: SpeakerId) => boolean;

/** One person's voice, from when they are first heard until they leave. */
export interface SpeakerStream {
  readonly speakerId: SpeakerId;
  /** Whether they have stopped on purpose, as their client says, and nothing of theirs is on its way. */
  readonly isResting: boolean;
  /**
   * Calls `take` with each frame of decoded audio as soon as it is made, in spoken order; frames from before the call come
   * first. Lost packets are concealed, so a talk spurt has no holes. Between talk spurts there are no frames: the next
   * frame's `startMs` is simply later. One listener. Resolves after `finish`. A frame's samples are valid only during the
   * call, as their memory is used again.
   *
   * A callback, not an iterator: at 50 frames/s per speaker the promises cost more than the rest of the pipeline.
   *
   * @throws what `take` threw, or the signal's reason; no frame follows
   */
  listen(take: (frame: VoiceFrame) => void, signal: AbortSignal): Promise<void>;
  /** The person left: buffered frames are delivered, then the frames end. */
  finish(): void;
}

/** How well one person is heard. Counts start with the meeting. */
export interface SpeakerReception {
  readonly packets: number;
  readonly concealedFrames: number;
  readonly undecryptable: number; // packets that the end-to-end encryption did not open
  readonly corrupt: number; // packets that the decoder refused, or that contain more audio than time has passed
  readonly lastHeardMs?: number;
  readonly encryption: 'end-to-end' | 'transport only' | 'negotiating';
}

export type VoiceRoomEvent =
  | { readonly kind: 'connected' } // again, after 'interrupted'
  | { readonly kind: 'interrupted'; readonly because: string; readonly sinceMs: number } // nothing is heard; the room reconnects without help
  | { readonly kind: 'missed'; readonly speakerId: SpeakerId; readonly startMs: number; readonly endMs: number } // packets were lost for longer than can be concealed
  | { readonly kind: 'lost'; readonly error: Error }; // it gave up: the meeting has to end

/** A voice channel that the bot has joined, self-muted and listening. */
export interface VoiceRoom extends AsyncDisposable {
  /** Yields each person when first heard, and again after their stream has finished. One consumer. Ends on `leave`. */
  speakers(signal: AbortSignal): AsyncIterable<SpeakerStream>;
  events(signal: AbortSignal): AsyncIterable<VoiceRoomEvent>;
  reception(speakerId: SpeakerId): SpeakerReception | undefined;
  /** Whether audio can flow now. */
  readonly isConnected: boolean;
  /** Joins the same channel again after the gateway session was replaced. Resolves when audio can flow. */
  rejoin(signal: AbortSignal): Promise<void>;
  /** Leaves the channel and finishes every stream. Safe to call twice. */
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
