import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { noteAccess } from '../../core/access-log.ts';
import type { Outcome, SignIn } from '../../core/live/sign-in.ts';
import type { Log } from '../../core/log.ts';
import type { Sessions } from '../../core/ports/sessions.ts';
import { wordsFor } from '../../i18n/words.ts';
import { localeOf } from '../locale.ts';
import type { PageContext, Pages } from '../server.ts';
import { destinationIn, type SignInCookies } from './cookies.ts';
import type { Door } from './door.ts';
import { sentencePage, signInLink } from './frame.ts';

interface SignInParts {
  readonly signIn: SignIn;
  readonly sessions: Pick<Sessions, 'begin'>;
  readonly cookies: SignInCookies;
  readonly door: Door;
  readonly publicUrl: string; // where people reach our pages
  readonly log: Log;
}

const GET_ALONE = { Allow: 'GET' };
const PHRASES = { cancelled: 'signIn.cancelled', refused: 'signIn.refused', away: 'signIn.away' } as const;
const STATUS = { cancelled: 200, refused: 400, away: 503 } as const;

/** Sends members to Discord to say who they are, and takes them back. All addresses are relative, as a proxy may have put a path before ours. */
export function signInPages(parts: SignInParts): Pages {
  const { signIn, cookies, door } = parts;
  const app: Pages = new Hono();
  app
    .get('/sign-in', async (context) => {
      if (context.req.method !== 'GET') return context.body(null, 405, GET_ALONE);
      const begun = await signIn.begin();
      if (begun === 'away') return failure(context, 'away', '.');
      cookies.keepAttempt(context, { ...begun.attempt, ...destinationIn(context) });
      return context.redirect(begun.address, 303);
    })
    .get('/sign-in/back', async (context) => {
      if (context.req.method !== 'GET') return context.body(null, 405, GET_ALONE); // a code is worth something once
      return await comeBack(context, parts);
    })
    // Only our own pages may sign somebody out.
    .post('/sign-out', csrf({ origin: new URL(parts.publicUrl).origin }), async (context) => {
      await door.signOut(context);
      cookies.dropSession(context);
      return context.redirect('./meetings', 303);
    });
  return app;
}

/** Nobody comes back but whoever we sent: another site that leads here with somebody's code has not set the cookie. */
async function comeBack(
  context: PageContext,
  { signIn, sessions, cookies, door, log }: SignInParts,
): Promise<Response> {
  const attempt = cookies.attemptIn(context);
  cookies.dropAttempt(context);
  const outcome = attempt ? await signIn.finish(new URL(context.req.url).searchParams, attempt) : 'refused';
  if (typeof outcome !== 'object') {
    if (outcome === 'refused') context.env.key = 'wrong'; // each makes us ask Discord
    return failure(context, outcome, '..');
  }
  await door.signOut(context); // whoever used this browser before
  const session = await sessions.begin(outcome.userId, outcome.guildIds);
  cookies.keepSession(context, session);
  noteAccess(log, { what: 'sign-in', outcome: 'allowed', userId: outcome.userId });
  const to = attempt?.to;
  return context.redirect(to === undefined ? '../meetings' : `../live/${encodeURIComponent(to)}`, 303);
}

async function failure(context: PageContext, why: Exclude<Outcome, object>, root: '.' | '..'): Promise<Response> {
  const words = wordsFor(localeOf(context));
  const page = sentencePage(words.t('signIn.failed'), words.t(PHRASES[why]), words, signInLink(words, root), root);
  return await context.html(page, STATUS[why]);
}
