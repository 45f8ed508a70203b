import { setTimeout as delay } from 'node:timers/promises';
import { outcomeOf } from '../fleet/outcome.ts';
import { FleetStage } from '../fleet/stage.ts';
import type { Said } from '../fleet/voices.ts';
import { watch } from '../fleet/window.ts';
import type { Fleet } from '../report/figures.ts';
import { percentile } from '../report/statistics.ts';

const LAST_WORDS_MS = 16_000; // whatever is not shown by then is late
const LOOK_EVERY_MS = 500;

export interface FleetSizes {
  readonly guilds: number;
  readonly sizes: readonly number[]; // running meetings, rising
  readonly settlingMs: number; // of talk, at each size, before it is watched
  readonly measuredMs: number;
}

/**
 * Measures one process in many servers, more and more of which have a meeting in which one person talks.
 *
 * @param measured - gets each size as soon as it is measured
 */
export async function measureFleet(
  { guilds, sizes, ...times }: FleetSizes,
  measured: (meetings: number, figures: Fleet) => void,
): Promise<void> {
  const talkMs = sizes.length * (times.settlingMs + times.measuredMs);
  await using stage = await FleetStage.set({ guilds, meetings: Math.max(...sizes), talkMs });
  let running = 0;
  for (const meetings of sizes) {
    measured(meetings, await measureSize(stage, running, meetings, times));
    running = meetings;
  }
}

async function measureSize(
  stage: FleetStage,
  running: number,
  meetings: number,
  { settlingMs, measuredMs }: Pick<FleetSizes, 'settlingMs' | 'measuredMs'>,
): Promise<Fleet> {
  const { world, voices, recogniser } = stage;
  const startsAnsweredMs = await start(stage, running, meetings);
  await voices.ask('settled', meetings);
  const talking = voices.ask('talk', { meetings, durationMs: settlingMs + measuredMs });
  await delay(settlingMs);
  const { cpu, waitedPercent, rssMb, signs, asked, tookMs, loops } = await watch(stage, measuredMs);
  const said = await talking;
  await lastWords(stage, said);
  const outcome = outcomeOf(said, await recogniser.ask('heard', undefined), await world.ask('shown', undefined));
  return {
    meetings,
    cpuPercent: cpu.bot,
    waitedPercent,
    rssMb,
    loopP99Ms: signs.loop.p99Ms,
    requestsPerS: asked.requests / (tookMs / 1_000),
    refused: asked.refused,
    waitP95Ms: percentile([0, ...signs.waits.map(({ ms }) => ms)], 95),
    sentences: outcome.sentences,
    damaged: outcome.damaged,
    late: outcome.late,
    toShownP50Ms: percentile(outcome.toShownMs, 50),
    toShownP95Ms: percentile(outcome.toShownMs, 95),
    startsAtOnce: meetings - running,
    startsAnsweredMs,
    aroundCpuPercent: cpu.around,
    aroundLoopP99Ms: Math.max(...Object.values(loops).map(({ p99Ms }) => p99Ms)),
    elsewhereCpuPercent: cpu.elsewhere,
  };
}

/** Starts meetings all at once. @returns after how many ms all were answered @throws when one was refused */
async function start({ world }: FleetStage, from: number, to: number): Promise<number> {
  const answered = await world.ask('start', { from, to });
  const problem = answered.find((one) => typeof one === 'string');
  if (problem !== undefined) throw new Error(`a start was not answered well: ${problem}`);
  return Math.max(...answered.map(Number));
}

/** Waits until everything is shown, or for as long as that should take. */
async function lastWords({ world }: FleetStage, said: readonly Said[]): Promise<void> {
  const limitMs = performance.now() + LAST_WORDS_MS;
  while (performance.now() < limitMs) {
    const shown = await world.ask('shown', undefined);
    if (said.every(({ text }) => shown.has(text))) return;
    await delay(LOOK_EVERY_MS);
  }
}
