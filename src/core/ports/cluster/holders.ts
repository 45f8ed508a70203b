import type { GuildId, MeetingId } from '../../ids.ts';

/** Knows which processes have meetings, by the ids under which they are members of the cluster. */
export interface MeetingHolders {
  /** Those that live and run a meeting of the guild, or are writing one up. */
  holdersOf(guildId: GuildId): Promise<readonly string[]>;
  /** Whether people are in the meeting, whichever process runs it; also while its process is dead and no other has it yet. */
  isRunning(meetingId: MeetingId): Promise<boolean>;
}
