import { loadDotEnv } from '../src/config.ts';
import { run } from './transcribe/run.ts';

const stop = new AbortController();
const now = new AbortController();
process.on('SIGINT', () => (stop.signal.aborted ? now : stop).abort());
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
