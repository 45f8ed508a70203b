import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { DAMAGING_MS, damagingStall, noteStall } from './stalls.ts';
import { steadyNowMs } from './watch.ts';

const root = resolve(import.meta.dirname, '../../..');
const config = resolve(import.meta.dirname, 'played/vitest.config.ts');

describe('a failed test in which people speak in real time', () => {
  let said: readonly string[] = [];
  let played: { readonly tries: Record<string, number>; readonly states: Record<string, string> };

  beforeAll(async () => {
    const vitest = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--config', config], {
      cwd: root,
    });
    const [written, errors] = await Promise.all([text(vitest.stdout), text(vitest.stderr)]);
    said = errors.split('\n').filter((line) => line.startsWith('Played again'));
    played = JSON.parse(/^Played: (.*)$/m.exec(written)?.[1] ?? '');
  }, 60_000);

  const saidOf = (name: string) => said.filter((line) => line.includes(`> ${name}.`));

  it.each(['no stall', 'a stall before', 'one that fails'])('is not played again for %s', (name) => {
    expect([played.tries[name], saidOf(name)]).toEqual([1, []]);
  });

  it('is not played again for a stall of a bot that nobody could speak to yet', () => {
    const said = saidOf('a stall of the bot before it is ready');
    expect(said.filter((line) => line.includes('The bot stood'))).toEqual([]);
  });

  it.each([
    ['a stall once', 'The process of the test', 2],
    ['a stall of the bot, once', 'The bot', 2],
    ['a stall each time', 'The process of the test', 3],
  ])('is played again for %s, at most twice, with its name and the stall in one line', (name, who, count) => {
    expect(played.tries[name]).toBe(count);
    expect(saidOf(name)).toHaveLength(count - 1);
    for (const [i, line] of saidOf(name).entries()) {
      expect(line).toMatch(
        new RegExp(
          `^Played again \\(${i + 1} of 2 at most\\): stalls\\.played\\.ts > in real time > ${name}\\. ` +
            `${who} stood still for \\d{3,} ms, \\d+ ms of which it computed, and speech is in real time\\.$`,
        ),
      );
    }
  });

  it('fails in the end if it never came out well, and passes if it did', () => {
    expect(played.states['a stall each time']).toBe('fail');
    expect(played.states['a stall once']).toBe('pass');
    expect(played.states['a stall of the bot, once']).toBe('pass');
  });

  it('is played again only where it is marked, and only if it failed', () => {
    expect([played.tries['not in real time'], played.tries['a stall and no failure']]).toEqual([1, 1]);
  });
});

describe('stalls', () => {
  const laterMs = steadyNowMs() + 3_600_000; // when no other stall was
  const noted = (forMs: number, endedAtMs = laterMs) => noteStall({ who: 'Somebody', endedAtMs, forMs, computedMs: 0 });

  it('that are short do no damage, and of the others the longest is told', () => {
    noted(DAMAGING_MS);
    expect(damagingStall(laterMs)).toBeUndefined();
    noted(DAMAGING_MS + 2);
    noted(DAMAGING_MS + 1);
    expect(damagingStall(laterMs)).toMatchObject({ forMs: DAMAGING_MS + 2 });
  });

  it('that ended before do not count', () => {
    expect(damagingStall(laterMs + 1)).toBeUndefined();
    noted(DAMAGING_MS + 1, laterMs + 2);
    expect(damagingStall(laterMs + 1)).toMatchObject({ forMs: DAMAGING_MS + 1 });
  });
});
