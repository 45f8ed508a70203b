import { type Pause, steadyNowMs, watchStalls } from './watch.ts';

export interface Stall extends Pause {
  readonly who: string; // as a sentence begins: 'The bot'
  readonly endedAtMs: number; // as `steadyNowMs`
}

/** Whoever stands still for longer than this hears or speaks in fits and starts, which is a fault that no test ordered. */
export const DAMAGING_MS = 120; // twice this, in the bot and in what speaks to it, is all that silence may be late

const MOST = 10_000; // hours of a busy machine
const stalls: Stall[] = [];

/** Keeps it for `longestStall`. */
export function noteStall(stall: Stall): void {
  stalls.push(stall);
  if (stalls.length > MOST) stalls.shift();
}

const look = watchStalls((pause) => noteStall({ who: 'The process of the test', endedAtMs: steadyNowMs(), ...pause }));

/** The moment from which on stalls count, for `longestStall`. */
export function beginToWatch(): number {
  look(); // what came before does not count
  return steadyNowMs();
}

/** The longest stall of this process, or of a bot that it started, that ended since then. */
export function longestStall(sinceMs: number): Stall | undefined {
  look();
  return stalls
    .filter(({ endedAtMs }) => endedAtMs >= sinceMs)
    .reduce<Stall | undefined>((longest, each) => (longest && longest.forMs >= each.forMs ? longest : each), undefined);
}

/** For how long this process, or bots that it started, stood still between two moments, all told. */
export function stalledForMs(sinceMs: number, untilMs: number): number {
  look();
  return stalls
    .filter(({ endedAtMs, forMs }) => endedAtMs > sinceMs && endedAtMs - forMs < untilMs)
    .reduce((sum, { forMs }) => sum + forMs, 0);
}

/** The longest stall since then, if it was so long that it damages speech in real time. */
export function damagingStall(sinceMs: number): Stall | undefined {
  const longest = longestStall(sinceMs);
  return longest && longest.forMs > DAMAGING_MS ? longest : undefined;
}

/** How often something is played again at most, when a stall damaged it. */
export const MOST_REPLAYS = 2;

export function describeStall({ who, forMs, computedMs }: Stall): string {
  return `${who} stood still for ${Math.round(forMs)} ms, ${Math.round(computedMs)} ms of which it computed`;
}

/** Prints why something is played again: in one line, as nothing is played again in silence. */
export function sayPlayedAgain(what: string, replay: number, stall: Stall): void {
  const because = `${describeStall(stall)}, and speech is in real time`;
  process.stderr.write(`Played again (${replay} of ${MOST_REPLAYS} at most): ${what}. ${because}.\n`);
}
