import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { SignInCookies } from '../../../src/web/sign-in/cookies.ts';

const ATTEMPT = { state: 's'.repeat(43), verifier: 'v'.repeat(43) };

/** Sets all cookies, and says what it reads of those that the browser brings. */
function siteAt(publicUrl: string) {
  const cookies = new SignInCookies(publicUrl);
  const app = new Hono();
  app.get('/set', (context) => {
    const latestMs = Date.now() + 60_000;
    const session = { key: 'k', userId: '1', guildIds: [], untilMs: latestMs, latestMs };
    cookies.keepSession(context, { ...session, secret: 'x'.repeat(43) });
    cookies.keepAttempt(context, { ...ATTEMPT, to: 'm1' });
    return context.body(null);
  });
  app.get('/drop', (context) => {
    cookies.dropSession(context);
    cookies.dropAttempt(context);
    return context.body(null);
  });
  app.get('/read', (context) =>
    context.json({ session: cookies.sessionIn(context) ?? null, attempt: cookies.attemptIn(context) ?? null }),
  );
  const lines = async (path: string) => (await app.request(path)).headers.getSetCookie();
  const read = async (cookie: string) => await (await app.request('/read', { headers: { cookie } })).json();
  return { lines, read };
}

describe('the cookies of members who sign in', () => {
  it('are bound to this host and to TLS, hidden from scripts, and do not come with the forms of other sites', async () => {
    const { lines } = siteAt('https://parley.example.org');
    expect(await lines('/set')).toEqual([
      `__Host-session=${'x'.repeat(43)}; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax`,
      `__Host-signing-in=${ATTEMPT.state}.${ATTEMPT.verifier}.m1; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax`,
    ]);
  });

  it('come without TLS where the pages do, which is on this machine alone', async () => {
    const { lines } = siteAt('http://localhost:8080');
    expect(await lines('/set')).toEqual([
      `session=${'x'.repeat(43)}; Max-Age=60; Path=/; HttpOnly; SameSite=Lax`,
      `signing-in=${ATTEMPT.state}.${ATTEMPT.verifier}.m1; Max-Age=600; Path=/; HttpOnly; SameSite=Lax`,
    ]);
  });

  it.each(['https://parley.example.org', 'http://localhost:8080'])(
    'are dropped as they were set, at %s',
    async (url) => {
      const { lines } = siteAt(url);
      const bare = (line: string) => line.replace(/=[^;]*; Max-Age=\d+/, '');
      expect((await lines('/drop')).map(bare)).toEqual((await lines('/set')).map(bare));
      for (const line of await lines('/drop')) expect(line).toMatch(/^[\w-]+=; Max-Age=0;/);
    },
  );

  it('are read back, and only by their own names', async () => {
    const { lines, read } = siteAt('https://parley.example.org');
    const kept = (await lines('/set')).map((line) => line.split(';')[0]).join('; ');
    expect(await read(kept)).toEqual({ session: 'x'.repeat(43), attempt: { ...ATTEMPT, to: 'm1' } });
    // A page of another host of the domain can set a cookie without the prefix: it counts for nothing.
    expect(await read(kept.replaceAll('__Host-', ''))).toEqual({ session: null, attempt: null });
  });

  it.each([
    ['session=', { session: 'malformed', attempt: null }],
    ['session=short', { session: 'malformed', attempt: null }],
    [`session=${'x'.repeat(44)}`, { session: 'malformed', attempt: null }],
    [`signing-in=${ATTEMPT.state}`, { session: null, attempt: null }],
    [`signing-in=${ATTEMPT.state}.${ATTEMPT.verifier}.//evil`, { session: null, attempt: null }],
    [`signing-in=${ATTEMPT.state}.${ATTEMPT.verifier}.`, { session: null, attempt: ATTEMPT }],
  ])('are not believed when they are malformed: %s', async (cookie, expected) => {
    expect(await siteAt('http://localhost').read(cookie)).toEqual(expected);
  });
});
