import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { FollowedMeetings } from '../../../src/core/live/followed-meetings.ts';
import { type LiveNews, readWords } from '../../../src/core/live/news.ts';
import { makePerson, makeSpeaker, makeStatus } from '../../support/make.ts';
import { MEETING, SETTINGS, twoProcesses } from './support/two-processes.ts';

const second = () => vi.advanceTimersByTimeAsync(1_000);

describe('the people of a meeting that another process runs', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  const ben = { person: makePerson({ id: '200', displayName: 'Ben' }) };
  const peopleOf = (news: readonly LiveNews[]) =>
    news.flatMap((one) => (typeof one === 'object' && 'people' in one ? one.people : []));
  const moment = () => vi.advanceTimersByTimeAsync(300);

  it('are all told of once somebody reads, then whoever changes, and whoever leaves', async () => {
    const { owner, read } = twoProcesses();
    owner.at.status = makeStatus([makeSpeaker(5_000), makeSpeaker(5_000, ben)]);
    const page = await read();
    await second();
    expect(peopleOf(page.news)).toMatchObject([{ name: 'Ana' }, { name: 'Ben' }]);
    page.news.length = 0;
    owner.at.status = makeStatus([makeSpeaker(0), makeSpeaker(5_000, ben)]);
    await moment();
    expect(page.news).toMatchObject([{ people: [{ name: 'Ana', isSpeaking: true }] }]);
    owner.at.status = makeStatus([makeSpeaker(0)]);
    await moment();
    expect(page.news.slice(1)).toMatchObject([{ people: [{ name: 'Ben', isThere: false }] }]);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(page.news).toHaveLength(2); // everybody was told of again, Ana still speaks, and nothing was new
  });

  it('come with the languages that the meeting is translated into', async () => {
    const { owner, read } = twoProcesses();
    owner.at.status = makeStatus([], { options: { language: 'en', translateTo: ['es'] } });
    const page = await read();
    await second();
    owner.at.status = makeStatus([], { options: { language: 'en', translateTo: ['es', 'de'] } });
    await moment();
    expect(page.news).toEqual([
      { people: [], targets: ['es'] },
      { people: [], targets: ['es', 'de'] },
    ]);
  });

  it('come with the size of a stage’s audience, until there is no stage any more', async () => {
    const { owner, read } = twoProcesses();
    owner.at.status = makeStatus([], { stageAudience: { now: 2, most: 3 } });
    const page = await read();
    await second();
    const later = await read();
    owner.at.status = makeStatus([], { stageAudience: { now: 4, most: 4 } });
    await moment();
    owner.at.status = makeStatus([]);
    await moment();
    const audiences = (news: readonly LiveNews[]) =>
      news.flatMap((one) => (typeof one === 'object' && 'people' in one ? (one.stageAudience ?? 'none') : []));
    const expected = [{ now: 2, most: 3 }, { now: 4, most: 4 }, 'none'];
    expect([audiences(page.news), audiences(later.news)]).toEqual([expected, expected]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(page.news).toHaveLength(3);
  });

  it('say nothing of an audience that another version tells of in another way', () => {
    const told = { kind: 'people', from: 'a', people: [], targets: [], isEverybody: true };
    expect(readWords({ ...told, stageAudience: { now: 'many', most: 3 } })).toEqual(told);
    expect(readWords({ ...told, stageAudience: 'many' })).toEqual(told);
  });

  it('are told of to a process that begins to listen later, and to pages that open later', async () => {
    const { owner, read, journal, hub } = twoProcesses();
    owner.at.status = makeStatus([makeSpeaker(0)]);
    await read();
    await vi.advanceTimersByTimeAsync(2_000);
    const later = await read();
    expect(peopleOf(later.news)).toMatchObject([{ name: 'Ana', isSpeaking: true }]);
    const others = new FollowedMeetings({
      ...{ bus: hub.connect(), records: journal, settings: { guild: async () => SETTINGS } },
    });
    onTestFinished(() => others[Symbol.dispose]());
    const news: LiveNews[] = [];
    await others.listen(MEETING, (one) => void news.push(one));
    await second();
    expect(peopleOf(news)).toMatchObject([{ name: 'Ana', isSpeaking: true }]);
  });

  it('are put right within some seconds when the bus loses a message', async () => {
    const { owner, read } = twoProcesses();
    owner.at.status = makeStatus([makeSpeaker(0), makeSpeaker(0, ben)]);
    const page = await read();
    await second();
    page.news.length = 0;
    const publish = vi.spyOn(owner.bus, 'publish').mockResolvedValue(0);
    owner.at.status = makeStatus([makeSpeaker(5_000)]);
    await moment();
    publish.mockRestore();
    expect(page.news).toEqual([]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(peopleOf(page.news)).toMatchObject([
      { name: 'Ana', isThere: true, isSpeaking: false },
      { name: 'Ben', isThere: false, isSpeaking: false },
    ]);
  });

  it('are not said to speak while messages are lost, and are said to speak again afterwards', async () => {
    const { owner, read, pagesBus } = twoProcesses();
    owner.at.status = makeStatus([makeSpeaker(0)]);
    const page = await read();
    await second();
    page.news.length = 0;
    pagesBus.setUp(false);
    expect(page.news).toMatchObject([{ people: [{ name: 'Ana', isSpeaking: false }] }, 'lost']);
    pagesBus.setUp(true);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(peopleOf(page.news).at(-1)).toMatchObject({ name: 'Ana', isSpeaking: true });
  });

  it('are not said to speak when their process has died', async () => {
    const { owner, read } = twoProcesses();
    owner.at.status = makeStatus([makeSpeaker(0)]);
    const page = await read();
    await second();
    owner.words[Symbol.dispose]();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(peopleOf(page.news).at(-1)).toMatchObject({ name: 'Ana', isThere: true, isSpeaking: false });
  });

  it('are those that the process tells of which has the meeting now, while it moves', async () => {
    const { owner, own, read } = twoProcesses();
    owner.at.status = makeStatus([makeSpeaker(0)]);
    const page = await read();
    await second();
    const heir = own();
    heir.at.status = makeStatus([makeSpeaker(0), makeSpeaker(0, ben)]);
    await second();
    page.news.length = 0;
    await vi.advanceTimersByTimeAsync(10_000); // both tell of everybody
    expect(page.news).toEqual([]);
  });

  it('skip while the bus is slow: only the newest state of each is sent', async () => {
    const { owner, read, hub } = twoProcesses();
    await read();
    await second();
    const slow = Promise.withResolvers<number>();
    vi.spyOn(owner.bus, 'publish').mockReturnValueOnce(slow.promise);
    for (const agoMs of [0, 5_000, 0, 5_000, 0]) {
      owner.at.status = makeStatus([makeSpeaker(agoMs)]);
      await vi.advanceTimersByTimeAsync(200);
    }
    hub.published.length = 0;
    slow.resolve(1);
    await vi.advanceTimersByTimeAsync(0);
    const sent = hub.published.flatMap(({ message }) => ('people' in message ? [message.people] : []));
    expect(sent).toMatchObject([[{ name: 'Ana', isSpeaking: true }]]);
  });

  it.each<[what: string, message: object]>([
    ['no list of people', { kind: 'people', from: 'x', people: 'Ana', targets: [] }],
    ['no languages', { kind: 'people', from: 'x', people: [] }],
    ['something that a later version may say', { kind: 'weather', from: 'x' }],
  ])('are not read from a message with %s', (_, message) => {
    expect(readWords(message)).toBeUndefined();
  });
});
