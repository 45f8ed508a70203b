import { isDeepStrictEqual } from 'node:util';
import { beginToWatch, damagingStall, MOST_REPLAYS, type Stall, sayPlayedAgain } from '../real-time/stalls.ts';
import type { StageOptions } from '../stage.ts';
import { type FaultStage, faultStage, type ProcessFlaws, SOUND } from './fault-stage.ts';
import type { Outcome } from './outcome.ts';
import { flawsOf, NONE } from './whole.ts';

/** What came of several meetings in one bot process. */
export interface Played<Scenario extends string> {
  readonly outcomes: Readonly<Record<Scenario, Outcome>>;
  readonly process: ProcessFlaws;
}

type Once<Scenario extends string> = Played<Scenario> & { readonly stall: Stall | undefined };

/** Whether a scenario came out as it should, where that is not simply whole. */
type Standards<Scenario extends string> = Partial<Record<Scenario, (outcome: Outcome) => boolean>>;

type Scenarios<Scenario extends string> = Readonly<Record<Scenario, (faults: FaultStage) => Promise<Outcome>>>;

/**
 * Plays every scenario as a meeting of its own, all at once in one bot process, then ends the process.
 *
 * When something is wrong and a process stood still while people talked, they are played again, which is printed: people
 * who speak in fits and starts are a fault that nobody ordered.
 */
export async function play<Scenario extends string>(
  scenarios: Scenarios<Scenario>,
  options: StageOptions = {},
  standards: Standards<Scenario> = {},
): Promise<Played<Scenario>> {
  const names = Object.keys(scenarios) as Scenario[]; // it has no other keys
  for (let replay = 1; ; replay++) {
    const { stall, ...played } = await playOnce(scenarios, options);
    const isAsItShould = names.every((name) => (standards[name] ?? isWhole)(played.outcomes[name]));
    if ((isAsItShould && isDeepStrictEqual(played.process, SOUND)) || !stall || replay > MOST_REPLAYS) return played;
    sayPlayedAgain(names.join(', '), replay, stall);
  }
}

function isWhole(outcome: Outcome): boolean {
  return isDeepStrictEqual(flawsOf(outcome), NONE);
}

async function playOnce<Scenario extends string>(
  scenarios: Scenarios<Scenario>,
  options: StageOptions,
): Promise<Once<Scenario>> {
  const faults = await faultStage(options);
  try {
    const beganAtMs = beginToWatch();
    const names = Object.keys(scenarios) as Scenario[]; // it has no other keys
    const ended = await Promise.all(names.map(async (name) => [name, await scenarios[name](faults)] as const));
    const outcomes = Object.fromEntries(ended) as Record<Scenario, Outcome>; // one for each of the names
    const stall = damagingStall(beganAtMs);
    await faults[Symbol.asyncDispose]();
    return { outcomes, process: faults.flaws(), stall };
  } finally {
    await faults[Symbol.asyncDispose]();
  }
}
