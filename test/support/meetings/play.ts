import { isDeepStrictEqual } from 'node:util';
import type { StageOptions } from '../stage.ts';
import { type FaultStage, faultStage, type ProcessFlaws } from './fault-stage.ts';
import type { Outcome } from './outcome.ts';
import { Stalls } from './stalls.ts';
import { flawsOf, NONE } from './whole.ts';

const TRIES = 3;
const LONGEST_STALL_MS = 120; // twice this, one in the bot and one in what speaks to it, is all that silence may be late

/** What came of several meetings in one bot process. */
export interface Played<Scenario extends string> {
  readonly outcomes: Readonly<Record<Scenario, Outcome>>;
  readonly process: ProcessFlaws;
  readonly stalledMs: number; // the machine had other things to do for so long, while they talked
}

/** Whether a scenario came out as it should, where that is not simply whole. */
type Standards<Scenario extends string> = Partial<Record<Scenario, (outcome: Outcome) => boolean>>;

type Scenarios<Scenario extends string> = Readonly<Record<Scenario, (faults: FaultStage) => Promise<Outcome>>>;

/**
 * Plays every scenario as a meeting of its own, all at once in one bot process, then ends the process.
 *
 * When something is wrong and the machine was too busy to play them in time, they are played again: people who speak in
 * fits and starts are a fault that nobody ordered.
 */
export async function play<Scenario extends string>(
  scenarios: Scenarios<Scenario>,
  options: StageOptions = {},
  standards: Standards<Scenario> = {},
): Promise<Played<Scenario>> {
  const names = Object.keys(scenarios) as Scenario[]; // it has no other keys
  for (let tries = 1; ; tries++) {
    const played = await playOnce(scenarios, options);
    const isAsItShould = names.every((name) => (standards[name] ?? isWhole)(played.outcomes[name]));
    if (isAsItShould || played.stalledMs <= LONGEST_STALL_MS || tries === TRIES) return played;
  }
}

function isWhole(outcome: Outcome): boolean {
  return isDeepStrictEqual(flawsOf(outcome), NONE);
}

async function playOnce<Scenario extends string>(
  scenarios: Scenarios<Scenario>,
  options: StageOptions,
): Promise<Played<Scenario>> {
  const faults = await faultStage(options);
  try {
    const stalls = new Stalls(faults.stage.bot);
    await stalls.begin();
    const names = Object.keys(scenarios) as Scenario[]; // it has no other keys
    const ended = await Promise.all(names.map(async (name) => [name, await scenarios[name](faults)] as const));
    const outcomes = Object.fromEntries(ended) as Record<Scenario, Outcome>; // one for each of the names
    const stalledMs = await stalls.longestMs();
    await faults[Symbol.asyncDispose]();
    return { outcomes, process: faults.flaws(), stalledMs };
  } finally {
    await faults[Symbol.asyncDispose]();
  }
}
