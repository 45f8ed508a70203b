import { describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { serveHealth } from '../../src/web/health.ts';

describe('the health page', () => {
  it('is well while Discord is connected', async () => {
    await using server = await serveHealth(0, { isReady: () => true, meetings: () => 2 }, quiet);
    const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok', meetings: 2 });
  });

  it('is unwell while it is not', async () => {
    await using server = await serveHealth(0, { isReady: () => false, meetings: () => 0 }, quiet);
    const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    expect(answer.status).toBe(503);
  });

  it('counts the running meetings for Prometheus', async () => {
    await using server = await serveHealth(0, { isReady: () => true, meetings: () => 3 }, quiet);
    const answer = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    expect(await answer.text()).toContain('parley_meetings 3');
  });

  it('does without when the port is taken', async () => {
    await using first = await serveHealth(0, { isReady: () => true, meetings: () => 0 }, quiet);
    await using second = await serveHealth(first.port ?? 0, { isReady: () => true, meetings: () => 0 }, quiet);
    expect(second.port).toBeUndefined();
  });
});
