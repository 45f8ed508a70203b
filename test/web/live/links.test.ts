import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Guest } from '../../../src/core/ports/live-links.ts';
import { LinksInMemory } from '../../../src/web/live/links.ts';

const guest: Guest = { guildId: '1', meetingId: 'm1', userId: '100' };

function linksWith(limits: ConstructorParameters<typeof LinksInMemory>[1] = {}) {
  const links = new LinksInMemory('https://parley.example.org', limits);
  const secretFor = (whose: Guest) => new URL(links.invite(whose)).searchParams.get('key') ?? '';
  const works = (secret: string, meetingId = 'm1') => links.passOf(meetingId, secret) !== undefined;
  return { links, secretFor, works };
}

describe('links to a live page', () => {
  it('work for the meeting and the member that they were made for', () => {
    const { links, secretFor, works } = linksWith();
    const secret = secretFor(guest);
    expect(links.passOf('m1', secret)?.guest).toEqual(guest);
    expect(works(secret, 'm2')).toBe(false);
    expect(works('')).toBe(false);
  });

  it('end after twelve hours, and so do the pages that are open', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { links, secretFor, works } = linksWith();
    const secret = secretFor(guest);
    const over = links.passOf('m1', secret)?.over;
    vi.advanceTimersByTime(12 * 60 * 60_000 - 1);
    expect(over?.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(over?.aborted).toBe(true);
    expect(works(secret)).toBe(false);
  });

  it('are five for each member: the oldest ends', () => {
    const { links, secretFor, works } = linksWith();
    const [first = '', ...rest] = Array.from({ length: 5 }, () => secretFor(guest));
    const others = secretFor({ ...guest, userId: '200' });
    const over = links.passOf('m1', first)?.over;
    rest.push(secretFor(guest));
    expect(works(first)).toBe(false);
    expect(over?.aborted).toBe(true);
    expect([...rest, others].map((secret) => works(secret))).toEqual(Array.from({ length: 6 }, () => true));
  });

  it('are limited for each server, whatever others do', () => {
    const { secretFor, works } = linksWith({ perGuild: 3 });
    const elsewhere = secretFor({ guildId: '2', meetingId: 'm2', userId: '1' });
    const [first = '', second = ''] = Array.from({ length: 4 }, (_, i) => secretFor({ ...guest, userId: `${i}` }));
    expect(works(elsewhere, 'm2')).toBe(true);
    expect([first, second].map((secret) => works(secret))).toEqual([false, true]);
  });

  it('end in the server with most links when there are too many in all', () => {
    const { secretFor, works } = linksWith({ inAll: 4 });
    const quietOnes = secretFor({ guildId: '2', meetingId: 'm2', userId: '1' });
    const [first = '', second = ''] = Array.from({ length: 3 }, (_, i) => secretFor({ ...guest, userId: `${i}` }));
    const newcomers = secretFor({ guildId: '3', meetingId: 'm3', userId: '1' });
    expect(works(quietOnes, 'm2')).toBe(true);
    expect(works(newcomers, 'm3')).toBe(true);
    expect([first, second].map((secret) => works(secret))).toEqual([false, true]);
  });

  it('can be closed for one member or for a whole meeting, and for no other', () => {
    const { links, secretFor, works } = linksWith();
    const mine = [secretFor(guest), secretFor(guest)];
    const others = secretFor({ ...guest, userId: '200' });
    const elsewhere = secretFor({ guildId: '2', meetingId: 'm1', userId: '100' });
    expect(links.close(guest)).toBe(2);
    expect(mine.map((secret) => works(secret))).toEqual([false, false]);
    expect(works(others)).toBe(true);
    expect(links.closeAll(guest)).toBe(1);
    expect(works(others)).toBe(false);
    expect(works(elsewhere)).toBe(true);
    expect(links.close(guest)).toBe(0);
  });

  it('are apart for what they show: a key of an overlay opens nothing else, and is closed alone', () => {
    const { links, secretFor, works } = linksWith();
    const overlay = { ...guest, shows: 'overlay' } as const;
    const [page, shown, others] = [secretFor(guest), secretFor(overlay), secretFor({ ...overlay, userId: '200' })];
    const shows = (secret: string) => links.passOf('m1', secret, 'overlay') !== undefined;
    expect([works(page), works(shown), shows(page), shows(shown)]).toEqual([true, false, false, true]);
    expect(links.passOf('m1', shown, 'overlay')?.guest).toEqual(overlay);
    expect([links.close(overlay), shows(shown), shows(others)]).toEqual([1, false, true]);
    expect([links.closeAll(overlay), shows(others), works(page)]).toEqual([1, false, true]);
    secretFor(overlay);
    expect(links.closeAll({ guildId: '1', meetingId: 'm1' })).toBe(2);
  });
});
