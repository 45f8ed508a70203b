import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Registry } from 'prom-client';
import type { Log } from '../core/log.ts';

/** What the pages tell; asked at each request. */
export interface Vitals {
  isReady(): boolean; // Discord's gateway is connected
  meetings(): number; // that run now
}

/** The pages for machines: `/healthz` for a container's health check, `/metrics` for Prometheus. */
function pages(vitals: Vitals, live: Hono | undefined): Hono {
  // From the first time that somebody asks: nobody else needs the library, nor the timer that it watches the process with.
  let metrics: Promise<Registry> | undefined;
  const open = async () => (await import('./metrics.ts')).openMetrics(() => vitals.meetings());
  return (live ?? new Hono())
    .get('/healthz', (context) => {
      const ready = vitals.isReady();
      return context.json(
        { status: ready ? 'ok' : 'not connected to Discord', meetings: vitals.meetings() },
        ready ? 200 : 503,
      );
    })
    .get('/metrics', async (context) => {
      metrics ??= open();
      const registry = await metrics;
      return context.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
    });
}

/**
 * Serves the pages. A port that is taken costs the pages, not the bot: that is said in the log.
 *
 * @param port - 0: any free one; it is in the log
 * @param live - the pages for people
 */
export async function serveHealth(
  port: number,
  vitals: Vitals,
  log: Log,
  live?: Hono,
): Promise<AsyncDisposable & { port?: number }> {
  const server = createServer(getRequestListener(pages(vitals, live).fetch));
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  server.once('error', (error) => {
    log.warn({ err: error }, `No health page: port ${port} cannot be used. Set HTTP_PORT to a free one, or to 0`);
    resolve(undefined);
  });
  server.listen(port, () => {
    const address = server.address();
    resolve(typeof address === 'object' ? address?.port : undefined);
  });
  const bound = await promise;
  if (bound !== undefined) log.info({ port: bound }, 'Health and metrics are served');
  return {
    ...(bound !== undefined && { port: bound }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => {
        server.close(() => done());
      });
    },
  };
}
