import type { Figures, Latency, RealTime, Throughput } from './figures.ts';
import { Floor } from './floor.ts';
import { halfAndMost, measureFinalToRest, measureWholeWay } from './latency.ts';
import { thisMachine } from './machine.ts';
import { measureRealTime } from './real-time.ts';
import { type Coding, makeSpeech } from './speech.ts';
import { measureThroughput } from './throughput.ts';

const COUNTS = [1, 10, 50, 200] as const;
const CODINGS = ['mono', 'stereo'] as const;
const NOT_QUICKLY = 'left out by --quick';

interface Plan {
  readonly throughput: { readonly counts: readonly number[]; readonly codings: readonly Coding[] };
  readonly rounds: number;
  readonly frames: number;
  readonly realTime: readonly number[];
  readonly usualRealTime: readonly number[];
  readonly measuredMs: number;
  readonly finals: number;
  readonly utterances: number;
}

const WHOLE: Plan = {
  throughput: { counts: COUNTS, codings: CODINGS },
  rounds: 5,
  frames: 5_000,
  realTime: COUNTS,
  usualRealTime: [50, 200],
  measuredMs: 8_000,
  finals: 20,
  utterances: 5,
};

const QUICK: Plan = {
  throughput: { counts: [50], codings: ['stereo'] },
  rounds: 3,
  frames: 4_000,
  realTime: [50],
  usualRealTime: [],
  measuredMs: 3_000,
  finals: 6,
  utterances: 1,
};

/**
 * Measures everything there is to measure. What fails becomes `null` with its reason: the rest is still worth having.
 *
 * @param say - told what is being done
 */
export async function measure(quick: boolean, say: (what: string) => void): Promise<Figures> {
  const plan = quick ? QUICK : WHOLE;
  const beganMs = performance.now();
  const reasons: Record<string, string> = {};
  say('speech');
  const speech = makeSpeech();
  const machine = thisMachine(speech);
  const compiled = Floor.compile(speech);
  using floor = 'because' in compiled ? undefined : compiled;

  const throughput: Throughput[] = [];
  for (const speakers of plan.throughput.counts) {
    say(`CPU time of a frame, ${speakers} speakers`);
    const { codings } = plan.throughput;
    const turns = { speakers, codings, rounds: plan.rounds, frames: plan.frames };
    const rows = await attempt(`throughput.${speakers}`, reasons, () => measureThroughput(turns, speech, floor));
    throughput.push(...(rows ?? []));
  }
  const meetings = async (contestant: 'ours' | 'usual', counts: readonly number[]) => {
    const made: Record<string, RealTime | null> = {};
    for (const speakers of COUNTS) {
      const path = `${contestant === 'ours' ? 'realtime' : 'usualRealtime'}.${speakers}`;
      if (!counts.includes(speakers)) {
        if (contestant === 'usual' && !quick) continue;
        made[speakers] = null;
        reasons[path] = NOT_QUICKLY;
        continue;
      }
      say(`${speakers} people talking in real time, ${contestant}`);
      const meeting = { speakers, contestant, measuredMs: plan.measuredMs };
      made[speakers] = await attempt(path, reasons, () => measureRealTime(meeting, speech));
    }
    return made;
  };
  const realtime = await meetings('ours', plan.realTime);
  const usualRealtime = await meetings('usual', plan.usualRealTime);
  say('how long things take');
  const latency = await measureLatency(plan, realtime['50'] ?? null, reasons);
  reasons['search.10M'] = 'there is no search yet';
  return {
    machine,
    date: new Date().toISOString(),
    durationS: (performance.now() - beganMs) / 1000,
    ratios: ratiosOf(throughput, reasons, floor === undefined && 'because' in compiled ? compiled.because : undefined),
    realtime,
    usualRealtime,
    latency,
    search: { '10M': null },
    throughput,
    reasons,
  };
}

async function measureLatency(plan: Plan, meeting: RealTime | null, reasons: Record<string, string>): Promise<Latency> {
  const finals = await attempt('latency.finalToRestP95Ms', reasons, () => measureFinalToRest(plan.finals));
  const way = await attempt('latency.speechEndToPostedP50Ms', reasons, () => measureWholeWay(plan.utterances));
  const toRest = finals && halfAndMost(finals);
  return {
    packetToSocketP95Ms: meeting?.packetToSocketMs?.p95 ?? null,
    finalToRestP50Ms: toRest?.p50 ?? null,
    finalToRestP95Ms: toRest?.p95 ?? null,
    speechEndToPostedP50Ms: way && halfAndMost(way.speechEndToPostedMs).p50,
    speechEndToPostedMaxMs: way && Math.max(...way.speechEndToPostedMs),
    startToReadyMs: way?.startToReadyMs ?? null,
    commandToFirstAudioMs: way?.commandToFirstAudioMs ?? null,
  };
}

/** All ratios there can be; `null` with a reason for those that were not measured. */
function ratiosOf(
  throughput: readonly Throughput[],
  reasons: Record<string, string>,
  noFloor: string | undefined,
): Record<string, number | null> {
  const ratios: Record<string, number | null> = {};
  for (const speakers of COUNTS) {
    for (const coding of CODINGS) {
      const row = throughput.find((each) => each.speakers === speakers && each.coding === coding);
      for (const name of ['pipeline_vs_floor', 'pipeline_vs_decode', 'usual_vs_pipeline']) {
        const key = `${name}_${speakers}_${coding}`;
        ratios[key] = row?.ratios[name]?.median ?? null;
        if (ratios[key] !== null) continue;
        const why = row ? noFloor : reasons[`throughput.${speakers}`];
        reasons[`ratios.${key}`] = why ?? NOT_QUICKLY;
      }
    }
  }
  return ratios;
}

async function attempt<T>(path: string, reasons: Record<string, string>, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    reasons[path] = error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
    return null;
  }
}
