import { Hono } from 'hono';
import type { Log } from '../core/log.ts';
import { onlyRead, secured } from './secured.ts';
import { type Pages, type ServerOptions, serve } from './server.ts';

/** The figures that the health page shows; read at each request. */
export interface Vitals {
  isReady(): boolean; // Discord's gateway is connected
  meetings(): number; // meetings that run now
}

/** `/healthz` for a container's health check, and the live pages if there are any. */
export function publicPages(vitals: Vitals, log: Log, live?: Pages): Pages {
  const app: Pages = new Hono();
  app.use(secured, onlyRead);
  app.onError((error, context) => {
    log.warn({ err: error }, 'A page failed');
    return context.body(null, 503);
  });
  app.notFound((context) => context.body(null, 404));
  app.get('/healthz', (context) => {
    const ready = vitals.isReady();
    return context.json(
      { status: ready ? 'ok' : 'not connected to Discord', meetings: vitals.meetings() },
      ready ? 200 : 503,
    );
  });
  return live ? app.route('/', live) : app;
}

/** Serves the pages that everybody may ask for. */
export async function servePages(
  options: Omit<ServerOptions, 'setting'>,
  vitals: Vitals,
  log: Log,
  live?: Pages,
): Promise<AsyncDisposable & { readonly port?: number }> {
  const server = await serve(publicPages(vitals, log, live), { ...options, setting: 'HTTP_PORT' }, log);
  if (server.port !== undefined) log.info({ host: options.host, port: server.port }, 'Pages are served');
  return server;
}
