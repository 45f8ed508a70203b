/**
 * What Discord does when another session of the bot asks for the voice channel in which it sits already. The seat goes
 * over to that session without being left; the rest is documented nowhere, so a test chooses.
 */
export interface Takeover {
  /** What the voice connection of the session before is closed with, at once; or it stays open and hears nothing more. */
  readonly closesWith: 4006 | 4014 | 'nothing';
  /** Which sessions are told the voice server: all of the shard, or only the one that asked. */
  readonly tells: 'all' | 'asker';
}
