import { describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { servePages } from '../../src/web/health.ts';

const options = { host: '127.0.0.1', port: 0 };

describe('the health page', () => {
  it('answers 200 while Discord is connected', async () => {
    await using server = await servePages(options, { isReady: () => true, meetings: () => 2 }, quiet);
    const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok', meetings: 2 });
  });

  it('answers 503 while Discord is not connected', async () => {
    await using server = await servePages(options, { isReady: () => false, meetings: () => 0 }, quiet);
    const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    expect(answer.status).toBe(503);
  });

  it('is missing when the port is taken, and nothing fails', async () => {
    await using first = await servePages(options, { isReady: () => true, meetings: () => 0 }, quiet);
    const taken = { ...options, port: first.port ?? 0 };
    await using second = await servePages(taken, { isReady: () => true, meetings: () => 0 }, quiet);
    expect(second.port).toBeUndefined();
  });
});

describe('the metrics for Prometheus', () => {
  it('are not on the port of the public pages', async () => {
    await using server = await servePages(options, { isReady: () => true, meetings: () => 3 }, quiet);
    const answer = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });
});
