import { DefaultRestOptions, REST, Routes } from 'discord.js';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Importance } from '../../../src/core/ports/shared-limits.ts';
import { OwnLimits } from '../../../src/discord/limits/own-limits.ts';
import { SharedRequests } from '../../../src/discord/limits/requests.ts';
import { startDiscord } from '../../simulators/discord/index.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
});

/** Takes as many as there are. @returns how many that was, and how long the next one would have to wait */
async function drain(limits: OwnLimits, importance: Importance, of: 'token' | 'address' = 'token') {
  for (let taken = 0; ; taken += 1) {
    const { isGranted, waitMs } = await limits.takeRequest(of, importance);
    if (!isGranted) return { taken, waitMs };
  }
}

describe('the requests of a process of its own', () => {
  it('are fifty a second at most together, whichever of its REST clients sends them', async () => {
    vi.useRealTimers();
    const discord = await startDiscord();
    onTestFinished(() => discord.close());
    const text = discord.addGuild({ name: 'Office' }).addTextChannel('meeting');
    const { through } = new SharedRequests(new OwnLimits(), { answered: () => {}, waited: () => {} });
    const makeRequest = through(DefaultRestOptions.makeRequest);
    const clients = [1, 2, 3].map(() =>
      new REST({ api: discord.apiUrl, makeRequest, globalRequestsPerSecond: Number.POSITIVE_INFINITY }).setToken(
        discord.token,
      ),
    );
    const asked = clients.flatMap((rest) => Array.from({ length: 25 }, () => rest.get(Routes.channel(text.id))));
    await Promise.all(asked);
    expect(discord.rest.limits.global.counts.get('token')).toMatchObject({ accepted: 75, refused: 0 });
  });
});

describe('the limits of a process of its own', () => {
  it('never let more than fifty requests go within a second, whenever the second begins', async () => {
    const limits = new OwnLimits();
    const wentMs: number[] = [];
    for (let ms = 0; ms < 5_000; ms += 7) {
      if ((await limits.takeRequest('token', 'must go')).isGranted) wentMs.push(ms);
      vi.advanceTimersByTime(7);
    }
    const most = Math.max(...wentMs.map((from) => wentMs.filter((ms) => ms >= from && ms < from + 1_000).length));
    expect(most).toBeLessThanOrEqual(50);
    expect(wentMs.length / 5).toBeGreaterThan(44);
  });

  it('leave some of the second to what must go', async () => {
    const limits = new OwnLimits();
    const waiting = await drain(limits, 'may wait');
    const going = await drain(limits, 'must go');
    expect(waiting.taken).toBeGreaterThan(20);
    expect(going.taken).toBeGreaterThan(10);
    expect(waiting.taken + going.taken).toBeLessThanOrEqual(50);
  });

  it('say when there is room again', async () => {
    const limits = new OwnLimits();
    await drain(limits, 'must go');
    const { waitMs } = await limits.takeRequest('token', 'must go');
    vi.advanceTimersByTime(waitMs - 1);
    expect(await limits.takeRequest('token', 'must go')).toMatchObject({ isGranted: false });
    vi.advanceTimersByTime(1);
    expect(await limits.takeRequest('token', 'must go')).toMatchObject({ isGranted: true });
  });

  it('count requests of the token and of the address apart', async () => {
    const limits = new OwnLimits();
    await drain(limits, 'must go');
    expect((await drain(limits, 'must go', 'address')).taken).toBeGreaterThan(40);
  });

  it('let nothing go while Discord refuses everything', async () => {
    const limits = new OwnLimits();
    await limits.blockRequests('token', 700);
    expect(await limits.takeRequest('token', 'must go')).toEqual({ isGranted: false, free: 0, waitMs: 700 });
    vi.advanceTimersByTime(700);
    expect(await limits.takeRequest('token', 'must go')).toMatchObject({ isGranted: true });
  });

  it('tell how much of the second is left', async () => {
    const limits = new OwnLimits();
    const { free } = await limits.takeRequest('token', 'must go');
    expect(free).toBeGreaterThan(0.9);
    for (let i = 0; i < 24; i += 1) await limits.takeRequest('token', 'must go');
    expect((await limits.takeRequest('token', 'must go')).free).toBeCloseTo(0.45, 1);
  });
});
