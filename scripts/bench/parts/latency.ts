import type { Attempts } from '../attempts.ts';
import { LIMITS_S, type Plan } from '../plan.ts';
import type { Latency, MinutesTimes, RealTime } from '../report/figures.ts';
import { percentile } from '../report/statistics.ts';
import { measureStart, measureWholeWay } from './whole-way.ts';

const OF_TWO_HOURS = 2;

/** Latencies of the whole bot between both simulators. Without a plan, only those that other parts have measured. */
export async function measureLatency(
  plan: Plan | undefined,
  realtime: Readonly<Record<string, RealTime | null>>,
  watched: RealTime | null,
  minutes: Readonly<Record<string, MinutesTimes | null>>,
  attempts: Attempts,
): Promise<Latency> {
  const starts = plan && {
    measure: () => measureStart(plan.starts),
    whole: () => measureWholeWay(plan.utterances, plan.meetings),
  };
  const limitS = LIMITS_S.latency;
  const start = starts && (await attempts.run('start to ready', 'latency.startToReadyMs', limitS, starts.measure));
  const way = starts && (await attempts.run('from words to the channel', 'latency', limitS, starts.whole));
  const half = (tookMs: readonly number[] | undefined) => (tookMs ? percentile(tookMs, 50) : null);
  return {
    packetToSocketP95Ms: realtime['50']?.packetToSocketMs?.p95 ?? null,
    packetToSocketOf10P95Ms: realtime['10']?.packetToSocketMs?.p95 ?? null,
    packetToSocketWatchedP95Ms: watched?.packetToSocketMs?.p95 ?? null,
    finalToRestP50Ms: half(way?.finalToRestMs),
    finalToRestP95Ms: way ? percentile(way.finalToRestMs, 95) : null,
    firstWordsInChannelP50Ms: half(way?.firstWordsInChannelMs),
    firstWordsOnPageP50Ms: half(way?.firstWordsOnPageMs),
    speechEndToPostedP50Ms: half(way?.speechEndToPostedMs),
    speechEndToPostedP95Ms: way ? percentile(way.speechEndToPostedMs, 95) : null,
    speechEndToPostedMaxMs: way ? percentile(way.speechEndToPostedMs, 100) : null,
    startToReadyMs: half(start ?? undefined),
    commandToFirstAudioMs: half(way?.commandToFirstAudioMs),
    minutesOfTwoHoursMs: minutes[OF_TWO_HOURS]?.slowest ?? null,
  };
}
