import { shippedOptions } from '../../../../test/support/shipped-options.ts';
import type { BareDecodeCalls } from '../../contestants/bare-decode.ts';
import type { ContestantCalls } from '../../contestants/contestant.ts';
import type { Floor } from '../../contestants/floor.ts';
import { Helper } from '../../contestants/helper.ts';
import type { SinkCalls } from '../../contestants/sink.ts';
import type { TalkersCalls } from '../../contestants/talkers.ts';
import type { Contestant, Spread, Throughput } from '../../report/figures.ts';
import { spread } from '../../report/statistics.ts';
import type { Coding, Speech } from '../../speech.ts';

const WARM_UP_FRAMES = 150; // 3 s in real time, in which every speaker gets a socket
const BOTS = { pipeline: '83000000000000001', usual: '83000000000000002', passedOn: '83000000000000003' } as const;
type BotName = keyof typeof BOTS;

/** The ratios of the report: one contestant's cost divided by another's in the same round. */
const RATIOS: Readonly<Record<string, readonly [Contestant, Contestant]>> = {
  pipeline_vs_floor: ['pipeline', 'floor'],
  pipeline_vs_decode: ['pipeline', 'decode'],
  usual_vs_pipeline: ['usual', 'pipeline'],
  passed_on_vs_floor: ['passedOn', 'floor'],
  passed_on_vs_decode: ['passedOn', 'decode'],
};

export interface ThroughputPlan {
  readonly speakers: number;
  readonly codings: readonly Coding[];
  readonly rounds: number;
  readonly frames: number; // of all speakers together, in each round
  readonly warmUpFrames: number; // likewise, before the first round
  readonly bots: readonly BotName[]; // that take part
}

/** Measures the cost of a frame. Contestants take turns, so that changes of the machine's speed affect all of them. */
export async function measureThroughput(plan: ThroughputPlan, speech: Speech, floor: Floor | undefined) {
  await using stage = await Stage.set(plan, speech);
  const rows: Throughput[] = [];
  for (const coding of plan.codings) {
    await stage.round(coding, plan.warmUpFrames, floor); // not counted: V8 compiles the code, and memory is allocated
    stage.missingFrames = 0;
    const rounds: Partial<Record<Contestant, number>>[] = [];
    for (let i = 0; i < plan.rounds; i++) rounds.push(await stage.round(coding, plan.frames, floor));
    rows.push({ ...rowOf(plan.speakers, coding, rounds), missingFrames: stage.missingFrames });
  }
  return rows;
}

type Bots = ReadonlyMap<BotName, Helper<ContestantCalls>>;

/** The processes of a comparison. */
class Stage implements AsyncDisposable {
  readonly #open: AsyncDisposableStack;
  readonly #talkers: Helper<TalkersCalls>;
  readonly #bare: Helper<BareDecodeCalls>;
  readonly #bots: Bots;
  readonly #speakers: number;
  missingFrames = 0; // frames that a contestant received and did not pass on

  private constructor(
    open: AsyncDisposableStack,
    talkers: Helper<TalkersCalls>,
    bare: Helper<BareDecodeCalls>,
    bots: Bots,
    speakers: number,
  ) {
    this.#open = open;
    this.#talkers = talkers;
    this.#bare = bare;
    this.#bots = bots;
    this.#speakers = speakers;
  }

  static async set({ speakers, bots: names }: ThroughputPlan, { recordings }: Speech): Promise<Stage> {
    await using open = new AsyncDisposableStack();
    const sink = open.use(new Helper<SinkCalls>(new URL('../../contestants/sink.ts', import.meta.url)));
    const talkers = open.use(new Helper<TalkersCalls>(new URL('../../contestants/talkers.ts', import.meta.url)));
    const bare = open.use(new Helper<BareDecodeCalls>(new URL('../../contestants/bare-decode.ts', import.meta.url)));
    const bots = new Map(names.map((name) => [name, open.use(helperOf(name))]));
    await bare.ask('load', recordings);
    const addresses = await sink.ask('open', { partials: false });
    const call = await talkers.ask('open', { speakers, bots: [...bots.keys()].map((name) => BOTS[name]), recordings });
    for (const [name, bot] of bots) {
      const format = name === 'passedOn' ? 'ogg' : 'pcm_s16le';
      await bot.ask('join', { bot: BOTS[name], call, ...addresses, time: 'by packets', format });
    }
    await talkers.ask('settled', undefined);
    for (const [name, bot] of bots) {
      const frames = await talkers.ask('prepare', { bot: BOTS[name], coding: 'mono', frames: WARM_UP_FRAMES });
      await bot.ask('begin', { frames });
      await talkers.ask('speak', undefined);
      await bot.ask('finished', undefined);
    }
    return new Stage(open.move(), talkers, bare, bots, speakers);
  }

  async round(coding: Coding, frames: number, floor: Floor | undefined): Promise<Partial<Record<Contestant, number>>> {
    const costs: Partial<Record<Contestant, number>> = {};
    if (floor) costs.floor = await floor.round(coding, this.#speakers, frames);
    costs.decode = await this.#bare.ask('round', { coding, speakers: this.#speakers, frames });
    for (const [name, bot] of this.#bots) costs[name] = await this.#rush(name, bot, coding, frames);
    return costs;
  }

  async #rush(name: BotName, bot: Helper<ContestantCalls>, coding: Coding, frames: number): Promise<number> {
    const each = Math.ceil(frames / this.#speakers);
    const sent = await this.#talkers.ask('prepare', { bot: BOTS[name], coding, frames: each });
    await bot.ask('begin', { frames: sent });
    await this.#talkers.ask('rush', undefined);
    const cost = await bot.ask('finished', undefined);
    this.missingFrames += sent - cost.frames;
    return cost.cpuUs / cost.frames;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.disposeAsync();
  }
}

function helperOf(name: BotName): Helper<ContestantCalls> {
  return name === 'usual'
    ? new Helper(new URL('../../contestants/usual.ts', import.meta.url))
    : new Helper(new URL('../../contestants/ours.ts', import.meta.url), shippedOptions());
}

function rowOf(
  speakers: number,
  coding: Coding,
  rounds: readonly Partial<Record<Contestant, number>>[],
): Omit<Throughput, 'missingFrames'> {
  const costs = (who: Contestant) => rounds.map((round) => round[who]).filter((us) => us !== undefined);
  const usPerFrame: Partial<Record<Contestant, Spread>> = {};
  for (const who of ['floor', 'decode', 'pipeline', 'usual', 'passedOn'] as const) {
    if (costs(who).length > 0) usPerFrame[who] = spread(costs(who));
  }
  const ratios: Record<string, Spread | null> = {};
  for (const [name, [above, below]] of Object.entries(RATIOS)) {
    const each = rounds.map((round) => (round[above] ?? Number.NaN) / (round[below] ?? Number.NaN));
    ratios[name] = each.some(Number.isNaN) ? null : spread(each); // not measured in this comparison
  }
  return { speakers, coding, usPerFrame, ratios };
}
