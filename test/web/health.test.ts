import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { Health, type Standing, servePages } from '../../src/web/health.ts';
import type { Pages } from '../../src/web/server.ts';

const options = { host: '127.0.0.1', port: 0 };
const running = { isReady: () => true, meetings: () => 0 };

async function served(health: Health) {
  const server = await servePages(options, health, quiet);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    ask: (path: string) => fetch(`${url}${path}`),
    /** The status and the word that a probe is given. */
    async probe(path: string): Promise<[number, unknown]> {
      const answer = await fetch(`${url}${path}`);
      const body: unknown = await answer.json();
      return [answer.status, body instanceof Object && 'status' in body && body.status];
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe('the health page', () => {
  it('answers 200 while Discord is connected', async () => {
    const health = new Health();
    health.begin({ isReady: () => true, meetings: () => 2 });
    await using server = await served(health);
    const answer = await server.ask('/healthz');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok', meetings: 2 });
  });

  it('answers 503 while Discord is not connected, and before the bot has started', async () => {
    const health = new Health();
    await using server = await served(health);
    expect(await server.probe('/healthz')).toEqual([503, 'not connected to Discord']);
    health.begin({ isReady: () => false, meetings: () => 0 });
    expect(await server.probe('/healthz')).toEqual([503, 'not connected to Discord']);
  });

  it('is missing when the port is taken, and nothing fails', async () => {
    await using first = await servePages(options, new Health(), quiet);
    const taken = { ...options, port: first.port ?? 0 };
    await using second = await servePages(taken, new Health(), quiet);
    expect(second.port).toBeUndefined();
  });

  it('does not show metrics', async () => {
    const health = new Health();
    health.begin(running);
    await using server = await served(health);
    const answer = await server.ask('/metrics');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });
});

describe('the probe /livez', () => {
  it('answers 200 from the start, and while Discord is away', async () => {
    const health = new Health();
    await using server = await served(health);
    expect(await server.probe('/livez')).toEqual([200, 'ok']);
    health.begin({ isReady: () => false, meetings: () => 0 });
    expect(await server.probe('/livez')).toEqual([200, 'ok']);
    health.drain();
    expect(await server.probe('/livez')).toEqual([200, 'ok']);
  });

  it('answers 503 when only another start can help', async () => {
    const health = new Health();
    let isSound = true;
    health.watchSoundness(() => isSound);
    await using server = await served(health);
    expect(await server.probe('/livez')).toEqual([200, 'ok']);
    isSound = false;
    expect(await server.probe('/livez')).toEqual([503, 'stuck']);
  });
});

describe('the probe /readyz', () => {
  it.each<[Standing, number]>([
    ['starting', 503],
    ['serving', 200],
    ['standing by', 200],
    ['draining', 503],
  ])('says of a process that is %s: %i', async (standing, status) => {
    const health = new Health();
    health.begin({ ...running, standing: () => standing });
    await using server = await served(health);
    expect(await server.probe('/readyz')).toEqual([status, standing]);
  });

  it('answers 503 until the bot has started, and again as soon as it drains', async () => {
    const health = new Health();
    await using server = await served(health);
    expect(await server.probe('/readyz')).toEqual([503, 'starting']);
    health.begin(running);
    expect(await server.probe('/readyz')).toEqual([200, 'serving']);
    health.drain();
    expect(await server.probe('/readyz')).toEqual([503, 'draining']);
  });

  it('answers 200 while Discord is away: no update has to wait for it, and readers can still read', async () => {
    const health = new Health();
    health.begin({ isReady: () => false, meetings: () => 0 });
    await using server = await served(health);
    expect(await server.probe('/readyz')).toEqual([200, 'serving']);
  });
});

describe('the other pages', () => {
  it('break the connection until the bot has started, as browsers then try again', async () => {
    const live: Pages = new Hono();
    live.get('/live/:meeting', (context) => context.text(context.req.param('meeting')));
    const health = new Health();
    await using server = await served(health);
    await expect(server.ask('/live/m1')).rejects.toThrow('fetch failed');
    health.begin(running, live);
    const answer = await server.ask('/live/m1');
    expect([answer.status, await answer.text()]).toEqual([200, 'm1']);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
