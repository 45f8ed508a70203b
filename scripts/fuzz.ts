import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `Tests everything that reads data from strangers, with random and damaged input, for as long as you like.
  npm run fuzz -- [--seconds 60] [--only recogniser]
  npm run fuzz -- --only addon [--seconds 60]   the native addon, under AddressSanitizer and UBSan
The seconds are for each fuzzer. A failing input is made small, kept in test/fuzz/seeds, and tried first from then on; the command
ends with 1.`;

const VITEST = join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs');
const SPARE_MS = 60_000; // in addition: failing input is made small after the fuzzer's time

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
if (values.help || !(seconds > 0)) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(values.help ? 0 : 2);
}
if (values.only === 'addon') {
  const script = join(import.meta.dirname, 'fuzz-addon.ts');
  const { status } = spawnSync(process.execPath, [script, '--seconds', values.seconds], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
const timeout = `--testTimeout=${seconds * 1_000 + SPARE_MS}`;
const { status } = spawnSync(process.execPath, [VITEST, 'run', `test/fuzz/${values.only}`, timeout], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_SECONDS: String(seconds) },
});
process.exitCode = status ?? 1;
