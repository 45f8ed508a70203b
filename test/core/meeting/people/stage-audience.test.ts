import { describe, expect, it } from 'vitest';
import { StageAudienceCount } from '../../../../src/core/meeting/people/stage-audience.ts';

type Seen = number | undefined;

describe('the audience of a stage', () => {
  it.each<[string, Seen, readonly Seen[], Seen, Seen, Seen]>([
    ['there is no stage', undefined, [undefined], undefined, undefined, undefined],
    ['nobody listens', undefined, [0], 0, 0, 0],
    ['people come and go', undefined, [1, 3, 2], 2, 3, 3],
    ['the bot is moved off the stage', undefined, [3, undefined], undefined, undefined, 3],
    ['the bot is moved back', undefined, [3, undefined, 1], 1, 3, 3],
    ['more listened in an earlier process', 5, [2], 2, 5, undefined],
    ['more listen than in an earlier process', 5, [7], 7, 7, 7],
  ])('is counted when %s', (_, before, seen, now, most, unkept) => {
    const count = new StageAudienceCount();
    count.carryOver(before);
    for (const one of seen) count.see(one);
    expect(count.value).toEqual(now === undefined ? undefined : { now, most });
    expect([count.takeUnkept(), count.takeUnkept()]).toEqual([unkept, undefined]);
  });
});
