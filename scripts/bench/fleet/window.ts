import { setTimeout as delay } from 'node:timers/promises';
import { costOf, type ProcessCost } from '../process-cost.ts';
import type { LoopDelay } from './loop-watch.ts';
import { busyMs } from './machine-time.ts';
import type { FleetStage } from './stage.ts';
import type { FleetSigns } from './vital-signs.ts';
import type { Asked } from './world.ts';

/** What the bot and everything around it did within a while. */
export interface Window {
  readonly tookMs: number;
  readonly asked: Asked;
  readonly signs: FleetSigns;
  readonly rssMb: number; // of the bot
  readonly waitedPercent: number; // of the time, in which the bot could have run and had no core
  /** In percent of one core. */
  readonly cpu: { readonly bot: number; readonly around: number; readonly elsewhere: number };
  readonly loops: { readonly discord: LoopDelay; readonly voices: LoopDelay; readonly recogniser: LoopDelay };
}

/** Watches all processes of the stage for so long. */
export async function watch(stage: FleetStage, durationMs: number): Promise<Window> {
  await Promise.all([stage.examine(), loopsOf(stage), stage.world.ask('asked', undefined)]); // from now on
  const before = costs(stage);
  const machineMs = busyMs();
  const beganMs = performance.now();
  await delay(durationMs);
  const tookMs = performance.now() - beganMs;
  const after = costs(stage);
  const allMs = busyMs() - machineMs;
  const percent = (ms: number) => (ms / tookMs) * 100;
  const spent = (cost: ProcessCost, i: number) => cost.cpuMs - (before[i]?.cpuMs ?? 0);
  const [bot = 0, ...others] = after.map(spent);
  const around = others.reduce((sum, ms) => sum + ms, 0);
  const [signs, loops, asked] = await Promise.all([
    stage.examine(),
    loopsOf(stage),
    stage.world.ask('asked', undefined),
  ]);
  return {
    tookMs,
    asked,
    signs,
    rssMb: after[0]?.rssMb ?? 0,
    waitedPercent: percent((after[0]?.waitedMs ?? 0) - (before[0]?.waitedMs ?? 0)),
    cpu: { bot: percent(bot), around: percent(around), elsewhere: Math.max(0, percent(allMs - bot - around)) },
    loops,
  };
}

/** The bot's cost first. */
function costs({ bot, world, voices, recogniser }: FleetStage): ProcessCost[] {
  return [bot.pid, world.pid, voices.pid, recogniser.pid, process.pid].map(costOf);
}

async function loopsOf({ world, voices, recogniser }: FleetStage): Promise<Window['loops']> {
  const [discord, ofVoices, ofRecogniser] = await Promise.all([
    world.ask('loop', undefined),
    voices.ask('loop', undefined),
    recogniser.ask('loop', undefined),
  ]);
  return { discord, voices: ofVoices, recogniser: ofRecogniser };
}
