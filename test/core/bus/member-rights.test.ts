import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerMemberRights, MemberRightsElsewhere } from '../../../src/core/bus/member-rights.ts';
import { Questions } from '../../../src/core/bus/questions.ts';
import type { RightsNow } from '../../../src/core/programs/rights.ts';
import { BusHub } from '../../support/bus-in-memory.ts';

const PLACES = [
  { voiceChannelId: '2', textChannelId: '3' },
  { voiceChannelId: '2', textChannelId: '4' },
];

/** Two processes of which one serves server 1 and says this. */
async function served(answer: (userId: string, count: number) => RightsNow) {
  const hub = new BusHub();
  await answerMemberRights(new Questions(hub.connect()), (guildId) => guildId === '1', {
    whereMayRead: async (_guildId, userId, places) => answer(userId, places.length),
  });
  await answerMemberRights(new Questions(hub.connect()), () => false, {
    whereMayRead: () => expect.fail('It does not serve the server'),
  });
  return { hub, elsewhere: new MemberRightsElsewhere(new Questions(hub.connect())) };
}

describe('what members may read whose server another process serves', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it.each<[string, RightsNow, RightsNow]>([
    ['is what that process says', [true, false], [true, false]],
    ['is nothing for whoever has left', 'gone', 'gone'],
    ['is unknown where Discord could not be asked', 'away', 'away'],
    ['is unknown where the answer is about something else', [true], 'away'],
  ])('%s', async (_what, said, heard) => {
    const { elsewhere } = await served((userId) => (userId === '100' ? said : 'gone'));
    expect(await elsewhere.whereMayRead('1', '100', PLACES)).toEqual(heard);
  });

  it('is asked for with one question, however many places there are', async () => {
    const { hub, elsewhere } = await served((_userId, count) => Array.from({ length: count }, () => true));
    const many = Array.from({ length: 200 }, (_, at) => ({ voiceChannelId: `${at}`, textChannelId: '3' }));
    expect(await elsewhere.whereMayRead('1', '100', many)).toHaveLength(200);
    expect(hub.published.filter(({ channel }) => channel === 'where-may-read')).toHaveLength(1);
  });

  it('is unknown where nobody serves the server, within the time that programs wait', async () => {
    const { elsewhere } = await served(() => 'gone');
    const asked = elsewhere.whereMayRead('2', '100', PLACES);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await asked).toBe('away');
  });
});
