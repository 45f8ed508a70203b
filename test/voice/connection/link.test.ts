import { describe, expect, it } from 'vitest';
import { deadlineMs, joining, type LinkState, step } from '../../../src/voice/connection/link.ts';

const connected: LinkState = { kind: 'connected', sinceMs: 0, attempt: 0 };
const closed = (code: number) => ({ kind: 'closed', code }) as const;

describe('a link to a voice channel', () => {
  it('is connected once it is ready', () => {
    expect(step(joining(0), { kind: 'ready' }, 500)).toMatchObject({ kind: 'connected', sinceMs: 500 });
  });

  it.each([1006, 4000, 4004, 4006, 4009, 4011, 4021])('tries again after close code %i, but not at once', (code) => {
    const after = step(connected, closed(code), 20_000);
    expect(after.kind).toBe('backing off');
    expect(deadlineMs(after, () => 0.5)).toBeGreaterThan(100);
  });

  it('tries again, but not at once, after the voice server misbehaved', () => {
    const after = step(connected, { kind: 'broken' }, 20_000);
    expect(after).toMatchObject({
      kind: 'backing off',
      outage: { because: 'the voice server misbehaved' },
    });
    expect(deadlineMs(after, () => 0.5)).toBeGreaterThan(100);
  });

  it.each([4014, 4022])('waits for Discord after close code %i', (code) => {
    expect(step(connected, closed(code), 20_000).kind).toBe('waiting');
  });

  it.each([4012, 4016, 4017])('is lost at close code %i', (code) => {
    expect(step(connected, closed(code), 20_000)).toMatchObject({
      kind: 'lost',
      error: { code: 'encryption-unsupported' },
    });
  });

  it('waits at least a quarter of a minute when Discord limits connections', () => {
    const after = step(connected, closed(4021), 20_000);
    expect(deadlineMs(after, () => 0)).toBeGreaterThanOrEqual(15_000);
  });

  it('waits longer with each failure, up to half a minute', () => {
    let state: LinkState = connected;
    const delays: number[] = [];
    for (let i = 0; i < 8; i++) {
      state = step(state, closed(4006), 20_000);
      delays.push(deadlineMs(state, () => 1) ?? 0);
      state = step(state, { kind: 'due' }, 20_000);
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('goes on counting failures while connections do not hold', () => {
    const failed = step(connected, closed(4006), 20_000);
    const again = step(step(failed, { kind: 'due' }, 20_500), { kind: 'ready' }, 20_600);
    expect(step(again, closed(4006), 20_700)).toMatchObject({ kind: 'backing off', attempt: 2 });
  });

  it('counts anew after a connection that held', () => {
    const again: LinkState = { kind: 'connected', sinceMs: 0, attempt: 5 };
    expect(step(again, closed(4006), 60_000)).toMatchObject({ kind: 'backing off', attempt: 1 });
  });

  it('hears on while the voice gateway is resumed, and attempts anew when that takes too long', () => {
    const resuming = step(connected, { kind: 'resuming' }, 20_000);
    expect(resuming.kind).toBe('resuming');
    expect(step(resuming, { kind: 'due' }, 25_000)).toMatchObject({ kind: 'attempting' });
  });

  it('remembers since when nothing is heard', () => {
    const waiting = step(connected, { kind: 'server away' }, 20_000);
    const attempting = step(waiting, { kind: 'opened' }, 30_000);
    expect(step(attempting, closed(4006), 31_000)).toMatchObject({ outage: { sinceMs: 20_000 } });
  });

  it('is lost after three minutes of failures', () => {
    let state = step(connected, closed(4006), 20_000);
    state = step(state, { kind: 'due' }, 100_000);
    expect(step(state, closed(4006), 200_000)).toMatchObject({ kind: 'lost', error: { code: 'connection-lost' } });
  });

  it('is lost when Discord names no voice server within three minutes', () => {
    const waiting = step(connected, { kind: 'server away' }, 20_000);
    expect(deadlineMs(waiting, () => 1)).toBe(180_000);
    expect(step(waiting, { kind: 'due' }, 200_000)).toMatchObject({ kind: 'lost', error: { code: 'connection-lost' } });
  });

  it('goes on trying for three minutes', () => {
    const failed = step(connected, closed(4006), 20_000);
    const attempting = step(failed, { kind: 'due' }, 20_500);
    expect(step(attempting, closed(4006), 199_999)).toMatchObject({ kind: 'backing off', outage: { sinceMs: 20_000 } });
    expect(step(attempting, closed(4006), 200_000).kind).toBe('lost');
    expect(step(attempting, closed(4021), 200_000)).not.toHaveProperty('attempt');
  });

  it('begins with an attempt', () => {
    expect(joining(500)).toEqual({
      kind: 'attempting',
      attempt: 1,
      outage: { sinceMs: 500, because: 'Discord did not answer' },
    });
  });

  const outage = { sinceMs: 10_000, because: 'something else' };
  const attempting: LinkState = { kind: 'attempting', attempt: 3, outage };
  const backingOff: LinkState = { kind: 'backing off', attempt: 3, outage };
  const waiting: LinkState = { kind: 'waiting', outage };
  const resuming: LinkState = { kind: 'resuming', sinceMs: 0, attempt: 5 };
  const lost = step(connected, closed(4017), 0);
  const left: LinkState = { kind: 'left' };

  it.each<[string, LinkState, number | undefined]>([
    ['an attempt', attempting, 4_000],
    ['a resumption', resuming, 5_000],
    ['waiting for Discord', waiting, 180_000],
    ['a connection', connected, undefined],
    ['having lost it', lost, undefined],
    ['having left', left, undefined],
  ])('ends %s in time', (_, state, ms) => {
    expect(deadlineMs(state, () => 0.5)).toBe(ms);
  });

  it.each([
    [1, 0, 0],
    [1, 0.5, 500],
    [1, 1, 1_000],
    [5, 0.5, 8_000],
    [6, 0, 15_000],
    [6, 0.5, 22_500],
    [9, 1, 30_000],
  ])('backs off after failure %i, at random %d, for %i ms', (attempt, random, ms) => {
    expect(deadlineMs({ ...backingOff, attempt }, () => random)).toBe(ms);
  });

  it.each<[string, LinkState, Parameters<typeof step>[1]['kind'], Partial<LinkState>]>([
    ['left', connected, 'left', { kind: 'left' }],
    ['lost when our own client ended', attempting, 'client gone', { kind: 'lost' }],
    ['attempted again on another voice server', connected, 'opened', { kind: 'attempting', attempt: 1 }],
    ['attempted once Discord names a voice server', waiting, 'opened', { kind: 'attempting', attempt: 1 }],
    ['attempted again when the session was replaced', attempting, 'rejoin', { kind: 'attempting', attempt: 4 }],
    ['backed off while our own gateway is away', attempting, 'gateway away', { kind: 'backing off', attempt: 4 }],
    ['backed off after an attempt that took too long', attempting, 'due', { kind: 'backing off', attempt: 4 }],
    ['attempted once it has backed off', backingOff, 'due', { kind: 'attempting', attempt: 3 }],
    ['attempted when resuming took too long', resuming, 'due', { kind: 'attempting', attempt: 1 }],
    ['connected again after it was resumed', resuming, 'ready', { kind: 'connected', attempt: 0 }],
  ])('is %s', (_, state, kind, after) => {
    expect(step(state, { kind } as Parameters<typeof step>[1], 60_000)).toMatchObject(after);
  });

  it.each<[string, LinkState, 'ready' | 'resuming' | 'opened' | 'due']>([
    ['ready', connected, 'ready'],
    ['resuming', attempting, 'resuming'],
    ['opened', attempting, 'opened'],
    ['due', connected, 'due'],
  ])('stays as it is where %s means nothing', (_, state, kind) => {
    expect(step(state, { kind }, 60_000)).toBe(state);
  });

  it('counts failures from zero after exactly ten seconds', () => {
    const held: LinkState = { kind: 'connected', sinceMs: 1_000, attempt: 5 };
    expect(step(held, closed(4006), 10_999)).toMatchObject({ attempt: 6 });
    expect(step(held, closed(4006), 11_000)).toMatchObject({ attempt: 1 });
  });

  it('says why it was lost', () => {
    const away = step(connected, { kind: 'server away' }, 20_000);
    const message = 'Cannot hear the voice channel any more: Discord is changing the voice server';
    expect(step(away, { kind: 'due' }, 200_000)).toMatchObject({ error: { message } });
  });

  it('asks again when the gateway session was replaced', () => {
    expect(step(connected, { kind: 'rejoin' }, 20_000)).toMatchObject({ kind: 'attempting' });
  });

  it('stays left, and can be left after it was lost', () => {
    const lost = step(connected, closed(4017), 20_000);
    expect(step(lost, { kind: 'ready' }, 20_000)).toBe(lost);
    const left = step(lost, { kind: 'left' }, 20_000);
    expect(step(left, { kind: 'ready' }, 20_000)).toEqual({ kind: 'left' });
  });
});
