import type { Registry } from 'prom-client';
import type { MetricsSources } from '../../core/ports/metrics.ts';
import { linesBy, readCounter, readGauge } from './readings.ts';

/** The voice connections, and the packets that come over them. */
export function voiceMetrics(registry: Registry, sources: () => MetricsSources): void {
  readCounter(registry, {
    name: 'parley_voice_packets_total',
    help: 'Voice packets, by what became of them',
    labels: ['outcome'],
    read: () => linesBy('outcome', sources().voice?.().packets),
  });
  readGauge(registry, {
    name: 'parley_voice_links',
    help: 'Voice connections now',
    labels: ['state'],
    read: () => linesBy('state', sources().voice?.().links),
  });
}
