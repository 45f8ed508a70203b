import { setTimeout as delay } from 'node:timers/promises';
import { CHUNK_MS } from '../../../../src/palabra/tape/chunks.ts';
import { shippedOptions } from '../../../../test/support/shipped-options.ts';
import type { ContestantCalls } from '../../contestants/contestant.ts';
import { Helper } from '../../contestants/helper.ts';
import type { Arrival, SinkCalls } from '../../contestants/sink.ts';
import type { TalkersCalls } from '../../contestants/talkers.ts';
import type { RealTime } from '../../report/figures.ts';
import { percentile } from '../../report/statistics.ts';
import type { Speech } from '../../speech.ts';

const BOT = '83000000000000001';
const FRAME_MS = 20;
const SPREAD_MS = 3_000; // within which everybody begins to talk
const SETTLING_MS = 6_000; // before anything is measured
const FIRST_MS = 6_000;
const ENDING_MS = 500; // of talk after the measuring

export interface RealTimePlan {
  readonly speakers: number;
  readonly contestant: 'ours' | 'usual';
  readonly measuredMs: number;
  readonly isWatched?: boolean; // somebody has a live page open
  readonly format?: 'pcm_s16le' | 'ogg'; // of our audio; default pcm_s16le
}

/** Measures the process during a real-time meeting in which everybody talks at the same time, encoded in stereo. */
export async function measureRealTime(plan: RealTimePlan, { recordings }: Speech): Promise<RealTime> {
  const { speakers, contestant, measuredMs, isWatched = false, format = 'pcm_s16le' } = plan;
  await using sink = new Helper<SinkCalls>(new URL('../../contestants/sink.ts', import.meta.url));
  await using talkers = new Helper<TalkersCalls>(new URL('../../contestants/talkers.ts', import.meta.url));
  const script =
    contestant === 'ours'
      ? new URL('../../contestants/ours.ts', import.meta.url)
      : new URL('../../contestants/usual.ts', import.meta.url);
  await using bot = new Helper<ContestantCalls>(script, contestant === 'ours' ? shippedOptions() : []);
  const addresses = await sink.ask('open', { partials: true });
  const call = await talkers.ask('open', { speakers, bots: [BOT], recordings });
  await bot.ask('join', { bot: BOT, call, ...addresses, time: 'real', isWatched, format });
  await talkers.ask('settled', undefined);
  // The growth of the process at the very first voice does not count as a speaker's memory.
  const first = { bot: BOT, coding: 'stereo', frames: FIRST_MS / FRAME_MS, only: 1 } as const;
  if (speakers > 1) {
    await talkers.ask('prepare', first);
    await talkers.ask('speak', undefined);
    await delay(ENDING_MS);
    await sink.ask('arrivals', undefined);
  }
  const frames = (SETTLING_MS + measuredMs + ENDING_MS) / FRAME_MS;
  const beginWithinFrames = SPREAD_MS / FRAME_MS;
  const sentPackets = await talkers.ask('prepare', { bot: BOT, coding: 'stereo', frames, beginWithinFrames });
  const emptyBytes = await bot.ask('rssBytes', undefined);
  const packetsBefore = await bot.ask('packets', undefined);
  const speaking = talkers.ask('speak', undefined);
  await delay(SETTLING_MS);
  await bot.ask('watch', undefined);
  await delay(measuredMs);
  const vitals = await bot.ask('watched', undefined);
  const began = await speaking;
  await delay(ENDING_MS);
  const packets = (await bot.ask('packets', undefined)) - packetsBefore;
  const people = call.rooms.flatMap((room) => room.speakers);
  // The first speaker's socket carried audio before.
  const timed = people.flatMap((id, i) => (i === 0 && speakers > 1 ? [] : [[id, began[i] ?? 0] as const]));
  const delays = delaysOf(await sink.ask('arrivals', undefined), new Map(timed), frames * FRAME_MS);
  return {
    p50DelayMs: vitals.delayP50Ms,
    p99DelayMs: vitals.delayP99Ms,
    sentPackets,
    lostPackets: Math.max(0, sentPackets - packets),
    rssPerSpeakerKb: (vitals.rssBytes - emptyBytes) / 1000 / Math.max(1, speakers - 1),
    gcMsPerS: vitals.gcMs / (vitals.durationMs / 1000),
    cpuPercent: vitals.cpuUs / 10 / vitals.durationMs,
    packetToSocketMs: delays.length === 0 ? null : percentiles(delays),
  };
}

function percentiles(delaysMs: readonly number[]) {
  return { p50: percentile(delaysMs, 50), p95: percentile(delaysMs, 95), p99: percentile(delaysMs, 99) };
}

/**
 * The times from each chunk's first packet to its arrival at the recogniser, after everybody has begun to talk.
 *
 * @param began - when each speaker's first packet left, in ms since the epoch
 * @param talkMs - from the very first packet until everybody stops. The chunk at that time is not counted, because it
 *   waits for more audio
 */
function delaysOf(arrivals: readonly Arrival[], began: ReadonlyMap<string, number>, talkMs: number): number[] {
  const endMs = Math.min(...began.values()) + talkMs;
  return arrivals.flatMap(({ who, fromMs, atMs }) => {
    const beganMs = began.get(who);
    if (beganMs === undefined || fromMs < SETTLING_MS || beganMs + fromMs + CHUNK_MS > endMs) return [];
    return [atMs - beganMs - fromMs];
  });
}
