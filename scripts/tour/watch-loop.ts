import { isMainThread } from 'node:worker_threads';

/** How the event loop fared since the last request. */
export interface Stall {
  readonly longestMs: number; // the longest time for which it stopped
  readonly computedMs: number; // how much of that the thread computed; the rest is the machine's
}

const EVERY_MS = 20;

// Loaded into the bot before it starts (`--import`), because the bot itself does not report this. After SIGUSR2 it
// prints for how long
// its event loop stopped at most since the last request, and how much of that time this thread computed.

if (isMainThread) {
  let asked = 0;
  let longest: Stall = { longestMs: 0, computedMs: 0 };
  let lastMs = performance.now();
  let lastCpu = process.threadCpuUsage();
  const look = () => {
    const longestMs = performance.now() - lastMs - EVERY_MS;
    const { user, system } = process.threadCpuUsage(lastCpu);
    if (longestMs > longest.longestMs) longest = { longestMs, computedMs: (user + system) / 1_000 };
    lastMs = performance.now();
    lastCpu = process.threadCpuUsage();
  };
  setInterval(look, EVERY_MS).unref();
  process.on('SIGUSR2', () => {
    look();
    asked += 1;
    const { longestMs, computedMs } = longest;
    process.stdout.write(
      `{"asked":${asked},"longestMs":${Math.round(longestMs)},"computedMs":${Math.round(computedMs)}}\n`,
    );
    longest = { longestMs: 0, computedMs: 0 };
  });
}
