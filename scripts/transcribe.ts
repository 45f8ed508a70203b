import { loadDotEnv } from '../src/config.ts';
import { run } from './transcribe/run.ts';

const SAME_KEY_MS = 500; // two signals within this time are one key press
const stop = new AbortController();
const now = new AbortController();
let firstMs: number | undefined;
process.on('SIGINT', () => {
  firstMs ??= performance.now();
  stop.abort();
  // Under npm, one Ctrl-C in the terminal arrives twice: from the terminal, and again from npm.
  if (performance.now() - firstMs > SAME_KEY_MS) now.abort();
});
process.on('SIGTERM', () => now.abort());
// The reader of the output may close it at any time.
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
// An unread input would keep the process alive. By now all output has been written.
process.stdin.destroy();
process.exitCode = code;
