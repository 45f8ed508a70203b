import { Hono } from 'hono';
import type { Log } from '../core/log.ts';
import { onlyRead, secured } from './secured.ts';
import { type Pages, type ServerOptions, serve } from './server.ts';
import { WrongKeys } from './wrong-keys.ts';

/**
 * What a process does for the bot. `starting`: not yet anything. `serving`: it acts in servers. `standing by`: it could at
 * once, in another process's place. `draining`: it hands over what it has, and ends.
 */
export type Standing = 'starting' | 'serving' | 'standing by' | 'draining';

/** The figures of a bot that has started; read at each request. */
export interface Vitals {
  isReady(): boolean; // Discord's gateway is connected
  meetings(): number; // meetings that run now
  /** Missing: it serves. */
  standing?(): Standing;
}

const READY: readonly Standing[] = ['serving', 'standing by'];

/**
 * How the process is, for whoever asks over HTTP. People ask `/healthz`. A container host asks `/livez`, to start the process
 * again, and `/readyz`, to go on with an update and to send it readers.
 *
 * Neither probe asks whether Discord is there: in an outage of Discord's, all processes would be started again until the bot's
 * logins of the day are used up.
 */
export class Health {
  #isSound = () => true;
  #vitals: Vitals | undefined;
  #live: Pages | undefined;
  #isDraining = false;

  /** @param isSound - false when only another start can help: what the process needs to be trusted with a meeting stands still */
  watchSoundness(isSound: () => boolean): void {
    this.#isSound = isSound;
  }

  /** The bot has started, and its pages can be read. */
  begin(vitals: Vitals, live?: Pages): void {
    this.#vitals = vitals;
    this.#live = live;
  }

  /** From now on nothing new is sent here. */
  drain(): void {
    this.#isDraining = true;
  }

  /**
   * All pages that everybody may ask for.
   *
   * @param proxies - addresses and networks that connect for many people
   */
  pages(log: Log, proxies: readonly string[] = []): Pages {
    const app: Pages = new Hono();
    const wrongKeys = new WrongKeys(proxies);
    app.use(secured, onlyRead, (context, next) => wrongKeys.guard(context, next));
    app.onError((error, context) => {
      log.warn({ err: error }, 'A page failed');
      return context.body(null, 503);
    });
    app.get('/healthz', (context) => {
      const ready = this.#vitals?.isReady() ?? false;
      const status = ready ? 'ok' : 'not connected to Discord';
      return context.json({ status, meetings: this.#vitals?.meetings() ?? 0 }, ready ? 200 : 503);
    });
    app.get('/livez', (context) => {
      const sound = this.#isSound();
      return context.json({ status: sound ? 'ok' : 'stuck' }, sound ? 200 : 503);
    });
    app.get('/readyz', (context) => {
      const status = this.#standing();
      return context.json({ status }, READY.includes(status) ? 200 : 503);
    });
    app.all('*', (context) => {
      if (!this.#vitals) {
        // Browsers try a stream again when its connection breaks, and never after an error status.
        context.env.outgoing?.destroy();
        return context.body(null, 503);
      }
      return this.#live ? this.#live.fetch(context.req.raw, context.env) : context.body(null, 404);
    });
    return app;
  }

  #standing(): Standing {
    if (this.#isDraining) return 'draining';
    return this.#vitals ? (this.#vitals.standing?.() ?? 'serving') : 'starting';
  }
}

/** Serves the pages that everybody may ask for, also before the bot has started. */
export async function servePages(
  options: Omit<ServerOptions, 'setting'>,
  health: Health,
  log: Log,
): Promise<AsyncDisposable & { readonly port?: number }> {
  const server = await serve(health.pages(log, options.proxies), { ...options, setting: 'HTTP_PORT' }, log);
  if (server.port !== undefined) log.info({ host: options.host, port: server.port }, 'Pages are served');
  return server;
}
