import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { MeteredMeeting } from '../../../src/core/ports/live-meetings.ts';
import { MeetingMeter } from '../../../src/core/usage/meeting-meter.ts';
import { Budget } from '../../../src/core/usage/usage.ts';
import { makeHead } from '../../support/make.ts';
import { MemoryJournal } from '../../support/ports.ts';

const MINUTE_MS = 60_000;

function aBudget(minutes?: number) {
  const book = new MemoryJournal();
  const clock = { now: new Date('2026-11-23T12:00:00Z') };
  const limitMs = minutes === undefined ? undefined : minutes * MINUTE_MS;
  const open = () => new Budget(book, limitMs, () => clock.now);
  return { book, clock, open, budget: open() };
}

describe('a server’s budget', () => {
  it.each([
    [undefined, 1_000_000, 'within'],
    [100, 0, 'within'],
    [100, 79.9, 'within'],
    [100, 80, 'nearly used up'],
    [100, 99.9, 'nearly used up'],
    [100, 100, 'used up'],
    [100, 5_000, 'used up'],
  ] as const)('of %s minutes, of which %s are used: %s', async (limit, used, standing) => {
    const { budget } = aBudget(limit);
    expect(await budget.add('1', 'meetings', used * MINUTE_MS)).toBe(standing);
    expect(await budget.standing('1')).toBe(standing);
  });

  it('counts meetings and files together, and is known again after a restart', async () => {
    const { budget, open } = aBudget(100);
    await budget.add('1', 'meetings', 50 * MINUTE_MS);
    expect(await budget.add('1', 'files', 50 * MINUTE_MS)).toBe('used up');
    expect(await open().standing('1')).toBe('used up');
  });

  it('begins anew with the month, in UTC', async () => {
    const { budget, clock } = aBudget(100);
    clock.now = new Date('2026-11-30T23:59:59Z');
    await budget.add('1', 'meetings', 100 * MINUTE_MS);
    clock.now = new Date('2026-12-01T00:00:00Z');
    expect(await budget.standing('1')).toBe('within');
    expect(await budget.thisMonth('1')).toEqual({ today: '2026-12-01', days: [] });
  });

  it('adds up all that a server used this month', async () => {
    const { book, budget } = aBudget(100);
    for (const sentMs of [30, 20, 30]) book.uses.push({ day: '2026-11-05', kind: 'files', sentMs: sentMs * MINUTE_MS });
    expect(await budget.standing('1')).toBe('nearly used up');
  });

  it('is asked for again after it could not be read', async () => {
    const { book, budget } = aBudget(100);
    book.isBroken = true;
    await expect(budget.standing('1')).rejects.toThrow();
    book.isBroken = false;
    expect(await budget.standing('1')).toBe('within');
  });

  it('counts by the calendar of today', async () => {
    const budget = new Budget(new MemoryJournal(), undefined);
    expect((await budget.thisMonth('1')).today).toBe(new Date().toISOString().slice(0, 10));
  });

  it('does not lose what is counted at the same moment', async () => {
    const { budget } = aBudget(100);
    const standings = await Promise.all([1, 2].map(() => budget.add('1', 'files', 50 * MINUTE_MS)));
    expect(standings).toContain('used up');
    expect(await budget.standing('1')).toBe('used up');
  });
});

/** A running meeting that sends what the test says. */
function aMeeting() {
  const told: string[] = [];
  const meeting = {
    head: makeHead({ guildId: '1' }),
    sentMs: 0,
    told,
    sentHereMs: () => meeting.sentMs,
    postNotice: ({ kind }: Parameters<MeteredMeeting['postNotice']>[0]) => void told.push(kind),
    stopMeeting: (ending: string) => {
      told.push(`stopped: ${ending}`);
      return new Promise<never>(() => {});
    },
  };
  return meeting;
}

describe('a running meeting', () => {
  function metered(minutes: number) {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const place = aBudget(minutes);
    const meter = new MeetingMeter(place.budget, quiet);
    const meeting = aMeeting();
    meter.began(meeting);
    return {
      ...place,
      meter,
      meeting,
      async sends(ms: number) {
        meeting.sentMs += ms;
        await vi.advanceTimersByTimeAsync(5_000);
        await meter.settled();
      },
    };
  }

  it('is told once when 80 % are used, and ends when all is', async () => {
    const { meeting, sends } = metered(10);
    await sends(7 * MINUTE_MS);
    expect(meeting.told).toEqual([]);
    await sends(MINUTE_MS);
    await sends(MINUTE_MS);
    expect(meeting.told).toEqual(['budget nearly used up']);
    await sends(MINUTE_MS);
    await sends(1_000); // its last words
    expect(meeting.told).toEqual(['budget nearly used up', 'budget used up', 'stopped: budget used up']);
  });

  it('is counted every five seconds, each millisecond once, its last words too', async () => {
    const { book, meter, meeting, sends } = metered(10);
    const countedMs = () => book.uses.reduce((sum, { sentMs }) => sum + sentMs, 0);
    await sends(5_000);
    expect(countedMs()).toBe(5_000);
    await sends(0);
    meeting.sentMs += 300;
    meter.over(meeting.head);
    await meter.settled();
    expect(countedMs()).toBe(5_300);
    expect(book.uses.every(({ kind, day }) => kind === 'meetings' && day === '2026-11-23')).toBe(true);
  });

  it('that cannot be counted goes on, and is counted later', async () => {
    const { book, meeting, sends } = metered(1);
    await sends(1);
    book.isBroken = true;
    await sends(2 * MINUTE_MS);
    expect(meeting.told).toEqual([]);
    book.isBroken = false;
    await sends(0);
    expect(meeting.told).toContain('stopped: budget used up');
  });
});
