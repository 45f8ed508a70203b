import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { seededRandom } from '../../test/simulators/discord/voice/index.ts';
import { type SummarySimulator, startSummarySimulator } from '../../test/simulators/summary/index.ts';
import { freePort } from '../../test/support/free-port.ts';
import { openStage, type Stage } from '../../test/support/stage.ts';
import { flawsOf, isOurFault, type Played } from './judge.ts';
import { type Fared, Neighbours } from './neighbours.ts';
import { Pulse } from './pulse.ts';
import type { Outcome, Scene, Stop } from './stop.ts';
import { baselineLine, HEAD, rowOf } from './table.ts';

const STOP_LIMIT_MS = 75_000;
const AFTERMATH_MS = 1_500; // effects shortly after an attack belong to it
const TRIES = 2;

interface TourOptions {
  readonly seed: number;
  readonly quietMs: number;
  readonly signal: AbortSignal;
  readonly startFile?: string; // of a different version of Parley
}

/**
 * The bot between its simulators, and the talking neighbours. The tour opens a new one when an attack ended the bot.
 */
class Setting implements AsyncDisposable {
  readonly stage: Stage;
  readonly neighbours: Neighbours;
  readonly pulse: Pulse;
  readonly scene: Scene;
  quiet: Fared | undefined;
  isBotGone = false;
  readonly #rest: AsyncDisposableStack;

  constructor(stage: Stage, neighbours: Neighbours, scene: Scene, rest: AsyncDisposableStack) {
    this.stage = stage;
    this.neighbours = neighbours;
    this.scene = scene;
    this.#rest = rest;
    this.pulse = rest.use(new Pulse(stage.bot));
    void stage.bot.exit().then(() => {
      this.isBotGone = true;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.neighbours.end();
    await this.#rest.disposeAsync();
  }
}

/** Plays the stops one after the other. @returns whether every attack was held off */
export async function tour(stops: readonly Stop[], options: TourOptions): Promise<boolean> {
  let setting = await open(options);
  const bad: Played[] = [];
  try {
    say(`${baselineLine(setting.quiet)}\n\n${HEAD}`);
    for (const stop of stops) {
      for (let tries = 1; ; tries++) {
        options.signal.throwIfAborted();
        const played = await play(stop, setting);
        const isLast = tries === TRIES || !isOurFault(played);
        if (isLast) say(rowOf(played));
        if (isLast && flawsOf(played).length > 0) bad.push(played);
        if (setting.isBotGone) {
          await setting[Symbol.asyncDispose]();
          setting = await open(options);
        }
        if (isLast) break;
      }
    }
  } finally {
    await setting[Symbol.asyncDispose]();
  }
  for (const played of bad) for (const flaw of flawsOf(played)) say(`✗ ${played.stop.number}: ${flaw}`);
  const verdict = bad.map(({ stop }) => stop.number).join(', ');
  say(
    bad.length === 0
      ? `✓ ${stops.length} attacks: nothing was lost in the second server, and no word came more than 1 s later.`
      : `✗ ${bad.length} of ${stops.length} attacks were not held off: ${verdict}.`,
  );
  return bad.length === 0;
}

/** Opens a setting. Resolves when the neighbours have talked undisturbed for a while. */
async function open({ seed, quietMs, signal, startFile }: TourOptions): Promise<Setting> {
  await using opened = new AsyncDisposableStack();
  const summary: SummarySimulator = opened.use(await startSummarySimulator());
  const pages = `http://127.0.0.1:${await freePort()}`;
  const watch = pathToFileURL(resolve(import.meta.dirname, 'watch-loop.ts')).href;
  const environment = {
    NODE_OPTIONS: `--import ${watch}`,
    NODE_COMPILE_CACHE: '', // the bot's own default
    HTTP_PORT: new URL(pages).port,
    PUBLIC_URL: pages,
    SUMMARY_API_URL: summary.url,
    SUMMARY_MODEL: 'simulated',
  };
  const stage = opened.use(await openStage({ environment, ...(startFile !== undefined && { startFile }) }));
  const neighbours = new Neighbours(stage, seed);
  const random = seededRandom(seed);
  const scene = { stage, summary, pages, random, signal, ...(startFile !== undefined && { startFile }) };
  const setting = new Setting(stage, neighbours, scene, opened.move());
  await neighbours.begin(seed);
  await delay(quietMs, undefined, { signal });
  setting.quiet = await neighbours.fared(() => setting.isBotGone);
  return setting;
}

async function play(stop: Stop, setting: Setting): Promise<Played> {
  const { neighbours, pulse, scene, quiet } = setting;
  await neighbours.fared(() => setting.isBotGone); // sentences between two stops belong to neither
  await pulse.begin();
  const beganMs = performance.now();
  const outcome = await outcomeOf(stop, scene);
  await delay(AFTERMATH_MS);
  const fared = await neighbours.fared(() => setting.isBotGone);
  const vitals = await pulse.end();
  const violations: string[] = pulse.isTooLarge ? ['the bot used more than 3 GB and was ended'] : [];
  if (setting.isBotGone)
    violations.push(
      `the bot ended with ${await setting.stage.bot.exit()}; its last words: ${lastWords(setting.stage.bot.output)}`,
    );
  return { stop, outcome, fared, quiet, vitals, violations, tookMs: performance.now() - beganMs };
}

async function outcomeOf(stop: Stop, scene: Scene): Promise<Outcome> {
  const late = Promise.withResolvers<Outcome>();
  const timer = setTimeout(
    () =>
      late.resolve({ summary: 'not finished in time', flaws: [`it did not finish within ${STOP_LIMIT_MS / 1_000} s`] }),
    STOP_LIMIT_MS,
  );
  try {
    const gone = scene.stage.bot.exit().then(() => ({ summary: 'the bot ended', flaws: [] }));
    return await Promise.race([stop.play(scene), late.promise, gone]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { summary: 'failed', flaws: [`the test failed: ${why.split('\n')[0]}`] };
  } finally {
    clearTimeout(timer);
  }
}

/** The last lines of the bot's log, which contain no spoken words. */
function lastWords(output: string): string {
  return output.trimEnd().split('\n').slice(-3).join(' ; ').slice(0, 700);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
