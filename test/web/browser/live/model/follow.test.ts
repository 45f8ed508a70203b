import { describe, expect, it } from 'vitest';
import { FOLLOWING, type FollowEvent, follow } from '../../../../../src/web/browser/live/model/follow.ts';

const up: FollowEvent = { kind: 'scrolled', isUp: true, isAtEnd: false };
const down: FollowEvent = { kind: 'scrolled', isUp: false, isAtEnd: false };
const atEnd: FollowEvent = { kind: 'scrolled', isUp: false, isAtEnd: true };
const came = (id: string): FollowEvent => ({ kind: 'came', id });

function stateAfter(...events: FollowEvent[]) {
  const { isFollowing, unread } = events.reduce(follow, FOLLOWING);
  return [isFollowing, unread.size];
}

describe('a page that follows what is said', () => {
  it.each([
    ['at first', [], [true, 0]],
    ['while lines come', [came('a'), came('b')], [true, 0]],
    ['when lines make the page longer', [down], [true, 0]],
    ['when somebody scrolls up and back to the end', [up, came('a'), atEnd], [true, 0]],
    ['when somebody goes to the end', [up, came('a'), { kind: 'to the end' }, came('b')], [true, 0]],
    ['when it becomes shorter', [{ kind: 'scrolled', isUp: true, isAtEnd: true }], [true, 0]],
  ] satisfies [string, FollowEvent[], unknown[]][])('stays at the end %s', (_, events, state) => {
    expect(stateAfter(...events)).toEqual(state);
  });

  it.each([
    ['each once', [up, came('a'), came('b'), came('a')], [false, 2]],
    ['without those that were taken back', [up, came('a'), came('b'), { kind: 'gone', id: 'a' }], [false, 1]],
    ['since somebody went to a line', [came('a'), { kind: 'to a line' }, came('b')], [false, 1]],
    ['while somebody scrolls on', [up, came('a'), down, up, came('b')], [false, 2]],
  ] satisfies [string, FollowEvent[], unknown[]][])(
    'counts new lines for whoever has scrolled up, %s',
    (_, events, state) => {
      expect(stateAfter(...events)).toEqual(state);
    },
  );
});
