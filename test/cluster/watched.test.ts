import { describe, expect, it, vi } from 'vitest';
import { answersPostgres, makeDatabase } from '../storage/support/postgres.ts';
import { openStage } from '../support/stage.ts';
import { parse } from '../web/metrics/support/scrape.ts';

const hasPostgres = await answersPostgres();

const LIMIT_MS = 60_000; // a start beside many other tests

describe.skipIf(!hasPostgres)('a process of a cluster (needs PostgreSQL at 127.0.0.1:5432)', () => {
  it(
    'tells probes and Prometheus of its seats and its membership',
    async () => {
      await using database = await makeDatabase();
      const environment = {
        ...{ CLUSTER: 'on', REDIS_URL: 'redis://127.0.0.1:6379/15', METRICS_PORT: '0' },
        ...{ DATABASE_URL: database.url, SETTINGS_URL: database.url },
      };
      await using stage = await openStage({ environment });
      const { bot } = stage;
      expect((await bot.ask('Pages', '/livez')).status).toBe(200);
      expect(await (await bot.ask('Pages', '/readyz')).json()).toEqual({ status: 'serving' });
      const scrape = async () => parse(await (await bot.ask('Metrics', '/metrics')).text());
      const now = await vi.waitFor(
        async () => {
          const read = await scrape(); // the first renewal comes a second after the start
          expect(read.get('parley_lease_renewal_seconds_count')).toBeGreaterThan(0);
          return read;
        },
        { timeout: 15_000 },
      );
      expect(now.get('parley_shards')).toBe(1);
      expect(now.get('parley_shard_seats{role="serving"}')).toBe(1);
      expect(now.get('parley_shard_seats{role="heir"}')).toBe(0);
      expect(now.get('parley_shard_up{shard="0"}')).toBe(1);
      expect(now.get('parley_identifies_total')).toBe(1);
      expect(now.get('parley_fenced_writes_total')).toBe(0);
    },
    LIMIT_MS,
  );
});
