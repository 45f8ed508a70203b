import { describe, expect, it, vi } from 'vitest';
import { LogBook } from '../support/log-book.ts';
import { follow } from '../web/live/support/served.ts';
import { club } from './support/club.ts';

describe('signing in', () => {
  it('sends a member to Discord with a state and the hash of a secret, and takes them back to their meetings', async () => {
    const log = new LogBook();
    const { discord, visitor, ana, guild, second, journal, origin } = await club({ log });
    const browser = visitor();
    const answer = await browser.go('/sign-in');
    const sent = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, sent.origin + sent.pathname]).toEqual([303, discord.authorizeUrl]);
    expect(Object.fromEntries(sent.searchParams)).toEqual({
      ...{ response_type: 'code', client_id: discord.world.application.id, scope: 'identify guilds' },
      ...{ redirect_uri: `${origin}/sign-in/back`, state: expect.stringMatching(/^[\w-]{43}$/) },
      ...{ code_challenge: expect.stringMatching(/^[\w-]{43}$/), code_challenge_method: 'S256' },
    });
    const back = discord.decideOn(sent.href, ana);
    const arrived = await browser.go(back);
    expect([arrived.status, arrived.headers.get('location')]).toEqual([303, '../meetings']);
    const [dropped, kept] = arrived.headers.getSetCookie();
    expect(dropped).toMatch(/^signing-in=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(kept).toMatch(/^session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    const session = await journal.sessions.sessionOf(browser.cookies.get('session') ?? '');
    expect(session).toMatchObject({ userId: ana.id, guildIds: [guild.id, second.id] });
    // Discord's token was given back, and nothing of it is in the log.
    expect(discord.world.application.grants.working).toEqual([]);
    const code = new URL(back).searchParams.get('code') ?? '-';
    for (const secret of [code, sent.searchParams.get('state') ?? '-', discord.world.application.clientSecret]) {
      expect(log.entries.join('\n')).not.toContain(secret);
    }
    expect(log.entries.join('\n')).toContain('"access":"sign-in","outcome":"allowed"');
    expect(discord.violations).toEqual([]);
  });

  it('takes them to the meeting that they came from, and never to another site', async () => {
    const { visitor, ana } = await club();
    const to = async (path: string) => (await visitor().signIn(ana, path)).headers.get('location');
    expect(await to('/sign-in?to=meeting-1')).toBe('../live/meeting-1');
    expect(await to('/sign-in?to=//evil.example')).toBe('../meetings');
    expect(await to('/sign-in?to=https:evil.example')).toBe('../meetings');
    expect(await to('/sign-in?to=..')).toBe('../meetings');
  });

  it('does nothing when somebody presses Cancel at Discord', async () => {
    const { visitor } = await club();
    const browser = visitor();
    const answer = await browser.go(await browser.leaveForDiscord());
    expect([answer.status, browser.cookie]).toEqual([200, '']);
    expect(await answer.text()).toContain('You did not let Discord tell me who you are.');
  });

  it('refuses whoever comes back in another browser: nobody is signed in as somebody else by a link', async () => {
    const { discord, visitor, ana, ben } = await club();
    const attacker = await visitor().leaveForDiscord(ben);
    const victim = visitor();
    expect((await victim.go(attacker)).status).toBe(400); // who never went to sign in
    await victim.leaveForDiscord(ana);
    expect((await victim.go(attacker)).status).toBe(400); // who is just doing so: the state is another
    expect(victim.cookie).toBe('');
    expect(discord.rest.seen.filter(({ route }) => route.includes('token'))).toEqual([]); // Discord was not even asked
  });

  it.each([
    ['without a state', (back: URL) => back.searchParams.delete('state')],
    ['with two states', (back: URL) => back.searchParams.append('state', back.searchParams.get('state') ?? '')],
    ['without a code', (back: URL) => back.searchParams.delete('code')],
    ['from another issuer', (back: URL) => back.searchParams.set('iss', 'https://evil.example')],
    ['with an invented code', (back: URL) => back.searchParams.set('code', 'invented')],
  ])('refuses whoever comes back %s', async (_, change) => {
    const { visitor, ana } = await club();
    const browser = visitor();
    const back = new URL(await browser.leaveForDiscord(ana));
    change(back);
    expect((await browser.go(back.href)).status).toBe(400);
    expect(browser.cookie).toBe('');
  });

  it('takes an address once, also from a browser that keeps its cookies', async () => {
    const { visitor, ana, journal } = await club();
    const browser = visitor();
    const back = await browser.leaveForDiscord(ana);
    const { cookie } = browser;
    expect((await browser.go(back)).status).toBe(303);
    expect((await browser.go(back, { headers: { cookie } })).status).toBe(400);
    expect(await journal.sessions.countOf(ana.id)).toBe(1);
  });

  it('is refused by Discord for a code that another attempt has got', async () => {
    const { visitor, ana } = await club();
    const [browser, other] = [visitor(), visitor()];
    const stolen = new URL(await other.leaveForDiscord(ana)).searchParams.get('code') ?? '';
    const back = new URL(await browser.leaveForDiscord(ana));
    back.searchParams.set('code', stolen); // the state is right, the secret behind the code is not
    expect((await browser.go(back.href)).status).toBe(400);
  });

  it('is refused when somebody has left out a right from the address', async () => {
    const { discord, visitor, ana } = await club();
    const browser = visitor();
    const sent = new URL((await browser.go('/sign-in')).headers.get('location') ?? '');
    sent.searchParams.set('scope', 'identify');
    expect((await browser.go(discord.decideOn(sent.href, ana))).status).toBe(400);
    expect(discord.world.application.grants.working).toEqual([]);
    expect(discord.rest.seen.some(({ status }) => status === 401)).toBe(false);
  });

  it('gives the browser a new session each time, and ends the one before', async () => {
    const { visitor, ana, ben, journal } = await club();
    const browser = visitor();
    await browser.signIn(ana);
    const first = browser.cookies.get('session') ?? '';
    await browser.signIn(ben);
    const second = browser.cookies.get('session') ?? '';
    expect(second).not.toBe(first);
    expect(await journal.sessions.sessionOf(first)).toBeUndefined();
    expect(await journal.sessions.sessionOf(second)).toMatchObject({ userId: ben.id });
  });

  it('takes no session from a browser that brings its own', async () => {
    const { visitor, ana, journal } = await club();
    const browser = visitor();
    browser.cookies.set('session', 'A'.repeat(43));
    await browser.signIn(ana);
    expect(browser.cookies.get('session')).not.toBe('A'.repeat(43));
    expect(await journal.sessions.sessionOf('A'.repeat(43))).toBeUndefined();
  });

  it('says so when Discord does not answer, and works again afterwards', async () => {
    const { discord, visitor, ana } = await club();
    const browser = visitor();
    const back = await browser.leaveForDiscord(ana);
    discord.rest.failNext({ method: 'POST', path: '/oauth2/token', with: { status: 503 } });
    const answer = await browser.go(back);
    expect([answer.status, browser.cookie]).toEqual([503, '']);
    expect(await answer.text()).toContain('Discord is not answering just now.');
    expect((await browser.signIn(ana)).status).toBe(303);
  });

  it('leaves Discord alone for a while after it has refused the secret, and says in the log what to do', async () => {
    const log = new LogBook();
    const { discord, visitor, ana } = await club({ log, clientSecret: 'wrong' });
    for (let n = 0; n < 3; n++) expect((await visitor().signIn(ana)).status).toBe(503);
    expect(discord.rest.seen.filter(({ status }) => status === 401)).toHaveLength(1);
    expect(log.entries.filter((entry) => entry.includes('Discord refuses DISCORD_CLIENT_SECRET'))).toHaveLength(1);
    expect(log.entries.join('\n')).not.toContain('"wrong"');
  });

  it('warns whoever runs the bot that Discord does not know the way back', async () => {
    const log = new LogBook();
    const { discord, visitor, origin } = await club({ log });
    expect(log.entries.join('\n')).not.toContain('Nobody can sign in yet');
    discord.world.application.redirectUris.splice(0);
    await visitor().go('/meetings');
    const { DiscordSignIn } = await import('../../src/discord/sign-in/discord-sign-in.ts');
    const { token, apiUrl, authorizeUrl } = discord;
    const redirectUri = `${origin}/sign-in/back`;
    await new DiscordSignIn({ token, apiUrl, authorizeUrl, clientSecret: 'x', redirectUri, log }).check();
    expect(log.entries.join('\n')).toContain('Nobody can sign in yet: add this redirect');
  });

  it('asks Discord nothing for a HEAD: what looks at links in chats would use up the code', async () => {
    const { discord, visitor, ana } = await club();
    const browser = visitor();
    const back = await browser.leaveForDiscord(ana);
    expect((await browser.go(back, { method: 'HEAD' })).status).toBe(405);
    expect(discord.rest.seen.some(({ route }) => route.includes('token'))).toBe(false);
    expect((await browser.go(back)).status).toBe(303);
  });

  it('is not there without a client secret', async () => {
    const { visitor, guild } = await club({ hasSignIn: false });
    const browser = visitor();
    for (const path of ['/sign-in', '/sign-in/back?code=x&state=y', '/meetings']) {
      expect((await browser.go(path)).status).toBe(404);
    }
    expect((await browser.post('/sign-out')).status).toBe(404);
    expect(await browser.text(`/live/${guild.id}`)).not.toContain('Sign in');
  });
});

describe('signing out', () => {
  it('ends the session, in the database and in the browser', async () => {
    const { visitor, ana, journal } = await club();
    const browser = visitor();
    await browser.signIn(ana);
    const secret = browser.cookies.get('session') ?? '';
    expect(await browser.text('/meetings')).toContain('Sign out');
    const answer = await browser.post('/sign-out');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, './meetings']);
    expect(browser.cookie).toBe('');
    expect(await journal.sessions.sessionOf(secret)).toBeUndefined();
    browser.cookies.set('session', secret);
    expect(await browser.text('/meetings')).toContain('Sign in with Discord');
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another site, as browsers say it', { 'sec-fetch-site': 'cross-site' }],
    ['a page without an origin', { origin: 'null' }],
    ['nobody knows whom', {}],
  ])('is not possible for %s', async (_, headers) => {
    const { visitor, ana, journal } = await club();
    const browser = visitor();
    await browser.signIn(ana);
    expect((await browser.post('/sign-out', headers)).status).toBe(403);
    expect(await journal.sessions.countOf(ana.id)).toBe(1);
  });

  it('takes no link: an address in a message cannot sign anybody out', async () => {
    const { visitor, ana, journal } = await club();
    const browser = visitor();
    await browser.signIn(ana);
    expect((await browser.go('/sign-out')).status).toBe(404);
    expect(await journal.sessions.countOf(ana.id)).toBe(1);
  });

  it('ends the live pages that the browser has open', async () => {
    const { visitor, ana, meeting, channel, origin } = await club();
    const { id } = await meeting(channel('general'), 'Weekly', { isRunning: true });
    const browser = visitor();
    await browser.signIn(ana);
    const page = await follow(`${origin}/live/${id}/lines`, browser.cookie);
    await page.seen('Words of Weekly');
    await browser.post('/sign-out');
    await page.ended;
    expect(page.events.at(-1)?.event).toBe('closed');
  });
});

describe('a session', () => {
  it('is worth nothing when it is over, unknown or malformed', async () => {
    const { visitor, ana } = await club();
    const browser = visitor();
    await browser.signIn(ana);
    const secret = browser.cookies.get('session') ?? '';
    for (const wrong of ['A'.repeat(43), 'x', `${secret}x`, '']) {
      browser.cookies.set('session', wrong);
      expect(await browser.text('/meetings')).toContain('Sign in with Discord');
    }
    browser.cookies.set('session', secret);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 8 * 24 * 60 * 60_000 });
    try {
      expect(await browser.text('/meetings')).toContain('Sign in with Discord');
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets a member ask for what is not theirs without counting it as a guess of a key', async () => {
    const { visitor, ana } = await club();
    const browser = visitor();
    await browser.signIn(ana);
    const from = { 'x-forwarded-for': '203.0.113.7' };
    for (let n = 0; n < 40; n++) {
      expect((await browser.go(`/live/unknown-${n}`, { headers: { ...from, cookie: browser.cookie } })).status).toBe(
        404,
      );
    }
    const stranger = visitor();
    stranger.cookies.set('session', 'A'.repeat(43));
    const ask = () => stranger.go('/meetings', { headers: { ...from, cookie: stranger.cookie } });
    for (let n = 0; n < 30; n++) expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(429);
  });
});
