import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { SharedMeetings } from '../../../src/core/bus/shared-meetings.ts';
import type { ShownCorrection } from '../../../src/core/correcting/correction.ts';
import type { LiveMeetings } from '../../../src/core/ports/live-meetings.ts';
import { BusHub } from '../../support/bus-in-memory.ts';

/** Processes with one meeting house each; the lease of the guild's meeting is where the test says. */
function processes() {
  const hub = new BusHub();
  const at = { holders: ['b'] as string[], running: new Set<string>(), story: [] as string[] };
  const join = (processId: string) => {
    const bus = hub.connect();
    const note = (what: string) => void at.story.push(`${processId} ${what}`);
    const house = {
      cutting: Promise.resolve(),
      meetingOf: () => undefined,
      isRunning: async () => false,
      startMeeting: async () => 'already running' as const,
      shows: 'not here' as ShownCorrection,
      async showCorrection(_guildId: string, meetingId: string, utteranceId: string): Promise<ShownCorrection> {
        note(`is asked for ${meetingId} ${utteranceId}`);
        return house.shows;
      },
      async whileErasing<T>(_guildId: string, _speakerId: string, erase: () => Promise<T>): Promise<T> {
        await house.cutting;
        note('is still');
        try {
          return await erase();
        } finally {
          note('goes on');
        }
      },
    };
    const shared = new SharedMeetings({
      bus,
      holders: { holdersOf: async () => at.holders, isRunning: async (id) => at.running.has(id) },
      processId,
      whileErasingHere: (...erasure) => house.whileErasing(...erasure),
      showCorrectionHere: (...line) => house.showCorrection(...line),
    });
    onTestFinished(() => shared[Symbol.dispose]());
    const meetings: LiveMeetings = shared.around(house);
    const erase = () =>
      meetings.whileErasing('1', '100', async () => {
        at.story.push('erased');
        return 7;
      });
    return { bus, house, meetings, erase };
  };
  return { at, a: join('a'), b: join('b'), join };
}

describe('an erasure in a guild whose meeting another process has', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it('waits until that process has dropped the words, and lets it go on afterwards', async () => {
    const { at, a } = processes();
    expect(await a.erase()).toBe(7);
    await vi.advanceTimersByTimeAsync(0);
    expect(at.story).toEqual(['b is still', 'a is still', 'erased', 'a goes on', 'b goes on']);
  });

  it('asks nobody where the meeting is here, or nowhere', async () => {
    const { at, a } = processes();
    at.holders = ['a'];
    a.bus.setUp(false);
    expect(await a.erase()).toBe(7);
    at.holders = [];
    expect(await a.erase()).toBe(7);
  });

  it('erases nothing, in words, when that process cannot be reached or takes too long', async () => {
    const { at, a, b } = processes();
    b.bus.setUp(false);
    await expect(a.erase()).rejects.toMatchObject({ code: 'not-erased' });
    b.bus.setUp(true);
    b.house.cutting = new Promise(() => {});
    const late = expect(a.erase()).rejects.toThrow('does not answer. Nothing was erased');
    await vi.advanceTimersByTimeAsync(20_000);
    await late;
    expect(at.story).toEqual([]);
  });

  it('lets that process go on when the erasure fails, or whoever asked for it is gone', async () => {
    const { at, a, b } = processes();
    const failing = a.meetings.whileErasing('1', '100', () => Promise.reject(new Error('The disk is full')));
    await expect(failing).rejects.toThrow('The disk is full');
    await vi.advanceTimersByTimeAsync(0);
    expect(at.story).toEqual(['b is still', 'a is still', 'a goes on', 'b goes on']);
    at.story.length = 0;
    void a.meetings.whileErasing('1', '100', () => new Promise(() => {}));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(at.story).toEqual(['b is still', 'a is still', 'b goes on']);
    expect(b.bus.isUp).toBe(true);
  });

  it('is made again for a process that took the meeting over meanwhile', async () => {
    const { at, a, join } = processes();
    join('c');
    const erasing = a.meetings.whileErasing('1', '100', async () => {
      at.holders = ['c'];
      at.story.push('erased');
    });
    await erasing;
    await vi.advanceTimersByTimeAsync(0);
    expect(at.story.filter((what) => !what.startsWith('a '))).toEqual([
      'b is still',
      'erased',
      'c is still',
      'erased',
      ...['b goes on', 'c goes on'],
    ]);
  });

  it('knows of meetings that run elsewhere', async () => {
    const { at, a } = processes();
    at.running.add('m1');
    expect([await a.meetings.isRunning('1', 'm1'), await a.meetings.isRunning('1', 'm2')]).toEqual([true, false]);
  });
});

describe('a line that was corrected in a guild whose meeting another process has', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it('is shown by that process, whose answer is the answer', async () => {
    const { at, a, b } = processes();
    b.house.shows = 'cut';
    expect(await a.meetings.showCorrection('1', 'm1', 'u1')).toBe('cut');
    expect(at.story).toEqual(['a is asked for m1 u1', 'b is asked for m1 u1']);
  });

  it('asks nobody else where the meeting is here', async () => {
    const { at, a } = processes();
    a.house.shows = 'shown';
    expect(await a.meetings.showCorrection('1', 'm1', 'u1')).toBe('shown');
    expect(at.story).toEqual(['a is asked for m1 u1']);
  });

  it('is nobody’s where no process has the meeting', async () => {
    const { at, a } = processes();
    expect(await a.meetings.showCorrection('1', 'm1', 'u1')).toBe('not here');
    at.holders = [];
    expect(await a.meetings.showCorrection('1', 'm1', 'u1')).toBe('not here');
  });

  it('says so when that process cannot be reached; no words go over the bus', async () => {
    const { a, b } = processes();
    b.bus.setUp(false);
    await expect(a.meetings.showCorrection('1', 'm1', 'u1')).rejects.toMatchObject({ code: 'not-shown' });
  });
});
