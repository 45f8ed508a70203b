import { Counter, Histogram, type Registry } from 'prom-client';
import type { ClusterMetrics, MetricsSources } from '../../core/ports/metrics.ts';
import { linesBy, readGauge } from './readings.ts';

/** What several processes of one bot do with each other. Without a cluster only the zeros of these are shown. */
export function clusterMetrics(registry: Registry, sources: () => MetricsSources): ClusterMetrics {
  readGauge(registry, {
    name: 'parley_shards',
    help: 'Shards of the bot, in all processes together',
    read: () => sources().seats?.().shards,
  });
  readGauge(registry, {
    name: 'parley_shard_seats',
    help: 'Shards that this process serves, is heir to, or is ready to serve at once',
    labels: ['role'],
    read: () => {
      const seats = sources().seats?.();
      return seats && linesBy('role', { serving: seats.serving, heir: seats.heir, ready: seats.ready });
    },
  });
  readGauge(registry, {
    name: 'parley_identifies_remaining',
    help: 'How often all processes together may still identify today',
    read: () => sources().identifiesLeft?.(),
  });
  readGauge(registry, {
    name: 'parley_bus_up',
    help: 'Whether Redis answers (1) or not (0)',
    read: () => {
      const isUp = sources().isBusUp?.();
      return isUp === undefined ? undefined : Number(isUp);
    },
  });
  const counter = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const identifies = counter('parley_identifies_total', 'Gateway sessions that were opened with an identify');
  const lost = counter('parley_lease_lost_total', 'Times that this process lost the right to act', ['why']);
  const fenced = counter('parley_fenced_writes_total', 'Writes that were refused, as another process owns the meeting');
  const handovers = counter('parley_handovers_total', 'Meetings that this process took over, or failed to', [
    'reason',
    'result',
  ]);
  const gap = new Histogram({
    name: 'parley_handover_gap_seconds',
    help: 'How long nobody was heard while a meeting changed its process',
    buckets: [0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 30],
    registers: [registry],
  });
  const renewal = new Histogram({
    name: 'parley_lease_renewal_seconds',
    help: 'How long a renewal of the membership took',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    registers: [registry],
  });
  return {
    renewed: (tookMs) => renewal.observe(tookMs / 1_000),
    leaseLost: (why) => lost.inc({ why }),
    fencedWrite: () => fenced.inc(),
    handedOver: (reason, result) => handovers.inc({ reason, result }),
    handoverGap: (durationMs) => gap.observe(durationMs / 1_000),
    identified: () => identifies.inc(),
  };
}
