import { Histogram, type Registry } from 'prom-client';
import type { JournalMetrics, MetricsSources } from '../../core/ports/metrics.ts';
import { readGauge } from './readings.ts';

/** How the database takes what is written down of meetings. */
export function journalMetrics(registry: Registry, sources: () => MetricsSources): JournalMetrics {
  readGauge(registry, {
    name: 'parley_journal_held',
    help: 'Journal writes in memory that wait until the database is back',
    read: () => sources().heldWrites?.(),
  });
  const writes = new Histogram({
    name: 'parley_journal_write_seconds',
    help: 'How long writes to the journal took, repetitions included',
    labelNames: ['op'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 20],
    registers: [registry],
  });
  return { wrote: (op, tookMs) => writes.observe({ op }, tookMs / 1_000) };
}
