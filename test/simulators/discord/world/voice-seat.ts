import type { SpeechCoding } from '../../speech/index.ts';
import type { Said } from '../voice/index.ts';
import type { Channel } from './channel.ts';
import type { Guild } from './guild.ts';
import type { Member } from './member.ts';

/** Carries the world's people into real voice rooms. */
export interface VoiceSeat {
  /** Somebody joined, left or changed channel; their voice state is already the new one. */
  moved(member: Member, from: Channel | undefined): void;
  /** A moderator took somebody's hearing, or gave it back. */
  deafened(member: Member): void;
  /** Somebody goes on a stage or off it: the server passes on nothing of those who are in the audience. */
  suppressed(member: Member): void;
  /** Another session of the bot has taken its seat; the voice state is already that session's. */
  takenOver(guild: Guild): void;
  /** Tells the bot once more where its voice server is, and lets it in there. */
  serve(guild: Guild): void;
  say(member: Member, text: string, coding?: SpeechCoding): Promise<Said>;
}
