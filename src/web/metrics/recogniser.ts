import type { Registry } from 'prom-client';
import type { MetricsSources } from '../../core/ports/metrics.ts';
import { linesBy, readCounter, readGauge } from './readings.ts';

/** The sockets of the recogniser, and what goes over them. */
export function recogniserMetrics(registry: Registry, sources: () => MetricsSources): void {
  const counts = () => sources().recogniser?.();
  readGauge(registry, {
    name: 'parley_stt_sockets',
    help: 'Sockets to the recogniser',
    labels: ['state'],
    read: () => linesBy('state', counts()?.sockets),
  });
  readGauge(registry, {
    name: 'parley_stt_waiting',
    help: 'Speakers who wait until another one gives a socket back',
    read: () => counts()?.waiting,
  });
  readCounter(registry, {
    name: 'parley_stt_dials_total',
    help: 'Attempts to open a socket to the recogniser',
    labels: ['result'],
    read: () => linesBy('result', counts()?.dials),
  });
  readCounter(registry, {
    name: 'parley_stt_audio_seconds_total',
    help: 'Audio of meetings that was sent to the recogniser, which charges for both kinds',
    labels: ['kind'],
    read: () => {
      const now = counts();
      return now && linesBy('kind', { speech: now.speechMs / 1_000, silence: now.silenceMs / 1_000 });
    },
  });
}
