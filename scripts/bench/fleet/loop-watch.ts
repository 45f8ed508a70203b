import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5; // finer would cost the measured process one per cent of a core
const NS_PER_MS = 1e6;

/** How long the event loop of a process let others wait, since the last look; a quiet loop shows 5 ms. */
export interface LoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Watches the event loop of this process from now on. @returns what looks, and begins anew */
export function watchLoop(): () => LoopDelay {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  return () => {
    const seen = { p99Ms: delays.percentile(99) / NS_PER_MS, maxMs: delays.max / NS_PER_MS };
    delays.reset();
    return seen;
  };
}
