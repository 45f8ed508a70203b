import { describe, expect, it } from 'vitest';
import type { PresenceEvent } from '../../../../src/core/ports/people.ts';
import { WhoIsThere } from '../../../../src/discord/gateway/presence/who-is-there.ts';
import { makePerson } from '../../../support/make.ts';

const ana = makePerson({ id: '100', displayName: 'Ana' });

function watched() {
  const events: string[] = [];
  const who = new WhoIsThere((event: PresenceEvent) => void events.push(event.kind));
  return { who, events };
}

describe('who a channel holds', () => {
  it.each<[string, (who: WhoIsThere) => void, string[], number, number]>([
    ['nobody', () => {}, [], 0, 0],
    ['somebody who comes', (who) => who.enter(ana), ['joined'], 1, 0],
    ['somebody who stays as they are', (who) => [who.enter(ana), who.enter(ana)], ['joined'], 1, 0],
    ['another name', (who) => [who.enter(ana), who.enter({ ...ana, displayName: 'A' })], ['joined', 'renamed'], 1, 0],
    ['a listener', (who) => who.enterAudience('100'), ['stage audience changed'], 0, 1],
    [
      'one who raises a hand',
      (who) => [who.enterAudience('100'), who.enterAudience('100')],
      ['stage audience changed'],
      0,
      1,
    ],
    [
      'one who goes up',
      (who) => [who.enterAudience('100'), who.enter(ana)],
      ['stage audience changed', 'joined', 'stage audience changed'],
      1,
      0,
    ],
    [
      'one who goes down',
      (who) => [who.enter(ana), who.enterAudience('100')],
      ['joined', 'left', 'stage audience changed'],
      0,
      1,
    ],
    ['one who leaves', (who) => [who.enter(ana), who.leave('100'), who.leave('100')], ['joined', 'left'], 0, 0],
    [
      'a listener who leaves',
      (who) => [who.enterAudience('100'), who.leave('100'), who.leave('100')],
      ['stage audience changed', 'stage audience changed'],
      0,
      0,
    ],
    [
      'those who are left after a gap in the news',
      (who) => [who.enter(ana), who.enterAudience('200'), who.enterAudience('300'), who.leaveAllBut(new Set(['300']))],
      ['joined', 'stage audience changed', 'stage audience changed', 'left', 'stage audience changed'],
      0,
      1,
    ],
  ])('is told for %s', (_, happen, told, people, audience) => {
    const { who, events } = watched();
    happen(who);
    expect([events, who.people.length, who.audienceSize]).toEqual([told, people, audience]);
  });
});
