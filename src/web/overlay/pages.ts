import { Hono } from 'hono';
import type { Pass } from '../../core/ports/live-links.ts';
import type { PageContext as Context, Pages } from '../server.ts';
import { emptyOverlay, lookOf, overlayPage } from './overlay-page.ts';

/**
 * The page that a streaming program shows as a browser source. It keeps its key in the address, as such a program opens that
 * address again whenever it starts, and may forget cookies.
 *
 * @param passOf - looks the key up; `unknown yet` when it cannot be looked up just now
 */
export function overlayPages(passOf: (context: Context) => Promise<Pass | 'unknown yet' | undefined>): Pages {
  const app: Pages = new Hono();
  app.get('/overlay/:meeting', async (context) => {
    const pass = await passOf(context);
    if (!pass) return context.html(emptyOverlay(), 404);
    // Its script tries again by itself: the page itself reveals nothing.
    const isTooSoon = pass !== 'unknown yet' && !pass.visit();
    if (isTooSoon) context.header('Retry-After', '10');
    return context.html(overlayPage(lookOf(context.req.query())), isTooSoon ? 429 : 200);
  });
  return app;
}
