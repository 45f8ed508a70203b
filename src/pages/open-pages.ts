import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Log } from '../core/log.ts';
import type { Archive } from '../core/ports/archive.ts';
import type { Sessions } from '../core/ports/sessions.ts';
import type { Settings } from '../core/ports/settings.ts';
import type { LiveParts } from '../web/live/pages.ts';
import type { Pages } from '../web/server.ts';
import type { ProgramWishes } from './program-pages.ts';

/** What signing in needs besides. */
export interface SignInWishes {
  readonly token: string; // of the bot
  readonly clientSecret: string;
  readonly apiUrl: string;
  readonly authorizeUrl: string;
  readonly publicUrl: string;
  readonly archive: Archive;
  readonly sessions: Sessions;
  readonly settings: Pick<Settings, 'guild'>;
  readonly log: Log;
}

interface OpenPages extends Disposable {
  readonly app: Pages;
  /** How many live pages are open. */
  readonly open: number;
}

/**
 * Opens the pages for people: those of meetings, and where members can sign in also those of theirs; and what programs
 * ask. Everything is loaded only here,
 * where people can reach it.
 */
export async function openPages(
  parts: LiveParts,
  wishes: SignInWishes | undefined,
  programs: ProgramWishes | undefined,
): Promise<OpenPages> {
  const { LivePages } = await import('../web/live/pages.ts');
  using opening = new DisposableStack();
  const signIn = wishes && (await signInOf(wishes));
  if (signIn) opening.use(signIn.door);
  const live = opening.use(new LivePages({ ...parts, ...(signIn && { members: signIn.door }) }));
  const app: Pages = new Hono();
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    parts.log.warn({ err: error }, 'A page failed');
    return context.body(null, 503);
  });
  app.route('/', live.app);
  if (signIn)
    app.route(
      '/',
      signIn.app((guest) => live.verdictFor(guest)),
    );
  if (programs) {
    const { programPages } = await import('./program-pages.ts');
    app.route('/', programPages(programs));
  }
  const opened = opening.move();
  return {
    app,
    get open() {
      return live.open;
    },
    [Symbol.dispose]: () => opened.dispose(),
  };
}

async function signInOf({ archive, sessions, settings, publicUrl, log, ...discord }: SignInWishes) {
  const { DiscordSignIn } = await import('../discord/sign-in/discord-sign-in.ts');
  const { SignInCookies } = await import('../web/sign-in/cookies.ts');
  const { Door } = await import('../web/sign-in/door.ts');
  const { memberPages } = await import('../web/sign-in/meetings.ts');
  const { signInPages } = await import('../web/sign-in/pages.ts');
  const address = publicUrl.replace(/\/+$/, '');
  const signIn = new DiscordSignIn({ ...discord, redirectUri: `${address}/sign-in/back`, log });
  void signIn.check();
  const cookies = new SignInCookies(publicUrl);
  const guildOf = async (meetingId: string) => (await archive.head(meetingId))?.guildId;
  const door = new Door({ sessions, cookies, guildOf, log });
  const timeZoneOf = async (guildId: string) => (await settings.guild(guildId)).timeZone;
  const glossaryOf = async (guildId: string) => (await settings.guild(guildId)).glossary ?? [];
  return {
    door,
    app(verdictFor: Parameters<typeof memberPages>[0]['verdictFor']): Pages {
      const app: Pages = new Hono();
      app.route('/', signInPages({ signIn, sessions, cookies, door, publicUrl, log }));
      return app.route('/', memberPages({ door, archive, verdictFor, timeZoneOf, glossaryOf, log }));
    },
  };
}
