import { parseArgs } from 'node:util';
import { seededRandom } from '../test/simulators/discord/voice/index.ts';
import { canBeApart, reachPostgres, runApart } from '../test/support/cluster/apart.ts';
import { faultStage } from '../test/support/meetings/fault-stage.ts';
import { packetsOf } from '../test/support/meetings/packets-of.ts';
import { sentences } from '../test/support/meetings/sentences.ts';
import { crashClusters } from './crash/cluster/rounds.ts';
import { AT_THE_BEGINNING, AT_THE_END, IN_THE_MIDDLE, type Moment } from './crash/moments.ts';
import { KilledSitting } from './crash/sitting.ts';
import { showSitting } from './crash/table.ts';

const USAGE = `Kills the bot again and again while people talk in a simulated Discord, and checks what is left.
  npm run crash -- [--rounds 20] [--seed 1] [--cluster [--only <words>] [--closes-with 4006|4014|nothing] [--keep <folder>]]
With --cluster, three processes share the meetings, on the local PostgreSQL and a Redis: one of them is killed, stopped or
frozen, or its network is cut, and the others go on. Packets can be dropped only for root with iptables installed; otherwise
nobody is cut off from Redis or Discord. --only plays the faults whose names contain these words, --closes-with only the ways of
Discord in which a voice connection whose seat is taken over is closed so. --keep writes the logs of
all processes into a folder.
Ends with 1 when a final is lost or posted twice, or anything else is wrong.`;

const ROUNDS_PER_SITTING = 4;
const SPEAKERS = 3;
const SENTENCES_PER_ROUND = 40; // more than all people together say between two kills

/** @returns the defects that it found */
async function crash(rounds: number, seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const pool = sentences(SENTENCES_PER_ROUND * rounds, seed);
  for (const text of pool) packetsOf(text);
  const unsaid = pool.values();
  await using faults = await faultStage();
  const pick = (among: readonly Moment[], index: number) => among[index % among.length] ?? AT_THE_BEGINNING;
  const flaws: string[] = [];
  let middles = 0;
  for (let sitting = 0, left = rounds; left > 0; sitting += 1) {
    const kills = Math.min(left, ROUNDS_PER_SITTING);
    left -= kills;
    const middle = Array.from({ length: kills - 1 }, () => pick([...IN_THE_MIDDLE, AT_THE_BEGINNING], middles++));
    const played = await new KilledSitting(faults, unsaid, SPEAKERS, random).play(middle, pick(AT_THE_END, sitting));
    say(showSitting(played));
    flaws.push(...played.complaints, ...played.verdicts.flatMap((verdict) => verdict.flaws));
  }
  const { violations } = faults.flaws();
  for (const what of violations.filter((what) => !isExpected(what))) {
    say(`✗ violates the protocol: ${what}`);
    flaws.push(what);
  }
  say(`${violations.filter(isTooEarly).length} requests came too early.`);
  return flaws;
}

/** A new process learns Discord's rate limits by exceeding them, and a killed one closes no socket properly. */
function isExpected(violation: string): boolean {
  return isTooEarly(violation) || violation.includes('closed with 1006');
}

function isTooEarly(violation: string): boolean {
  return violation.startsWith('Too early');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    cluster: { type: 'boolean' },
    only: { type: 'string', default: '' },
    'closes-with': { type: 'string' },
    keep: { type: 'string' },
    apart: { type: 'string' }, // given by ourselves, in a network of our own
    help: { type: 'boolean' },
  },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
if (values.help || !Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  say(USAGE);
  process.exit(values.help ? 0 : 2);
}
if (values.cluster && values.apart === undefined && canBeApart()) process.exit(await runApart(process.argv.slice(1)));
if (values.apart !== undefined) await reachPostgres(values.apart);
say(`${values.cluster ? 'Breaking a cluster' : 'Killing'} ${rounds} times, seed ${seed}.\n`);
const began = performance.now();
const flaws = values.cluster
  ? await crashClusters(
      {
        rounds,
        seed,
        keepIn: values.keep,
        only: values.only,
        closesWith: values['closes-with'],
        isApart: values.apart !== undefined,
      },
      say,
    )
  : await crash(rounds, seed);
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
say(
  flaws.length === 0 ? `✓ Nothing was lost and nothing was posted twice (${minutes} min).` : `${flaws.length} defects.`,
);
process.exit(flaws.length === 0 ? 0 : 1);
