import { readFileSync } from 'node:fs';

const TICK_MS = 10; // Linux counts in hundredths of a second

/** The time of all cores that anybody used since the machine started, what the host took for others included. */
export function busyMs(): number {
  const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, stolen = 0] = first.split(/\s+/).map(Number);
  return (user + nice + system + irq + softIrq + stolen) * TICK_MS;
}
