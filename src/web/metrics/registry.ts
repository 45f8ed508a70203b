import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Metrics, MetricsSources } from '../../core/ports/metrics.ts';
import { clusterMetrics } from './cluster.ts';
import { discordMetrics } from './discord.ts';
import { journalMetrics } from './journal.ts';
import { meetingMetrics } from './meetings.ts';
import { recogniserMetrics } from './recogniser.ts';
import { voiceMetrics } from './voice.ts';

/**
 * Opens the metrics for Prometheus: the process's own, and those of the bot. No label names a server, a channel or a person.
 *
 * @param version - of the bot
 */
export function openMetrics(version: string): { readonly registry: Registry; readonly metrics: Metrics } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'parley_build_info',
    help: 'Which version runs; the value is always 1',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version }, 1);
  let known: MetricsSources = {};
  const sources = () => known;
  recogniserMetrics(registry, sources);
  voiceMetrics(registry, sources);
  const metrics: Metrics = {
    meetings: meetingMetrics(registry, sources),
    discord: discordMetrics(registry, sources),
    journal: journalMetrics(registry, sources),
    cluster: clusterMetrics(registry, sources),
    readFrom: (more) => {
      known = { ...known, ...more };
    },
  };
  return { registry, metrics };
}
