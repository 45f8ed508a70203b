import { type ParleyProcess, startParley } from '../../../test/support/parley.ts';
import { Helper } from '../contestants/helper.ts';
import type { RecogniserCalls } from './recogniser.ts';
import type { FleetSigns } from './vital-signs.ts';
import type { VoicesCalls } from './voices.ts';
import type { WorldCalls } from './world.ts';

const VITAL_SIGNS = new URL('vital-signs.ts', import.meta.url).href;

export interface FleetPlan {
  readonly guilds: number;
  readonly meetings: number; // at most
  readonly talkMs: number; // of each person, in all
}

/** The bot, and everything around it in processes of their own, so that nobody pays for anybody else. */
export class FleetStage implements AsyncDisposable {
  readonly bot: ParleyProcess;
  readonly world: Helper<WorldCalls>;
  readonly voices: Helper<VoicesCalls>;
  readonly recogniser: Helper<RecogniserCalls>;
  readonly #open: AsyncDisposableStack;
  #samples = 0;

  private constructor(
    bot: ParleyProcess,
    helpers: Pick<FleetStage, 'world' | 'voices' | 'recogniser'>,
    open: AsyncDisposableStack,
  ) {
    this.bot = bot;
    this.world = helpers.world;
    this.voices = helpers.voices;
    this.recogniser = helpers.recogniser;
    this.#open = open;
  }

  /** Resolves when the bot is ready. */
  static async set({ guilds, meetings, talkMs }: FleetPlan): Promise<FleetStage> {
    await using open = new AsyncDisposableStack();
    const world = open.use(new Helper<WorldCalls>(new URL('world.ts', import.meta.url)));
    const voices = open.use(new Helper<VoicesCalls>(new URL('voices.ts', import.meta.url)));
    const recogniser = open.use(new Helper<RecogniserCalls>(new URL('recogniser.ts', import.meta.url)));
    const [{ endpoint, caFile }, palabra] = await Promise.all([
      voices.ask('open', undefined),
      recogniser.ask('open', undefined),
    ]);
    const { seats, ...discord } = await world.ask('open', { guilds, meetings, endpoint });
    await voices.ask('seat', { seats, talkMs });
    void seatTheBot(world, voices).catch(() => {}); // one of them has ended, and with it the measurement
    const more = {
      NODE_OPTIONS: `--import ${VITAL_SIGNS}`,
    };
    const bot = open.use(startParley({ discord, palabra, caFile, more }));
    await bot.says('Ready as');
    return new FleetStage(bot, { world, voices, recogniser }, open.move());
  }

  /** The bot's vital signs since the last time. */
  async examine(): Promise<FleetSigns> {
    this.#samples += 1;
    const beginning = `{"sample":${this.#samples},`;
    this.bot.kill('SIGUSR2');
    await this.bot.says(`"end":${this.#samples}}`);
    const line = this.bot.output.split('\n').find((candidate) => candidate.startsWith(beginning));
    return JSON.parse(line ?? '') as FleetSigns; // our own script wrote it
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.bot.kill('SIGKILL'); // a hundred meetings would get their minutes first
    await this.#open.disposeAsync();
  }
}

/** Carries what Discord decides about the bot's seats to the process with its voice servers. */
async function seatTheBot(world: Helper<WorldCalls>, voices: Helper<VoicesCalls>): Promise<never> {
  for (;;) {
    const { orders, number } = await world.ask('seatOrders', undefined);
    await voices.ask('obey', orders);
    await world.ask('obeyed', number);
  }
}
