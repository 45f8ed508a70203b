import type { GuildId } from '../ids.ts';

/** What a server had recognised on one day, by how it came in. */
export interface DayOfUse {
  readonly day: string; // 2026-11-23, in UTC
  readonly kind: 'meetings' | 'files';
  readonly sentMs: number; // audio sent to the recogniser, silence included: what it charges for
}

/** Where it is written down; erasing a meeting takes nothing of it back. */
export interface UsageBook {
  /** Adds to what the day has already. */
  addUse(guildId: GuildId, use: DayOfUse): Promise<void>;
  /** From this day on, the oldest first. */
  usesSince(guildId: GuildId, day: string): Promise<readonly DayOfUse[]>;
}
