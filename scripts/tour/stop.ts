import type { SummarySimulator } from '../../test/simulators/summary/index.ts';
import type { Stage } from '../../test/support/stage.ts';

/** The outcome of an attack in the attacker's server. */
export interface Outcome {
  readonly summary: string; // a few words for the table
  readonly flaws: readonly string[]; // everything that was not refused or not limited
}

/** Everything that an attack can use. */
export interface Scene {
  readonly stage: Stage;
  readonly summary: SummarySimulator;
  readonly pages: string; // the origin of the bot's pages, without a slash at the end
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly startFile?: string; // of a different version of Parley
}

/** One attack, with its number in docs/security.md. */
export interface Stop {
  readonly number: number;
  readonly tried: string;
  /** How much the process may grow during the attack; the default is 300 MB. */
  readonly mostGrowthBytes?: number;
  play(scene: Scene): Promise<Outcome>;
}
