import { describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { servePages } from '../../src/web/health.ts';
import { serveMetrics } from '../../src/web/metrics.ts';

const door = { host: '127.0.0.1', port: 0 };

describe('the health page', () => {
  it('is well while Discord is connected', async () => {
    await using server = await servePages(door, { isReady: () => true, meetings: () => 2 }, quiet);
    const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok', meetings: 2 });
  });

  it('is unwell while it is not', async () => {
    await using server = await servePages(door, { isReady: () => false, meetings: () => 0 }, quiet);
    const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    expect(answer.status).toBe(503);
  });

  it('does without when the port is taken', async () => {
    await using first = await servePages(door, { isReady: () => true, meetings: () => 0 }, quiet);
    const taken = { ...door, port: first.port ?? 0 };
    await using second = await servePages(taken, { isReady: () => true, meetings: () => 0 }, quiet);
    expect(second.port).toBeUndefined();
  });
});

describe('the figures for Prometheus', () => {
  it('count the running meetings', async () => {
    await using server = await serveMetrics(door, () => 3, quiet);
    const answer = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    expect(await answer.text()).toContain('parley_meetings 3');
  });

  it('are not on the port that is for everybody', async () => {
    await using server = await servePages(door, { isReady: () => true, meetings: () => 3 }, quiet);
    const answer = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });
});
