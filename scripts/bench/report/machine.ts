import { cpus, loadavg, release, totalmem, type } from 'node:os';
import type { Speech } from '../speech.ts';
import type { Machine } from './figures.ts';

const BYTES_PER_GB = 1e9;

/** The machine on which the figures were measured. */
export function thisMachine({ source }: Speech): Machine {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / BYTES_PER_GB),
    system: `${type()} ${release()}`,
    node: process.version,
    speech: source,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}
