import { describe, expect, it } from 'vitest';
import type { PauseLength } from '../../src/core/settings.ts';
import { DEFAULT_LIMITS } from '../../src/palabra/limits.ts';
import { closedMs, type Played, play, type Scene } from './support/play.ts';

const SAID_MS = 2_000;
const said: Scene = ['speech', SAID_MS];
const goesOn: Scene = ['speech', 1_000];
const end: Scene = ['rests', 3_000];

/** Nothing of the speech is missing, and all of it is where it was in the meeting. */
function expectTrue({ speechMs, begun }: Played, spokenMs: number, beginnings: readonly number[]): void {
  expect(Math.abs(speechMs - spokenMs)).toBeLessThan(5);
  expect(begun).toHaveLength(beginnings.length);
  for (const [i, ms] of beginnings.entries()) expect(Math.abs((begun[i]?.placedMs ?? -1) - ms)).toBeLessThan(5);
}

describe('what is sent of a pause', () => {
  it.each([
    ['quick', 350],
    ['normal', 600],
    ['patient', 1_200],
  ] as const)('is all of its closing silence, as soon as it is long enough: %s', async (pause, ms) => {
    const played = await play([said, end], { pause });
    const closed = closedMs(played, SAID_MS) ?? 0;
    expect(closed).toBeGreaterThanOrEqual(SAID_MS + ms);
    expect(closed).toBeLessThanOrEqual(SAID_MS + ms + 40);
    expectTrue(played, SAID_MS, [0]);
  });

  it('is what time makes of it, when nobody has said that the speaker stopped', async () => {
    const closed = closedMs(await play([said, ['nothing', 3_000]]), SAID_MS) ?? 0;
    expect(closed).toBeGreaterThanOrEqual(SAID_MS + 600 + DEFAULT_LIMITS.lateMs);
    expect(closed).toBeLessThanOrEqual(SAID_MS + 600 + DEFAULT_LIMITS.lateMs + 320);
  });

  it('is what time makes of it, without a lead', async () => {
    const played = await play([said, end], { closingLead: false });
    const closed = closedMs(played, SAID_MS) ?? 0;
    expect(closed).toBeGreaterThanOrEqual(SAID_MS + 600 + DEFAULT_LIMITS.lateMs);
    expect(played.moments.every(({ nowMs, sentMs }) => sentMs <= nowMs)).toBe(true);
  });

  it('ends each of many sentences with short pauses between them', async () => {
    const scenes: Scene[] = Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? goesOn : ['rests', 700]));
    const { pausesMs } = await play([...scenes, end]);
    expect(pausesMs).toHaveLength(3);
    expect(Math.min(...pausesMs)).toBeGreaterThanOrEqual(600);
  });

  it('is never more than the recogniser takes ahead of time', async () => {
    const scenes: Scene[] = Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? goesOn : ['rests', 620]));
    const { moments } = await play([...scenes, end]);
    expect(Math.max(...moments.map(({ nowMs, sentMs }) => sentMs - nowMs))).toBeLessThanOrEqual(DEFAULT_LIMITS.burstMs);
  });

  it.each([
    ['quick', 340],
    ['normal', 580],
    ['patient', 700],
    ['patient', 1_000],
    ['patient', 1_180],
  ] as const)('is not enough to end a sentence before: %s, %i ms', async (pause, ms) => {
    for (const kind of ['rests', 'silence', 'nothing'] as const) {
      const played = await play([said, [kind, ms], goesOn, end], { pause });
      expect(Math.max(...played.pausesMs)).toBeLessThan(600);
      expectTrue(played, 3_000, [0, SAID_MS + ms]);
    }
  });

  it.each([
    ['quick', 360],
    ['normal', 620],
    ['normal', 1_000],
    ['normal', 1_480],
    ['patient', 1_240],
  ] as const)('leaves all that follows at its time: %s, %i ms', async (pause, ms) => {
    const scenes: Scene[] = [said, ['rests', ms], goesOn, ['rests', ms], goesOn, end];
    const played = await play(scenes, { pause });
    expect(played.pausesMs[0]).toBeGreaterThanOrEqual(600);
    expectTrue(played, 4_000, [0, SAID_MS + ms, SAID_MS + 2 * ms + 1_000]);
  });

  it('is taken off what follows: silence is not sent twice', async () => {
    const { moments } = await play([said, ['rests', 6_000]]);
    expect(moments.at(-1)?.sentMs).toBeLessThanOrEqual(SAID_MS + DEFAULT_LIMITS.trailingSilenceMs + 320);
  });

  it.each(['silence', 'rests'] as const)('is the same for who sends silence without end: %s', async (kind) => {
    const played = await play([said, [kind, 1_000], goesOn, [kind, 1_000], goesOn, [kind, 4_000]]);
    expect(closedMs(played, SAID_MS)).toBeLessThanOrEqual(SAID_MS + 700);
    expect(played.moments.at(-1)?.sentMs).toBeLessThanOrEqual(6_000 + DEFAULT_LIMITS.trailingSilenceMs + 320);
    expectTrue(played, 4_000, [0, 3_000, 5_000]);
  });

  it('is every sound in it, for who is never silent', async () => {
    const played = await play([said, ['noise', 1_000], goesOn, ['noise', 3_000]], { pause: 'patient' });
    expect(played.moments.every(({ nowMs, sentMs }) => sentMs <= nowMs + 320)).toBe(true); // the talk's last chunk
    expect(played.pausesMs).toEqual([1_000]);
    expectTrue(played, 3_000, [0, 3_000]);
  });

  it.each([300, 500, 800])('is no end of a sentence while packets are late, by %i ms', async (ms) => {
    const played = await play([said, ['stalls', ms], goesOn, end]);
    expect(Math.max(0, ...played.pausesMs)).toBeLessThan(600);
    expectTrue(played, 3_000 + ms, played.begun.length === 1 ? [0] : [0, SAID_MS]);
  });

  it.each(['quick', 'normal', 'patient'] as const)(
    'lets short words follow one another: %s',
    async (pause: PauseLength) => {
      const scenes: Scene[] = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? ['speech', 300] : ['rests', 200]));
      const played = await play([...scenes, end], { pause });
      expect(played.pausesMs).toEqual([200, 200, 200, 200]);
      expectTrue(played, 1_500, [0, 500, 1_000, 1_500, 2_000]);
    },
  );
});
