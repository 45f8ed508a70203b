import { Hono } from 'hono';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { Pass } from '../../../src/core/ports/live-links.ts';
import type { Sessions } from '../../../src/core/ports/sessions.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import type { Pages } from '../../../src/web/server.ts';
import { SignInCookies } from '../../../src/web/sign-in/cookies.ts';
import { Door, type Member } from '../../../src/web/sign-in/door.ts';

afterEach(() => {
  vi.useRealTimers();
});

type Found<T> = T | 'unknown yet' | undefined;

/** Two processes that share a database, each with a door, and a meeting in server 1. */
async function twoDoors(change: Partial<Sessions> = {}) {
  const journal = await openJournal('sqlite://:memory:', quiet);
  onTestFinished(() => journal[Symbol.asyncDispose]());
  const guildOf = vi.fn(async (meetingId: string) => (meetingId === 'm1' ? '1' : undefined));
  const door = () => {
    const cookies = new SignInCookies('http://127.0.0.1');
    const whole: Sessions = journal.sessions;
    const sessions = {
      sessionOf: change.sessionOf ?? whole.sessionOf.bind(whole),
      whichLast: change.whichLast ?? whole.whichLast.bind(whole),
      end: whole.end.bind(whole),
    };
    const one = new Door({ sessions, cookies, guildOf, log: quiet });
    onTestFinished(() => one[Symbol.dispose]());
    return one;
  };
  /** Asks a door as a browser with this secret does. */
  const ask = async <T>(secret: string, look: (context: Parameters<Door['memberIn']>[0]) => Promise<T>): Promise<T> => {
    const { promise, resolve } = Promise.withResolvers<T>();
    const app: Pages = new Hono();
    app.get('/', async (context) => {
      resolve(await look(context));
      return context.body(null);
    });
    await app.request('/', { headers: { cookie: `session=${secret}` } }, {});
    return await promise;
  };
  const passOf = (one: Door, secret: string, meetingId = 'm1') =>
    ask<Found<Pass>>(secret, (context) => one.passOf(context, meetingId));
  const memberIn = (one: Door, secret: string) => ask<Found<Member>>(secret, (context) => one.memberIn(context));
  return { here: door(), there: door(), sessions: journal.sessions, guildOf, ask, passOf, memberIn };
}

function passed(found: Found<Pass>): Pass {
  return typeof found === 'object' ? found : expect.fail(`There is no pass: ${found}`);
}

describe('the door for members who have signed in', () => {
  it('gives a pass to meetings of the servers that they were in, and to no others', async () => {
    const { here, sessions, passOf } = await twoDoors();
    const inside = await sessions.begin('100', ['1']);
    const outside = await sessions.begin('200', ['2']);
    const pass = passed(await passOf(here, inside.secret));
    expect(pass.guest).toEqual({ guildId: '1', meetingId: 'm1', userId: '100' });
    expect(pass.untilMs).toBeGreaterThanOrEqual(inside.untilMs);
    expect(await passOf(here, outside.secret)).toBeUndefined();
    expect(await passOf(here, inside.secret, 'm2')).toBeUndefined();
    expect(await passOf(here, 'A'.repeat(43))).toBeUndefined();
  });

  it('ends what a session has open when its browser signs out, at once here and by the next check elsewhere', async () => {
    const { here, there, sessions, ask, passOf } = await twoDoors();
    const { secret } = await sessions.begin('100', ['1']);
    const other = await sessions.begin('100', ['1']);
    const [pass, elsewhere] = [passed(await passOf(here, secret)), passed(await passOf(there, secret))];
    const others = passed(await passOf(there, other.secret));
    await ask(secret, (context) => here.signOut(context));
    expect([pass.over.aborted, elsewhere.over.aborted]).toEqual([true, false]);
    expect(await passOf(there, secret)).toBeUndefined();
    await there.check();
    expect([elsewhere.over.aborted, others.over.aborted]).toEqual([true, false]);
  });

  it('looks every fifteen seconds for sessions that have ended elsewhere', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { here, sessions, passOf } = await twoDoors();
    const { secret } = await sessions.begin('100', ['1']);
    const pass = passed(await passOf(here, secret));
    await sessions.endAllOf('100');
    vi.advanceTimersByTime(15_000);
    await vi.waitFor(() => expect(pass.over.aborted).toBe(true));
  });

  it('keeps pages open while the database is away, and lets nobody in meanwhile', async () => {
    const away = { isAway: false };
    const { here, sessions, passOf, memberIn } = await twoDoors({
      sessionOf: async (secret) => {
        if (away.isAway) throw new Error('away');
        return await sessions.sessionOf(secret);
      },
      whichLast: async () => {
        throw new Error('away');
      },
    });
    const { secret } = await sessions.begin('100', ['1']);
    const pass = passed(await passOf(here, secret));
    away.isAway = true;
    await here.check();
    expect(pass.over.aborted).toBe(false);
    expect([await passOf(here, secret), await memberIn(here, secret)]).toEqual(['unknown yet', 'unknown yet']);
  });

  it('ends what is open when the process ends', async () => {
    const { here, sessions, passOf } = await twoDoors();
    const { secret } = await sessions.begin('100', ['1']);
    const pass = passed(await passOf(here, secret));
    here[Symbol.dispose]();
    expect(pass.over.aborted).toBe(true);
  });

  it('counts the visits of all meetings of a session together, and not those of others', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { here, sessions, passOf, memberIn } = await twoDoors();
    const { secret } = await sessions.begin('100', ['1']);
    const other = await sessions.begin('200', ['1']);
    for (let n = 0; n < 30; n++) expect(passed(await passOf(here, secret)).visit()).toBe(true);
    const member = await memberIn(here, secret);
    expect(typeof member === 'object' && member.visit()).toBe(false);
    expect(passed(await passOf(here, other.secret)).visit()).toBe(true);
  });

  it('no longer looks for meetings when a member asks for too many that are not theirs', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { here, sessions, guildOf, passOf } = await twoDoors();
    const { secret } = await sessions.begin('100', ['1']);
    for (let n = 0; n < 40; n++) await passOf(here, secret, `guess-${n}`);
    expect(guildOf).toHaveBeenCalledTimes(30);
  });
});
