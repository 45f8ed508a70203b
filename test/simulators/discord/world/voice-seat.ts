import type { Channel } from './channel.ts';
import type { Member } from './member.ts';

/** What one simulated person said, on the clock of `Date.now()`. */
export interface Utterance {
  readonly text: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** Carries the world's people into real voice rooms. */
export interface VoiceSeat {
  /** Somebody joined, left or changed channel; their voice state is already the new one. */
  moved(member: Member, from: Channel | undefined): void;
  say(member: Member, text: string): Promise<Utterance>;
}
