const TICK_MS = 10;
const LEAST_MS = 30; // shorter ones are the ordinary life of an event loop

// Taken now, as a test may put fake timers in their place later.
const { performance, setInterval } = globalThis;
const now = performance.now.bind(performance);

/** The system's clock when this process began, and steadily on from there: nobody sets it meanwhile. In milliseconds. */
export function steadyNowMs(): number {
  return performance.timeOrigin + now();
}

/** A stretch in which an event loop stood still. */
export interface Pause {
  readonly forMs: number;
  readonly computedMs: number; // for so long of it the process computed; for the rest the machine had other things to do
}

/**
 * Tells of every stretch in which this process's event loop stood still, when it goes on.
 *
 * @returns looks at once, for whoever cannot wait until the loop comes round
 */
export function watchStalls(tell: (pause: Pause) => void): () => void {
  let lastMs = now();
  let lastComputedMs = computedMs();
  const look = () => {
    const forMs = now() - lastMs - TICK_MS;
    const computed = computedMs() - lastComputedMs;
    lastMs = now();
    lastComputedMs += computed;
    if (forMs >= LEAST_MS) tell({ forMs, computedMs: Math.min(computed, forMs) });
  };
  setInterval(look, TICK_MS).unref();
  return look;
}

function computedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
