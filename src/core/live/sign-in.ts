import type { GuildId, SpeakerId } from '../ids.ts';

/** What a browser keeps while its owner is at Discord: whoever comes back without it is not the one we sent there. */
export interface SignInAttempt {
  readonly state: string; // comes back in the address
  readonly verifier: string; // only its hash was in the address
}

/** Who has come back from Discord. */
export interface Arrival {
  readonly userId: SpeakerId;
  readonly guildIds: readonly GuildId[]; // the servers that they are in
}

/** `cancelled`: they did not want to. `refused`: what they brought back is worth nothing. `away`: Discord cannot be asked just now. */
export type Outcome = Arrival | 'cancelled' | 'refused' | 'away';

/** Lets Discord say who somebody is. */
export interface SignIn {
  /** @returns the address of Discord that the browser is sent to */
  begin(): Promise<{ readonly address: string; readonly attempt: SignInAttempt } | 'away'>;
  /** @param back - the query of the address to which Discord sent the browser */
  finish(back: URLSearchParams, attempt: SignInAttempt): Promise<Outcome>;
}
