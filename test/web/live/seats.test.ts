import { describe, expect, it } from 'vitest';
import { Seats, whoGivesWay } from '../../../src/web/live/seats.ts';

const limits = { perGuest: 2, perMeeting: 4, perGuild: 6, inAll: 8 };
/** `1m2a`: server 1, meeting m2, member a. */
const guestOf = (short: string) => ({
  guildId: short.slice(0, 1),
  meetingId: short.slice(0, 3),
  userId: short.slice(3),
});

describe('the page that gives way to one more', () => {
  it.each([
    ['none, where there is a seat', '', '1m1a', 'nobody'],
    ['none, for a member’s second page', '1m1a', '1m1a', 'nobody'],
    ['the member’s own oldest, for their third', '2m1z 1m1a 1m1b 1m1a', '1m1a', 1],
    ['none, for their third in another meeting', '1m1a 1m1a', '1m2a', 'nobody'],
    ['the new one, where the meeting is full', '1m1a 1m1a 1m1b 1m1b', '1m1c', 'full'],
    ['the member’s own, where the meeting is full', '1m1a 1m1c 1m1b 1m1b', '1m1c', 1],
    ['the new one, where the server is full', '1m1a 1m1b 1m1c 1m2a 1m2b 1m2c', '1m3a', 'full'],
    ['one of the member and server with most, where all is full', '1m1a 1m1b 1m2b 1m1c 1m1d 2m1e 2m1f 2m1g', '3m1a', 1],
    [
      'the new one, where their server has as much as others',
      '1m1a 1m1b 2m1a 2m1b 3m1a 3m1b 4m1a 4m1b',
      '1m2z',
      'full',
    ],
    ['their own, where all is full', '1m1a 1m1b 1m2b 1m1c 1m1d 2m1e 2m1f 3m1a', '3m1a', 7],
    ['one of the member with most in that server, not elsewhere', '2m1a 2m1a 1m1b 1m1c 1m1c 1m2d 1m2e 2m1f', '3m1a', 3],
    ['one of the server with more, until both have the same', '1m1a 1m1b 1m1c 1m1d 2m1a 2m1b 2m1c 3m1a', '3m1b', 0],
    [
      'the new one, where it would only make its own server have more',
      '1m1a 1m1b 1m1c 2m1a 2m1b 2m1c 3m1a 3m1b',
      '3m1c',
      'full',
    ],
  ])('%s', (_what, taken, newcomer, expected) => {
    const guests = taken === '' ? [] : taken.split(' ').map(guestOf);
    expect(whoGivesWay(guests, guestOf(newcomer), limits)).toBe(expected);
  });
});

describe('the pages that are open', () => {
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
    const pages = Array.from({ length: 6 }, page);
    expect(pages.map((one) => seats.takeSeat(guestOf('1m1a'), one))).toEqual(Array(6).fill(true));
    expect([seats.count, pages.map(({ gaveWay }) => gaveWay)]).toEqual([5, [1, 0, 0, 0, 0, 0]]);
  });

  it('leave their place to others', () => {
    const seats = new Seats();
    const one = page();
    seats.takeSeat(guestOf('1m1a'), one);
    seats.leaveSeat(one);
    expect(seats.count).toBe(0);
  });

  it('are fifty of one meeting, and no other comes in', () => {
    const seats = new Seats();
    for (let n = 0; n < 50; n += 1) expect(seats.takeSeat(guestOf(`1m1${n}`), page())).toBe(true);
    expect(seats.takeSeat(guestOf('1m1late'), page())).toBe(false);
    expect([seats.takeSeat(guestOf('1m2late'), page()), seats.count]).toEqual([true, 51]);
  });
});
