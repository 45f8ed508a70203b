import { Counter, Histogram, type Registry } from 'prom-client';
import type { DiscordMetrics, MetricsSources } from '../../core/ports/metrics.ts';
import { readGauge } from './readings.ts';

/** Discord ends the bot's access for a while after 10,000 of these in ten minutes. A 429 of a shared limit is not counted. */
const INVALID = new Set([401, 403, 429]);

/** Requests to Discord, and the gateway sessions. */
export function discordMetrics(registry: Registry, sources: () => MetricsSources): DiscordMetrics {
  const shards = () => sources().shards?.();
  readGauge(registry, {
    name: 'parley_shard_up',
    help: 'Whether a gateway session of this process is connected (1) or not (0)',
    labels: ['shard'],
    read: () => shards()?.map(({ shardId, isUp }) => [{ shard: `${shardId}` }, Number(isUp)]),
  });
  readGauge(registry, {
    name: 'parley_shard_latency_seconds',
    help: 'How long Discord took to answer the last heartbeat',
    labels: ['shard'],
    read: () =>
      shards()?.flatMap(({ shardId, latencyMs }) =>
        latencyMs === undefined ? [] : [[{ shard: `${shardId}` }, latencyMs / 1_000] as const],
      ),
  });
  readGauge(registry, {
    name: 'parley_posting_degraded',
    help: 'Whether some meeting is posted in a plainer style than its server chose, as Discord takes no more (1) or not (0)',
    read: () => {
      const isDegraded = sources().isPostingDegraded?.();
      return isDegraded === undefined ? undefined : Number(isDegraded);
    },
  });
  const counter = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const requests = counter('parley_discord_requests_total', 'Requests that Discord answered', ['route', 'code']);
  const limited = counter('parley_discord_ratelimited_total', 'Answers that say the bot asks too much', ['scope']);
  const invalid = counter('parley_discord_invalid_total', 'Answers that count towards the limit of invalid requests');
  const waits = new Histogram({
    name: 'parley_discord_wait_seconds',
    help: 'How long requests waited for the limits that all processes share',
    labelNames: ['class'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
    registers: [registry],
  });
  return {
    answered: (route, status, scope) => {
      requests.inc({ route, code: `${status}` });
      if (status === 429) limited.inc({ scope: scope ?? 'unknown' });
      if (INVALID.has(status) && scope !== 'shared') invalid.inc();
    },
    waited: (requestClass, waitMs) => waits.observe({ class: requestClass }, waitMs / 1_000),
  };
}
