import { setImmediate as turn } from 'node:timers/promises';

/** How the bot is, at a quiet moment: what is left after a collection, and what keeps the process alive. */
export interface VitalSigns {
  readonly sample: number;
  readonly heapBytes: number;
  readonly outsideBytes: number; // buffers and what native code holds
  readonly rssBytes: number;
  readonly timers: number;
  readonly sockets: number; // TCP and UDP
  readonly listeners: number; // on the process itself
}

// Loaded into the bot before it starts (`--import`), as the bot has no such page of its own. It answers SIGUSR2.

let samples = 0;
process.on('SIGUSR2', () => void answer());

async function answer(): Promise<void> {
  // What a finaliser frees in the first collection is gone with the second.
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
