// Imported before the bot, by `ParleyProcess`: tells whoever started it of each stall, through a pipe beside its outputs.
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { steadyNowMs, watchStalls } from './watch.ts';

const PIPE = 3;
const LOOK_MS = 1_000;

if (isMainThread) {
  watchStalls((pause) => {
    try {
      writeSync(PIPE, `${JSON.stringify({ endedAtMs: steadyNowMs(), ...pause })}\n`);
    } catch {
      // Whoever started the bot has gone: nobody needs to know.
    }
  });
  // Whoever was killed ends nobody: a bot whose simulators are gone would try to reach them for ever.
  const starter = process.ppid;
  setInterval(() => {
    if (process.ppid !== starter) process.kill(process.pid, 'SIGKILL');
  }, LOOK_MS).unref();
}
