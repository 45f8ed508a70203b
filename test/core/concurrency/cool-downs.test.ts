import { describe, expect, it } from 'vitest';
import { CoolDowns, type Costly } from '../../../src/core/concurrency/cool-downs.ts';

function clock() {
  const time = { nowMs: 1_000_000 };
  return { time, coolDowns: new CoolDowns(() => time.nowMs) };
}

/** How often somebody gets it in a row. */
function inARow(coolDowns: CoolDowns, what: Costly, member: (n: number) => string, guild = '1'): number {
  let count = 0;
  while (count < 1_000 && coolDowns.take(what, guild, member(count)) === undefined) count += 1;
  return count;
}

describe('what costs something', () => {
  it.each([
    ['export', 8, 24],
    ['show', 8, 24],
    ['catch up', 5, 30],
    ['start', 5, 10],
    ['summary', 3, 12],
  ] as const)('(%s) is had %i times in a row by one person, and %i times by a server', (what, alone, together) => {
    expect(inARow(clock().coolDowns, what, () => 'ana')).toBe(alone);
    expect(inARow(clock().coolDowns, what, (n) => `member ${n}`)).toBe(together);
  });

  it('is possible again when it says so, once, and all of it after a while', () => {
    const { time, coolDowns } = clock();
    inARow(coolDowns, 'export', () => 'ana');
    const againMs = coolDowns.take('export', '1', 'ana') ?? 0;
    expect(againMs - time.nowMs).toBe(20_000);
    time.nowMs = againMs - 1;
    expect(coolDowns.take('export', '1', 'ana')).toBe(againMs);
    time.nowMs = againMs;
    expect(inARow(coolDowns, 'export', () => 'ana')).toBe(1);
    time.nowMs += 8 * 20_000;
    expect(inARow(coolDowns, 'export', () => 'ana')).toBe(8);
  });

  it('costs nobody else anything: another person, another server, something else', () => {
    const { coolDowns } = clock();
    inARow(coolDowns, 'export', () => 'ana');
    expect(coolDowns.take('export', '1', 'ben')).toBeUndefined();
    expect(coolDowns.take('export', '2', 'ana')).toBeUndefined();
    expect(coolDowns.take('show', '1', 'ana')).toBeUndefined();
  });

  it('counts what was refused as nothing', () => {
    const { time, coolDowns } = clock();
    inARow(coolDowns, 'export', () => 'ana');
    for (let n = 0; n < 100; n += 1) coolDowns.take('export', '1', 'ana');
    expect(coolDowns.take('export', '1', 'ana')).toBe(time.nowMs + 20_000);
    expect(inARow(coolDowns, 'export', (n) => `member ${n}`)).toBe(24 - 8);
  });

  it('forgets who can ask again soonest, when more ask than it remembers', () => {
    const { coolDowns } = clock();
    inARow(coolDowns, 'show', () => 'ana');
    for (let n = 0; n < 9_999; n += 1) coolDowns.take('summary', `${n}`, `${n}`);
    expect(coolDowns.take('show', '1', 'ana')).toBeDefined();
    coolDowns.take('summary', 'one more', 'one more');
    expect(coolDowns.take('show', '1', 'ana')).toBeUndefined();
    expect(inARow(coolDowns, 'summary', () => 'one more', 'one more')).toBe(2);
  });

  it('remembers who asked lately, however many others ask', () => {
    const { coolDowns } = clock();
    inARow(coolDowns, 'summary', () => 'ana');
    for (let n = 0; n < 50_000; n += 1) coolDowns.take('show', `${n}`, `${n}`);
    expect(coolDowns.take('summary', '1', 'ana')).toBeDefined();
  });
});
