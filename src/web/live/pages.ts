import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { streamSSE } from 'hono/streaming';
import type { Listener } from '../../core/audience.ts';
import type { Log } from '../../core/log.ts';
import type { MeetingRecord } from '../../core/record.ts';
import { wordsFor } from '../../i18n/words.ts';
import { LiveLines } from './lines.ts';
import type { Guest, LiveLinks } from './links.ts';
import { LIVE_SCRIPT, LIVE_STYLE, livePage, noPage } from './page.ts';

/** How a member reads now; asked again and again, as they may lose the right to. */
export interface Reader {
  readonly reads?: string; // ISO 639-1; missing: as it was said
}

export interface LiveParts {
  readonly links: LiveLinks;
  /** `undefined`: they may not read it (any more). */
  readerOf(guest: Guest): Promise<Reader | undefined>;
  /** What was told so far, as people are to see it. */
  recordOf(guest: Guest): Promise<MeetingRecord | undefined>;
  /** Hears a running meeting; `undefined` when it does not run (any more). */
  listen(guest: Guest, listener: Listener): (() => void) | undefined;
  readonly log: Log;
  readonly recheckMs?: number;
}

const RECHECK_MS = 60_000; // whether they still may; and a sign of life for proxies, which cut what is silent
const MOST_AT_ONCE = 500; // pages that are open

/** The live page: what is said, growing, for members who may read the meeting's text channel. */
export function livePages(parts: LiveParts): Hono {
  let open = 0;
  const app = new Hono();
  app.use(
    '/live/*',
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer', // the address holds the key
      xFrameOptions: 'DENY',
    }),
    async (context, next) => {
      await next();
      context.header('Cache-Control', 'no-store');
      context.header('X-Robots-Tag', 'noindex');
    },
  );
  app.onError((error, context) => {
    parts.log.warn({ err: error }, 'A live page failed');
    return context.body(null, 503);
  });
  const guestIn = (context: Context) =>
    parts.links.guestOf(context.req.param('meeting') ?? '', context.req.query('key') ?? '');

  return app
    .get('/live.js', (context) => context.body(LIVE_SCRIPT, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
    .get('/live.css', (context) => context.body(LIVE_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
    .get('/live/:meeting', async (context) => {
      const words = wordsFor(context.req.header('accept-language')?.split(',')[0] ?? 'en');
      const guest = guestIn(context);
      const record = guest && (await parts.readerOf(guest)) && (await parts.recordOf(guest));
      // The same words for everything that is not to be seen: an address says nothing about meetings.
      return record
        ? context.html(livePage(record.head.title, words))
        : context.html(noPage(words.t('live.nothing'), words), 404);
    })
    .get('/live/:meeting/lines', async (context) => {
      const guest = guestIn(context);
      const reader = guest && (await parts.readerOf(guest));
      const record = guest && reader && (await parts.recordOf(guest));
      if (!record) return context.body(null, 404);
      if (open >= MOST_AT_ONCE) return context.body(null, 503);
      open += 1;
      return streamSSE(context, async (stream) => {
        const gone = new AbortController();
        stream.onAbort(() => gone.abort());
        const lines = new LiveLines(record.head.beganAt, reader.reads);
        // Hears before it reads what was, so that nothing falls in between; what comes twice is shown once.
        const stop = parts.listen(guest, (told) => (told === 'over' ? lines.end() : lines.take(told)));
        if (!stop) lines.end();
        let mayRead = true;
        const recheck = setInterval(() => {
          void parts
            .readerOf(guest)
            .catch(() => reader) // Discord is in trouble: that takes no right away
            .then(async (still) => {
              mayRead = still !== undefined;
              if (mayRead) await stream.write(': still here\n\n');
              else gone.abort();
            });
        }, parts.recheckMs ?? RECHECK_MS);
        try {
          lines.begin((await parts.recordOf(guest)) ?? record);
          for await (const line of lines.lines(gone.signal)) {
            await stream.writeSSE({ event: 'line', data: JSON.stringify(line) });
          }
          if (!mayRead) await stream.writeSSE({ event: 'ended', data: '' });
          else if (!gone.signal.aborted) await stream.writeSSE({ event: 'over', data: '' });
        } finally {
          clearInterval(recheck);
          stop?.();
          open -= 1;
        }
      });
    });
}
