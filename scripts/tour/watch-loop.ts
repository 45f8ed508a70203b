import { isMainThread } from 'node:worker_threads';

/** How the event loop fared since it was asked before. */
export interface Stall {
  readonly longestMs: number; // that it stood still
  readonly computedMs: number; // of it, by its own doing: the rest it waited for the machine
}

const EVERY_MS = 20;

// Loaded into the bot before it starts (`--import`), as it has no such page of its own. SIGUSR2: it tells how long its event loop
// stood still at most since it was asked before, and how much of that this thread computed: the rest it waited for the machine.

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
