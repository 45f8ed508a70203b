import { loadDotEnv } from '../src/config.ts';
import { run } from './transcribe/run.ts';

const SAME_KEY_MS = 500;
const stop = new AbortController();
const now = new AbortController();
let firstMs: number | undefined;
process.on('SIGINT', () => {
  firstMs ??= performance.now();
  stop.abort();
  // A terminal's Ctrl-C reaches us twice when npm started us: from the terminal, and passed on by npm.
  if (performance.now() - firstMs > SAME_KEY_MS) now.abort();
});
process.on('SIGTERM', () => now.abort());
// Whoever reads us may have heard enough.
process.stdout.on('error', () => now.abort());

loadDotEnv();
const code = await run(
  {
    arguments: process.argv.slice(2),
    environment: process.env,
    input: process.stdin,
    out: process.stdout,
    err: process.stderr,
  },
  stop.signal,
  now.signal,
);
// An input that nobody reads any more would keep the process; its output must have left it first.
process.stdin.destroy();
process.exitCode = code;
