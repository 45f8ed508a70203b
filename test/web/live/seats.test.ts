import { describe, expect, it } from 'vitest';
import { type Crowd, Seats, whoGivesWay } from '../../../src/web/live/seats.ts';

const limits = { perGuest: 2, inAll: 8 };
/** `1m2a`: server 1, meeting m2, member a. */
const wayOf = (short: string) => [short.slice(0, 1), short.slice(1, 3), short.slice(3)] as const;

function crowdOf(taken: readonly (readonly string[])[]): Crowd {
  const groups = Map.groupBy(
    taken.filter((way) => way.length > 0),
    ([name = '']) => name,
  );
  const parts = [...groups].map(([name, ways]) => [name, crowdOf(ways.map(([, ...rest]) => rest))] as const);
  return { count: taken.length, parts: new Map(parts) };
}

describe('the page that gives way to one more', () => {
  it.each([
    ['none, where there is a seat', '', '1m1a', 'nobody'],
    ['none, for a member’s second page', '1m1a', '1m1a', 'nobody'],
    ['the member’s own, for their third', '2m1z 1m1a 1m1b 1m1a', '1m1a', '1m1a'],
    ['none, for their third in another meeting', '1m1a 1m1a', '1m2a', 'nobody'],
    ['none, where one meeting takes all but the last seat', '1m1a 1m1b 1m1c 1m1d 1m1e 1m1f 1m1g', '1m1h', 'nobody'],
    [
      'the new one, where that meeting has the last seat, too',
      '1m1a 1m1b 1m1c 1m1d 1m1e 1m1f 1m1g 1m1h',
      '1m1i',
      'full',
    ],
    ['one of the server with all seats, for another server', '1m1a 1m1b 1m1c 1m1d 1m1e 1m1f 1m1g 1m1h', '2m1a', '1m1a'],
    ['one of the largest meeting of that server', '1m1a 1m1b 1m1c 1m2d 1m2e 1m2f 1m2g 1m2h', '2m1a', '1m2d'],
    ['one of the member with most there, not elsewhere', '2m1a 2m1a 1m1b 1m1c 1m1c 1m1d 2m2e 1m1f', '3m1a', '1m1c'],
    ['the new one, where all servers have as much', '1m1a 1m1b 2m1a 2m1b 3m1a 3m1b 4m1a 4m1b', '1m1z', 'full'],
    ['one of the larger meeting of its own server', '1m1a 1m1b 2m1a 2m1b 3m1a 3m1b 4m1a 4m1b', '1m2z', '1m1a'],
    ['one of a member with two, for a member with none', '1m1a 1m1b 1m1b 1m1c 1m1d 1m1e 1m1f 1m1g', '1m1z', '1m1b'],
    ['their own, where all is full', '1m1a 1m1b 1m2b 1m1c 1m1d 2m1e 2m1f 3m1a', '3m1a', '3m1a'],
    [
      'one of the server with more, until both have the same',
      '1m1a 1m1b 1m1c 1m1d 2m1a 2m1b 2m1c 3m1a',
      '3m1b',
      '1m1a',
    ],
    ['the new one, where its server would only have more', '1m1a 1m1b 1m1c 2m1a 2m1b 2m1c 3m1a 3m1b', '3m1c', 'full'],
    ['the new one, where each of eight servers has one', '1m1a 2m1a 3m1a 4m1a 5m1a 6m1a 7m1a 8m1a', '9m1a', 'full'],
  ])('%s', (_what, taken, newcomer, expected) => {
    const crowd = crowdOf(taken === '' ? [] : taken.split(' ').map(wayOf));
    const who = whoGivesWay(crowd, wayOf(newcomer), limits);
    expect(typeof who === 'string' ? who : who.join('')).toBe(expected);
  });
});

describe('the pages that are open', () => {
  const guestOf = (short: string) => {
    const [guildId, meetingId, userId] = wayOf(short);
    return { guildId, meetingId, userId };
  };
  const page = () => {
    const one = {
      gaveWay: 0,
      giveWay() {
        one.gaveWay += 1;
      },
    };
    return one;
  };

  it('are counted, and give way to the sixth of one member, the oldest first', () => {
    const seats = new Seats();
    const pages = Array.from({ length: 7 }, page);
    expect(pages.map((one) => seats.takeSeat(guestOf('1m1a'), one))).toEqual(Array(7).fill(true));
    expect([seats.count, pages.map(({ gaveWay }) => gaveWay)]).toEqual([5, [1, 1, 0, 0, 0, 0, 0]]);
  });

  it('leave their place to others, once', () => {
    const seats = new Seats({ inAll: 1 });
    const [one, other] = [page(), page()];
    seats.takeSeat(guestOf('1m1a'), one);
    expect(seats.takeSeat(guestOf('2m1a'), other)).toBe(false);
    seats.leaveSeat(one);
    seats.leaveSeat(one);
    expect([seats.count, seats.takeSeat(guestOf('2m1a'), other), seats.count]).toEqual([0, true, 1]);
  });

  it('are all of one meeting while nobody else wants the seats, and a fair share of it afterwards', () => {
    const seats = new Seats({ inAll: 2_000 });
    const crowd = Array.from({ length: 2_000 }, page);
    expect(crowd.every((one, n) => seats.takeSeat(guestOf(`1m1${n}`), one))).toBe(true);
    expect(seats.takeSeat(guestOf('1m1late'), page())).toBe(false);
    const others = Array.from({ length: 1_500 }, (_, n) => seats.takeSeat(guestOf(`2m1${n}`), page()));
    expect(others.filter(Boolean)).toHaveLength(1_000);
    expect(crowd.filter(({ gaveWay }) => gaveWay === 1)).toHaveLength(1_000);
    expect(seats.count).toBe(2_000);
  });
});
