import { parseArgs } from 'node:util';
import { STOPS } from './tour/stops/index.ts';
import { tour } from './tour/tour.ts';

const USAGE = `Plays the attacks of docs/security.md against the whole bot, while people talk in another server.
  npm run tour -- [--only 1,4,19] [--seed 1] [--bot path/to/src/start.js] [--quiet-s 45]
Ends within ten minutes, and with 1 when an attack succeeded, a word was lost or came late, or the bot grew.`;

const LONGEST_MS = 600_000;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    bot: { type: 'string' },
    'quiet-s': { type: 'string', default: '45' },
    help: { type: 'boolean' },
  },
});
const seed = Number(values.seed);
const quietMs = 1_000 * Number(values['quiet-s']);
const wanted = values.only?.split(',').map(Number);
const stops = STOPS.filter(({ number }) => wanted?.includes(number) ?? true);
const isUsable = Number.isInteger(seed) && quietMs >= 10_000 && stops.length > 0;
if (values.help || !isUsable) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(values.help ? 0 : 2);
}
const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('Stopped')));
setTimeout(() => {
  process.stdout.write('✗ Ten minutes are over.\n');
  process.exit(1);
}, LONGEST_MS).unref();
const isSafe = await tour(stops, {
  seed,
  quietMs,
  signal: stop.signal,
  ...(values.bot !== undefined && { startFile: values.bot }),
});
process.exit(isSafe ? 0 : 1);
