import { setImmediate as turn } from 'node:timers/promises';

/** The memory of the bot after a collection, and its resources, at a quiet moment. */
export interface VitalSigns {
  readonly sample: number;
  readonly heapBytes: number;
  readonly outsideBytes: number; // buffers and memory of native code
  readonly rssBytes: number;
  readonly timers: number;
  readonly sockets: number; // TCP and UDP
  readonly listeners: number; // on the process itself
}

// Loaded into the bot before it starts (`--import`), because the bot itself does not report these. Answers SIGUSR2.

let samples = 0;
process.on('SIGUSR2', () => void answer());

async function answer(): Promise<void> {
  // The second collection frees what finalisers released after the first.
  globalThis.gc?.();
  await turn();
  globalThis.gc?.();
  samples += 1;
  const { heapUsed, external, rss } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const count = (...kinds: string[]) => resources.filter((kind) => kinds.includes(kind)).length;
  const signs: VitalSigns = {
    sample: samples,
    heapBytes: heapUsed,
    outsideBytes: external,
    rssBytes: rss,
    timers: count('Timeout', 'Immediate'),
    sockets: count('TCPSocketWrap', 'TLSWrap', 'UDPWrap'),
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
  };
  process.stdout.write(`${JSON.stringify(signs)}\n`);
}
