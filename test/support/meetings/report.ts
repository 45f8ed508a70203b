import { appendFileSync } from 'node:fs';
import type { Outcome } from './outcome.ts';
import { flawsOf } from './whole.ts';

/** Appends what was measured to the file that `FAULT_REPORT` names: where the numbers of docs/reliability.md come from. */
export function report(scenario: string, outcome: Outcome): void {
  const path = process.env.FAULT_REPORT;
  if (path === undefined) return;
  const { people, characterErrorRate, farthestMs, finals, endedAfterMs, notices, record } = outcome;
  const characters = people.reduce((sum, { said }) => sum + said.length, 0);
  const measured = {
    scenario,
    people: people.length,
    characters,
    characterErrorRate: Number(characterErrorRate.toFixed(5)),
    farthestMs: Math.round(farthestMs),
    finals,
    endedAfterMs: Math.round(endedAfterMs),
    notices,
    tallies: record.tallies?.map(({ sockets, reconnects, forcedFinals, concealedFrames }) => ({
      sockets,
      reconnects,
      forcedFinals,
      concealedFrames,
    })),
    flaws: flawsOf(outcome),
  };
  appendFileSync(path, `${JSON.stringify(measured)}\n`);
}
