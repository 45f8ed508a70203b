import { Hono } from 'hono';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Log } from '../core/log.ts';
import { onlyRead, secured } from './secured.ts';
import { type Pages, type ServerOptions, serve } from './server.ts';

/** The metrics for Prometheus: the process's own, and how many meetings run. */
function openMetrics(meetings: () => number): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'parley_meetings',
    help: 'Meetings that run now',
    registers: [registry],
    collect() {
      this.set(meetings());
    },
  });
  return registry;
}

/** Serves `/metrics` on a separate port: metrics are for whoever runs the bot, pages are for everybody. */
export async function serveMetrics(
  options: Omit<ServerOptions, 'setting'>,
  meetings: () => number,
  log: Log,
): Promise<AsyncDisposable & { readonly port?: number }> {
  const registry = openMetrics(meetings);
  const app: Pages = new Hono();
  app.use(secured, onlyRead);
  app.notFound((context) => context.body(null, 404));
  app.get('/metrics', async (context) =>
    context.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }),
  );
  const server = await serve(app, { ...options, setting: 'METRICS_PORT' }, log);
  if (server.port !== undefined) log.info({ host: options.host, port: server.port }, 'Metrics are served');
  return server;
}
