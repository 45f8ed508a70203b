import { Counter, Histogram, type Registry } from 'prom-client';
import type { MeetingMetrics, MetricsSources } from '../../core/ports/metrics.ts';
import { linesBy, readGauge } from './readings.ts';

const DELAYS_S = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 7.5, 10, 15, 30]; // a second is usual, fifteen are too late to be read along

/** Meetings, the people in them, and how their words get on. */
export function meetingMetrics(registry: Registry, sources: () => MetricsSources): MeetingMetrics {
  readGauge(registry, {
    name: 'parley_meetings',
    help: 'Meetings of this process now',
    labels: ['state'],
    read: () => linesBy('state', sources().meetings?.().byState),
  });
  readGauge(registry, {
    name: 'parley_people',
    help: 'People in the voice channels of the meetings, and how many of them talk at the moment',
    labels: ['state'],
    read: () => {
      const counts = sources().meetings?.();
      return counts && linesBy('state', { there: counts.people, talking: counts.talking });
    },
  });
  readGauge(registry, {
    name: 'parley_live_viewers',
    help: 'Live pages that are open',
    read: () => sources().viewers?.(),
  });
  const ended = new Counter({
    name: 'parley_meetings_ended_total',
    help: 'Meetings that ended, by why',
    labelNames: ['ending'],
    registers: [registry],
  });
  const gaps = new Counter({
    name: 'parley_gap_seconds_total',
    help: 'Speech that could not become text, summed over people',
    labelNames: ['reason'],
    registers: [registry],
  });
  const delay = (name: string, help: string) => new Histogram({ name, help, buckets: DELAYS_S, registers: [registry] });
  const final = delay('parley_final_delay_seconds', 'From the end of what was said to its final text');
  const shown = delay('parley_final_to_shown_seconds', 'From a final text to the message that shows it');
  return {
    ended: (ending) => ended.inc({ ending }),
    gap: (reason, durationMs) => gaps.inc({ reason }, Math.max(0, durationMs) / 1_000),
    final: (delayMs) => final.observe(Math.max(0, delayMs) / 1_000),
    shown: (delayMs) => shown.observe(Math.max(0, delayMs) / 1_000),
  };
}
