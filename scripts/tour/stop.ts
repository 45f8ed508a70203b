import type { SummarySimulator } from '../../test/simulators/summary/index.ts';
import type { Stage } from '../../test/support/stage.ts';

/** What came of an attack in the server where it was made. */
export interface Outcome {
  readonly told: string; // in a few words, for the table
  readonly flaws: readonly string[]; // what was not refused or not bounded; empty is good
}

/** Where it is played. */
export interface Scene {
  readonly stage: Stage;
  readonly summary: SummarySimulator;
  readonly pages: string; // where the bot serves pages, without a slash at the end
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly startFile?: string; // of another Parley than this one
}

/** One attack, by the number that it has in docs/security.md. */
export interface Stop {
  readonly number: number;
  readonly tried: string;
  /** Most by which the process may grow meanwhile; 300 MB unless told. */
  readonly mostGrowthBytes?: number;
  play(scene: Scene): Promise<Outcome>;
}
