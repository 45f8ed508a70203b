import { PARTS, type Part } from './arguments.ts';
import { Attempts } from './attempts.ts';
import { Floor } from './contestants/floor.ts';
import { measureAudience } from './parts/audience.ts';
import { measureBurst } from './parts/burst.ts';
import { measureFleet } from './parts/fleet.ts';
import { measureRealTime } from './parts/hearing/real-time.ts';
import { measureThroughput, type ThroughputPlan } from './parts/hearing/throughput.ts';
import { measureUplink } from './parts/hearing/uplink.ts';
import { measureIdle } from './parts/idle.ts';
import { nameOf } from './parts/journal.ts';
import { measureLatency } from './parts/latency.ts';
import { measureLongMeeting } from './parts/long-meeting.ts';
import { measureMinutes } from './parts/minutes.ts';
import { measureMoves } from './parts/moves.ts';
import { measureReaders } from './parts/readers.ts';
import { measureSearch } from './parts/search.ts';
import {
  BUDGET_S,
  COUNTS,
  FLEET_SIZES,
  GUILDS,
  HOURS,
  LIMITS_S,
  MOVES_LIMIT_S,
  PASSED_ON_SPEAKERS,
  type Plan,
  QUICK,
  SQLITE_SIZES,
  TEN_MILLION,
  TEN_MILLION_LIMIT_S,
  UPLINK,
  WHOLE,
} from './plan.ts';
import type { Audience, Figures, Fleet, Idle, MinutesTimes, RealTime, Throughput, Uplink } from './report/figures.ts';
import { thisMachine } from './report/machine.ts';
import { ratiosOf } from './report/ratios.ts';
import { makeSpeech, type Speech } from './speech.ts';

const TALKING_AT_ONCE = 10;
export const LEFT_OUT = 'left out of this run';
export const ONLY_10M = 'only with --search-10m';

export interface MeasureOptions {
  readonly quick: boolean;
  readonly parts: readonly Part[];
  readonly tenMillion: boolean;
}

/**
 * Measures everything. Figures that fail become `null` with a reason.
 *
 * @param say - receives the progress
 */
export async function measure(options: MeasureOptions, say: (what: string) => void): Promise<Figures> {
  const beganMs = performance.now();
  const plan = options.quick ? QUICK : options.tenMillion ? { ...WHOLE, sqliteSizes: SQLITE_SIZES } : WHOLE;
  const attempts = new Attempts(say, options.tenMillion ? BUDGET_S + TEN_MILLION_LIMIT_S : BUDGET_S);
  const has = (part: Part) => options.parts.includes(part);
  say('speech');
  const speech = makeSpeech();
  const machine = thisMachine(speech);
  const compiled = Floor.compile(speech);
  using floor = 'because' in compiled ? undefined : compiled;
  if ('because' in compiled && has('throughput')) say(`The C floor is not measured: ${compiled.because}`);

  const throughput = has('throughput') ? await measureFrames(plan, speech, floor, attempts) : [];
  const passedOn = has('passed-on') ? await measurePassedOn(plan, speech, floor, attempts) : [];
  const passedOnRealtime = has('passed-on') ? await measurePassedOnMeeting(plan, speech, attempts) : null;
  const realtime = await measureMeetings('ours', has('realtime') ? plan.realTime : [], plan, speech, attempts);
  const watched = has('realtime') && !options.quick ? await measureWatched(plan, speech, attempts) : null;
  const usualRealtime = await measureMeetings(
    'usual',
    has('realtime') ? plan.usualRealTime : [],
    plan,
    speech,
    attempts,
  );
  // These need a quiet machine, so they run between the others.
  const minutes = await measureExports(has('minutes') ? plan.minutesHours : [], attempts);
  const latency = await measureLatency(has('latency') ? plan : undefined, realtime, watched, minutes, attempts);
  // On a slow machine, no time is left for the last ones.
  const burst =
    has('burst') && !options.quick
      ? await attempts.run('ten people who all talk for two minutes', 'burst', LIMITS_S.burst, () =>
          measureBurst(TALKING_AT_ONCE, plan.burstMs),
        )
      : null;
  const isFleetWanted = has('fleet') && (!options.quick || options.parts !== PARTS);
  const fleet = await measureMeetingsAtOnce(isFleetWanted ? plan : undefined, attempts);
  const moves = isFleetWanted
    ? await attempts.run(`${plan.moves} moves between two processes`, 'moves', MOVES_LIMIT_S, () =>
        measureMoves(plan.moves),
      )
    : null;
  const isReadWanted = has('readers') && (!options.quick || options.parts !== PARTS);
  const readers = isReadWanted
    ? await attempts.run(`a live page with ${plan.readers} readers`, 'readers', LIMITS_S.readers, () =>
        measureReaders(plan.readers, plan.readersMs),
      )
    : null;
  const isUplinkWanted = has('uplink') && (!options.quick || options.parts !== PARTS);
  const uplink = isUplinkWanted ? await measureUplinks(plan, attempts) : null;
  const idle = await measureServers(has('idle') ? plan.guilds : [], plan, attempts);
  const search = await measureSearch(has('journal') ? plan : undefined, attempts);
  const long = { minutes: plan.longMinutes, partMinutes: plan.longPartMinutes };
  const longMeeting =
    has('length') && !options.quick
      ? await attempts.run(`a meeting of ${plan.longMinutes / 60} hours`, 'longMeeting', LIMITS_S.length, () =>
          measureLongMeeting(long, speech),
        )
      : null;
  const audience = has('audience') && !options.quick ? await measureListeners(plan, attempts) : null;
  const because = compiled && 'because' in compiled ? compiled.because : undefined;
  const figures = {
    machine,
    date: new Date().toISOString(),
    durationS: (performance.now() - beganMs) / 1000,
    ratios: ratiosOf(throughput, passedOn, attempts.reasons, because),
    realtime,
    usualRealtime,
    latency,
    search,
    idle,
    burst,
    fleet,
    moves,
    readers,
    audience,
    longMeeting,
    minutes,
    throughput,
    passedOn,
    passedOnRealtime,
    uplink,
    reasons: attempts.reasons,
  };
  explainNulls(figures, attempts.reasons);
  return figures;
}

async function measureFrames(plan: Plan, speech: Speech, floor: Floor | undefined, attempts: Attempts) {
  const rows: Throughput[] = [];
  for (const speakers of plan.throughput.counts) {
    const turns = {
      speakers,
      codings: plan.throughput.codings,
      rounds: plan.rounds,
      frames: plan.frames,
      warmUpFrames: plan.warmUpFrames,
      bots: ['pipeline', 'usual'],
    } as const;
    const what = `CPU time of a frame, ${speakers} speakers`;
    const path = `throughput.${speakers}`;
    const row = await attempts.run(what, path, LIMITS_S.throughput, () => measureThroughput(turns, speech, floor));
    rows.push(...(row ?? []));
  }
  return rows;
}

async function measurePassedOn(plan: Plan, speech: Speech, floor: Floor | undefined, attempts: Attempts) {
  const speakers = PASSED_ON_SPEAKERS;
  const { rounds, frames, warmUpFrames } = plan;
  const turns: ThroughputPlan = { speakers, codings: ['stereo'], rounds, frames, warmUpFrames, bots: ['passedOn'] };
  const what = `CPU time of a frame that is passed on, ${speakers} speakers`;
  const measureIt = () => measureThroughput(turns, speech, floor);
  return (await attempts.run(what, 'passedOn', LIMITS_S['passed-on'], measureIt)) ?? [];
}

async function measurePassedOnMeeting({ measuredMs }: Plan, speech: Speech, attempts: Attempts) {
  const meeting = { speakers: PASSED_ON_SPEAKERS, contestant: 'ours', measuredMs, format: 'ogg' } as const;
  const measureIt = () => measureRealTime(meeting, speech);
  return await attempts.run('50 people talking, passed on', 'passedOnRealtime', LIMITS_S.realtime, measureIt);
}

async function measureUplinks({ uplinkMs }: Plan, attempts: Attempts): Promise<readonly Uplink[] | null> {
  const measureThem = async () => {
    const made: Uplink[] = [];
    for (const who of UPLINK) made.push(await measureUplink({ ...who, durationMs: uplinkMs }));
    return made;
  };
  return await attempts.run('people who talk behind an uplink of 2 Mbit/s', 'uplink', LIMITS_S.uplink, measureThem);
}

async function measureMeetings(
  contestant: 'ours' | 'usual',
  counts: readonly number[],
  plan: Plan,
  speech: Speech,
  attempts: Attempts,
): Promise<Record<string, RealTime | null>> {
  const made: Record<string, RealTime | null> = {};
  for (const speakers of contestant === 'ours' ? COUNTS : WHOLE.usualRealTime) {
    const path = `${contestant === 'ours' ? 'realtime' : 'usualRealtime'}.${speakers}`;
    const meeting = { speakers, contestant, measuredMs: plan.measuredMs };
    const what = `${speakers} people talking in real time, ${contestant}`;
    made[speakers] = counts.includes(speakers)
      ? await attempts.run(what, path, LIMITS_S.realtime, () => measureRealTime(meeting, speech))
      : null;
  }
  return made;
}

async function measureWatched({ measuredMs }: Plan, speech: Speech, attempts: Attempts): Promise<RealTime | null> {
  const meeting = { speakers: 10, contestant: 'ours', measuredMs, isWatched: true } as const;
  const measureIt = () => measureRealTime(meeting, speech);
  const path = 'latency.packetToSocketWatchedP95Ms';
  return await attempts.run('10 people talking while somebody watches', path, LIMITS_S.realtime, measureIt);
}

async function measureExports(
  hours: readonly number[],
  attempts: Attempts,
): Promise<Record<string, MinutesTimes | null>> {
  const made: Record<string, MinutesTimes | null> = {};
  for (const length of HOURS) {
    const measureIt = () => measureMinutes(length);
    made[length] = hours.includes(length)
      ? await attempts.run(`minutes of ${length} h in every format`, `minutes.${length}`, LIMITS_S.minutes, measureIt)
      : null;
  }
  return made;
}

async function measureServers(
  counts: readonly number[],
  plan: Plan,
  attempts: Attempts,
): Promise<Record<string, Idle | null>> {
  const made: Record<string, Idle | null> = {};
  const all: Promise<void>[] = [];
  for (const guilds of GUILDS) {
    made[guilds] = null;
    if (!counts.includes(guilds)) continue;
    const started = Promise.withResolvers<void>();
    const measureIt = () => measureIdle({ guilds, measuredMs: plan.idleMs }, started.resolve);
    const attempt = attempts.run(`idle in ${guilds} servers`, `idle.${guilds}`, LIMITS_S.idle, measureIt);
    all.push(
      attempt.then((idle) => {
        made[guilds] = idle;
        started.resolve();
      }),
    );
    await started.promise; // they start one after the other and then idle at the same time, which saves half a minute for each
  }
  await Promise.all(all);
  return made;
}

async function measureMeetingsAtOnce(
  plan: Plan | undefined,
  attempts: Attempts,
): Promise<Record<string, Fleet | null>> {
  const made: Record<string, Fleet | null> = Object.fromEntries(FLEET_SIZES.map((size) => [size, null]));
  if (!plan) return made;
  const { guilds, sizes } = plan.fleet;
  const measureThem = () =>
    measureFleet(plan.fleet, (meetings, figures) => {
      made[meetings] = figures;
    });
  const what = `${sizes.join(', ')} meetings at the same time, in ${guilds} servers`;
  await attempts.run(what, 'fleet', LIMITS_S.fleet, measureThem);
  return made;
}

async function measureListeners(plan: Plan, attempts: Attempts): Promise<Audience | null> {
  const measureIt = (people: number) => () => measureAudience(people, 2, plan.audienceMs);
  const [alone, amongHundred] = await Promise.all([
    attempts.run('two people, who talk', 'audience', LIMITS_S.audience, measureIt(2)),
    attempts.run('a hundred, of whom two talk, in another bot', 'audience', LIMITS_S.audience, measureIt(98)),
  ]);
  return alone === null || amongHundred === null ? null : { alone, amongHundred };
}

/** Adds a reason to each missing figure without one: it was not requested. */
function explainNulls(figures: Omit<Figures, 'reasons'>, reasons: Record<string, string>): void {
  const explain = (path: string) => {
    const isExplained = path.split('.').some((_, i, names) => names.slice(0, i + 1).join('.') in reasons);
    if (isExplained) return;
    reasons[path] = path.includes(nameOf(TEN_MILLION)) ? ONLY_10M : LEFT_OUT;
  };
  for (const [name, group] of Object.entries(figures)) {
    if (group === null) explain(name);
    else if (typeof group === 'object' && !Array.isArray(group) && name !== 'machine') {
      for (const [key, value] of Object.entries(group)) if (value === null) explain(`${name}.${key}`);
    }
  }
}
