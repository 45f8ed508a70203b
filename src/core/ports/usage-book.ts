import type { GuildId } from '../ids.ts';

/** How much audio of a server was recognised on one day, of meetings or of files. */
export interface DayOfUse {
  readonly day: string; // 2026-11-23, in UTC
  readonly kind: 'meetings' | 'files';
  readonly sentMs: number; // audio sent to the recogniser, silence included: what it charges for
}

/** Keeps what each server uses. Erasing a meeting does not reduce it. */
export interface UsageBook {
  /** Adds to the day's sum. */
  addUse(guildId: GuildId, use: DayOfUse): Promise<void>;
  /** The days from this one on, the oldest first. */
  usesSince(guildId: GuildId, day: string): Promise<readonly DayOfUse[]>;
}
