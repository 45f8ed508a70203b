import { describe, expect, it } from 'vitest';
import { Audience } from '../../../src/core/meeting/audience.ts';
import type { PublishedSegment } from '../../../src/core/ports/live-meetings.ts';
import { makeFinal } from '../../support/make.ts';

function audience() {
  const changes: boolean[] = [];
  const listeners = new Audience((isThere) => changes.push(isThere));
  const listen = () => {
    const told: (PublishedSegment | 'over')[] = [];
    return { told, leave: listeners.listen((news) => told.push(news)) };
  };
  return { listeners, changes, listen };
}
const news: PublishedSegment = { segment: makeFinal(), name: 'Ana' };

describe('the audience of a meeting', () => {
  it('exists from its first listener until its last has gone', () => {
    const { listeners, changes, listen } = audience();
    expect(listeners.isThere).toBe(false);
    const [first, second] = [listen(), listen()];
    expect([listeners.isThere, changes]).toEqual([true, [true]]);
    first.leave();
    expect([listeners.isThere, changes]).toEqual([true, [true]]);
    second.leave();
    expect([listeners.isThere, changes]).toEqual([false, [true, false]]);
  });

  it('is not there for a listener that needs no growing words, who hears everything all the same', () => {
    const { listeners, changes } = audience();
    const told: (PublishedSegment | 'over')[] = [];
    const leave = listeners.listen((one) => told.push(one), { needsGrowing: false });
    listeners.publish(news);
    expect([listeners.isThere, told]).toEqual([false, [news]]);
    listeners.close();
    leave();
    expect([changes, told]).toEqual([[], [news, 'over']]);
  });

  it('counts a listener that ends twice as gone once', () => {
    const { changes, listen } = audience();
    const one = listen();
    one.leave();
    one.leave();
    expect(changes).toEqual([true, false]);
  });

  it('gives each listener what is published between its coming and its going', () => {
    const { listeners, listen } = audience();
    const one = listen();
    listeners.publish(news);
    const other = listen();
    one.leave();
    listeners.publish(news);
    expect([one.told, other.told]).toEqual([[news], [news]]);
  });

  it('tells its listeners that the meeting is over, and nothing after that', () => {
    const { listeners, listen } = audience();
    const one = listen();
    listeners.close();
    listeners.publish(news);
    expect([one.told, listeners.isThere]).toEqual([['over'], false]);
  });

  it('tells a listener that comes too late at once that the meeting is over, and does not keep it', () => {
    const { listeners, changes, listen } = audience();
    listeners.close();
    const late = listen();
    late.leave();
    expect([late.told, listeners.isThere, changes]).toEqual([['over'], false, []]);
  });
});
