import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { seededRandom } from '../test/simulators/discord/voice/index.ts';
import type { FaultMeeting } from '../test/support/meetings/fault-meeting.ts';
import { type FaultStage, faultStage } from '../test/support/meetings/fault-stage.ts';
import { flawsOf, NONE } from '../test/support/meetings/whole.ts';
import { beginToWatch, describeStall, longestStall, type Stall } from '../test/support/real-time/stalls.ts';
import { examine } from './soak/examine.ts';
import { talkFor } from './soak/talk.ts';
import { judge, memoryOf, percent } from './soak/verdict.ts';
import type { VitalSigns } from './soak/vital-signs.ts';

const USAGE = `Lets ten people talk in a simulated Discord while everything goes wrong, and checks the bot.
  npm run soak -- [--minutes 20] [--seed 1]
Ends with 1 when a word was lost, doubled or attributed to somebody else, or when the bot's memory, timers or sockets keep growing.`;

const PEOPLE = 10;

/** Plays a long meeting with random faults. @returns the defects that it found */
async function soak(minutes: number, seed: number, signal: AbortSignal): Promise<string[]> {
  const vitalSigns = pathToFileURL(resolve(import.meta.dirname, 'soak/vital-signs.ts')).href;
  await using faults = await faultStage({ environment: { NODE_OPTIONS: `--expose-gc --import ${vitalSigns}` } });
  const random = seededRandom(seed);
  const meeting = await faults.meet(PEOPLE);
  const samples: VitalSigns[] = [];
  while (samples.length < minutes) {
    const minuteBeganMs = beginToWatch();
    const troubles = await talkFor(meeting, faults, random, signal);
    const stall = longestStall(minuteBeganMs);
    samples.push(await examine(faults.stage.bot, samples.length + 1));
    show(samples, meeting, stall, troubles);
  }
  const outcome = await meeting.end(`${minutes} minutes with ${PEOPLE} people and random faults (seed ${seed})`);
  const flaws = flawsOf(outcome);
  say(`${outcome.finals} segments, ${percent(outcome.characterErrorRate)} of the characters wrong, at most`);
  say(
    `${Math.round(outcome.farthestMs)} ms from when they were spoken; minutes ${Math.round(outcome.endedAfterMs)} ms after the end.`,
  );
  return [...judge(samples), ...textFlaws(flaws), ...processFlaws(faults)];
}

function textFlaws(flaws: ReturnType<typeof flawsOf>): string[] {
  return JSON.stringify(flaws) === JSON.stringify(NONE)
    ? []
    : [`the transcript is incomplete: ${JSON.stringify(flaws, null, 2)}`];
}

function processFlaws(faults: FaultStage): string[] {
  const { unspeakable, complaints, violations } = faults.flaws();
  return [
    ...unspeakable.map((what) => `the log contains: ${what}`),
    ...complaints.map((line) => `the log complains: ${line}`),
    ...violations.map((what) => `violates the protocol: ${what}`),
  ];
}

function show(
  samples: readonly VitalSigns[],
  { said, text }: FaultMeeting,
  stall: Stall | undefined,
  troubles: readonly string[],
): void {
  const last = samples.at(-1);
  if (!last) return;
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
  const { timers, sockets, listeners } = last;
  say(
    `minute ${samples.length}: ${megabytes(memoryOf(last))} in use (${megabytes(last.heapBytes)} heap), ${megabytes(last.rssBytes)} resident, ` +
      `${timers} timers, ${sockets} sockets, ${listeners} listeners; ${said.length} sentences, ${text.messages.length} messages; ` +
      `${stall ? describeStall(stall) : 'neither process stood still'}; ${troubles.join(', ')}`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (values.help || !Number.isInteger(minutes) || minutes < 1 || !Number.isInteger(seed)) {
  say(USAGE);
  process.exit(values.help ? 0 : 2);
}
const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('Stopped')));
say(`Soaking for ${minutes} minutes, seed ${seed}.`);
const problems = await soak(minutes, seed, stop.signal);
for (const problem of problems) say(`✗ ${problem}`);
say(problems.length === 0 ? '✓ Nothing was lost and nothing keeps growing.' : `${problems.length} problems.`);
process.exit(problems.length === 0 ? 0 : 1);
