import { Hono } from 'hono';
import type { Log } from '../../core/log.ts';
import type { Metrics } from '../../core/ports/metrics.ts';
import { onlyRead, secured } from '../secured.ts';
import { type Pages, type ServerOptions, serve } from '../server.ts';
import { openMetrics } from './registry.ts';

/** Metrics that can be asked for until they are disposed. */
interface ServedMetrics extends AsyncDisposable {
  readonly metrics: Metrics;
  readonly port?: number; // missing: the port cannot be used
}

/**
 * Opens the metrics and serves `/metrics` on a separate port: metrics are for whoever runs the bot, pages are for everybody.
 *
 * @param version - of the bot
 */
export async function serveMetrics(
  options: Omit<ServerOptions, 'setting'>,
  version: string,
  log: Log,
): Promise<ServedMetrics> {
  const { registry, metrics } = openMetrics(version);
  const app: Pages = new Hono();
  app.use(secured, onlyRead);
  app.notFound((context) => context.body(null, 404));
  app.get('/metrics', async (context) =>
    context.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }),
  );
  const server = await serve(app, { ...options, setting: 'METRICS_PORT' }, log);
  if (server.port !== undefined) log.info({ host: options.host, port: server.port }, 'Metrics are served');
  return { ...server, metrics, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
