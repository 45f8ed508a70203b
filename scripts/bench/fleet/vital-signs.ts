import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { REST } from 'discord.js';
import { type LoopDelay, watchLoop } from './loop-watch.ts';

/** The event loop of the bot, and how long its requests waited inside it, since the last look. */
export interface FleetSigns {
  readonly sample: number;
  readonly loop: LoopDelay;
  readonly waits: readonly Wait[];
  readonly end: number; // the sample again, by which a reader knows that it has all of them
}

/** A request to Discord, from when the bot decided to send it until it was written to the network. */
export interface Wait {
  readonly what: string; // without ids
  readonly ms: number;
}

// Loaded into the bot before it starts (`--import`), because the bot itself does not report these. Answers SIGUSR2.

const look = watchLoop();
const asking = new AsyncLocalStorage<{ readonly what: string; readonly atMs: number }>();
let waits: Wait[] = [];
let samples = 0;

const { queueRequest } = REST.prototype;
REST.prototype.queueRequest = function timed(request) {
  const route = request.fullRoute
    .replace(/\d{15,}/g, ':id')
    .replace(/(webhooks|interactions)\/:id\/[\w-]+/, '$1/:id/:token');
  return asking.run({ what: `${request.method} ${route}`, atMs: performance.now() }, () =>
    queueRequest.call(this, request),
  );
};
subscribe('undici:request:create', () => {
  const asked = asking.getStore();
  if (asked !== undefined) waits.push({ what: asked.what, ms: Math.round(performance.now() - asked.atMs) });
});

process.on('SIGUSR2', () => {
  samples += 1;
  const signs: FleetSigns = { sample: samples, loop: look(), waits, end: samples };
  waits = [];
  process.stdout.write(`${JSON.stringify(signs)}\n`);
});
