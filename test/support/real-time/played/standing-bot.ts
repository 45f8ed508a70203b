// Stands still like a bot on a busy machine, before or after it says that it is ready, and ends.
import { setTimeout as delay } from 'node:timers/promises';

const standStill = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);

await delay(50); // the watch has begun
if (process.env.STANDS_STILL === 'first') standStill();
await delay(50); // the watch has noticed it
process.stdout.write('Ready as a bot\n');
if (process.env.STANDS_STILL !== 'first') {
  await delay(100); // whoever started it knows that it is ready
  standStill();
  await delay(50);
}
