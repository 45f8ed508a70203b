import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Guest } from '../../../src/core/ports/live-links.ts';
import { type Reader, RightToRead, type Verdict } from '../../../src/web/live/right-to-read.ts';

const guest: Guest = { guildId: '1', meetingId: 'm1', userId: '100' };

function asked(answer: (guest: Guest) => Promise<Reader | 'away' | undefined> = async () => ({ reads: 'de' })) {
  const discord = { looks: [] as string[], answer };
  const right = new RightToRead(async (guest) => {
    discord.looks.push(guest.userId);
    return await discord.answer(guest);
  });
  onTestFinished(() => right[Symbol.dispose]());
  /** The verdicts that an open page gets. */
  const watch = (whose: Guest = guest) => {
    const verdicts: (Verdict | undefined)[] = [];
    return { verdicts, stop: right.watch(whose, (verdict) => void verdicts.push(verdict)) };
  };
  return { right, discord, watch };
}

describe('the right of a member to read', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it('is asked for once in ten seconds, for all their pages and requests', async () => {
    const { right, discord, watch } = asked();
    watch();
    watch();
    for (let i = 0; i < 100; i++) expect(await right.verdictFor(guest)).toEqual({ reads: 'de' });
    expect(discord.looks).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(discord.looks).toHaveLength(4);
  });

  it('is forgotten ten seconds after it was last asked for', async () => {
    const { right, discord, watch } = asked();
    const { stop } = watch();
    await vi.advanceTimersByTimeAsync(10_000);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(discord.looks).toHaveLength(2);
    await right.verdictFor(guest);
    expect(discord.looks).toHaveLength(3);
  });

  it('reaches open pages within ten seconds of a change', async () => {
    const { discord, watch } = asked();
    const { verdicts } = watch();
    await vi.advanceTimersByTimeAsync(9_000);
    discord.answer = async () => undefined;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(verdicts.at(-1)).toBe('no');
  });

  it('is denied when Discord gives no answer for ten seconds, twice; lines are held back after the first time', async () => {
    const { discord, watch } = asked();
    const { verdicts } = watch();
    await vi.advanceTimersByTimeAsync(9_999);
    discord.answer = () => new Promise(() => {});
    await vi.advanceTimersByTimeAsync(1);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(verdicts).toEqual([{ reads: 'de' }]);
    await vi.advanceTimersByTimeAsync(1);
    expect(verdicts).toEqual([{ reads: 'de' }, undefined]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(verdicts).toEqual([{ reads: 'de' }, undefined, 'unsure']);
  });

  it('is asked for again after an error, and denied after a second one', async () => {
    const { right, discord } = asked(async () => {
      throw new Error('Discord answers with 503');
    });
    const verdict = right.verdictFor(guest);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await verdict).toBe('unsure');
    expect(discord.looks).toHaveLength(2);
  });

  it('is asked for at once when something changes in their server, and lines are held back meanwhile', async () => {
    const { right, discord, watch } = asked();
    const { verdicts } = watch();
    await vi.advanceTimersByTimeAsync(5_000);
    discord.answer = async () => undefined;
    right.rightsChanged('1');
    expect(verdicts).toEqual([{ reads: 'de' }, undefined]);
    await vi.advanceTimersByTimeAsync(0);
    expect(verdicts).toEqual([{ reads: 'de' }, undefined, 'no']);
  });

  it('is not decided by an answer that was under way when something changed', async () => {
    const { right, discord, watch } = asked();
    const first = Promise.withResolvers<Reader | undefined>();
    discord.answer = () => first.promise;
    const { verdicts } = watch();
    const verdict = right.verdictFor(guest);
    right.rightsChanged('1');
    discord.answer = async () => undefined;
    first.resolve({});
    await vi.advanceTimersByTimeAsync(1_000);
    expect(verdicts).toEqual([undefined, 'no']);
    expect(await verdict).toBe('no');
  });

  it('is asked for once a second at most, however often something changes', async () => {
    const { right, discord, watch } = asked();
    const { verdicts } = watch();
    for (let i = 0; i < 1_000; i++) {
      right.rightsChanged('1');
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(discord.looks.length).toBeLessThanOrEqual(11);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(verdicts.at(-1)).toEqual({ reads: 'de' });
  });

  it('takes a fifth of a bot’s requests when a great many read, and a command every two seconds for a server that keeps changing', async () => {
    const { right, discord, watch } = asked();
    for (let i = 0; i < 300; i++) watch({ guildId: `${i % 3}`, meetingId: 'm', userId: `${i}` });
    await vi.advanceTimersByTimeAsync(0);
    discord.looks.length = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(discord.looks).toHaveLength(600);
    discord.looks.length = 0;
    for (let i = 0; i < 100; i++) {
      right.rightsChanged('1');
      await vi.advanceTimersByTimeAsync(1_000);
    }
    const restless = discord.looks.filter((userId) => Number(userId) % 3 === 1).length;
    expect(restless).toBeGreaterThan(4_000); // they are not held back for longer either
    expect(restless).toBeLessThanOrEqual(51 * 100); // a hundred with each command
  });

  it('is asked for a hundred members at once in a server that changed, and all their lines are held back', async () => {
    const { right, discord, watch } = asked();
    const pages = Array.from({ length: 150 }, (_, i) => watch({ ...guest, userId: `${i}` }));
    await vi.advanceTimersByTimeAsync(5_000);
    const answers: (() => void)[] = [];
    discord.answer = () => new Promise((resolve) => answers.push(() => resolve({})));
    discord.looks.length = 0;
    right.rightsChanged('1');
    await vi.advanceTimersByTimeAsync(0);
    expect(discord.looks).toHaveLength(100);
    expect(pages.every(({ verdicts }) => verdicts.at(-1) === undefined)).toBe(true);
    while (answers.length > 0) {
      answers.shift()?.();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(discord.looks).toHaveLength(150);
    expect(pages.every(({ verdicts }) => verdicts.at(-1) !== undefined)).toBe(true);
  });

  it('is asked for every two seconds while the process that knows is away, and lines are held back, not ended', async () => {
    const { discord, watch } = asked();
    const { verdicts } = watch();
    await vi.advanceTimersByTimeAsync(9_000);
    discord.answer = async () => 'away';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(verdicts.slice(0, 3)).toEqual([{ reads: 'de' }, 'away', 'away']);
    expect(discord.looks.length).toBeGreaterThan(25);
    discord.answer = async () => ({ reads: 'fr' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(verdicts.at(-1)).toEqual({ reads: 'fr' });
  });

  it('is asked for at the same moment for all who read, so that one question serves them', async () => {
    const { discord, watch } = asked();
    for (let i = 0; i < 10; i += 1) {
      watch({ ...guest, userId: `${i}` });
      await vi.advanceTimersByTimeAsync(700);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    discord.looks.length = 0;
    await vi.advanceTimersByTimeAsync(2_999);
    expect(discord.looks).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(discord.looks).toHaveLength(10);
  });

  it('is asked for again of everybody when news may have been missed', async () => {
    const { right, watch } = asked();
    const pages = [watch(), watch({ guildId: '2', meetingId: 'm2', userId: '100' })];
    await vi.advanceTimersByTimeAsync(2_000);
    right.rightsChanged();
    await vi.advanceTimersByTimeAsync(0);
    expect(pages.map(({ verdicts }) => verdicts)).toEqual(
      Array.from({ length: 2 }, () => [{ reads: 'de' }, undefined, { reads: 'de' }]),
    );
  });

  it('is asked for again only for the member or the server that changed', async () => {
    const { right, watch } = asked();
    const mine = watch();
    const other = watch({ ...guest, userId: '200' });
    const elsewhere = watch({ guildId: '2', meetingId: 'm2', userId: '100' });
    await vi.advanceTimersByTimeAsync(2_000);
    right.rightsChanged('1', '200');
    await vi.advanceTimersByTimeAsync(0);
    expect([mine, other, elsewhere].map(({ verdicts }) => verdicts.length)).toEqual([1, 3, 1]);
    right.rightsChanged('1');
    await vi.advanceTimersByTimeAsync(2_000);
    expect([mine, other, elsewhere].map(({ verdicts }) => verdicts.length)).toEqual([3, 5, 1]);
  });
});
