import { onTestFinished } from 'vitest';
import { FollowedMeetings } from '../../../../src/core/live/followed-meetings.ts';
import type { LiveNews } from '../../../../src/core/live/news.ts';
import { WordsOut } from '../../../../src/core/live/words-out.ts';
import { Audience } from '../../../../src/core/meeting/audience.ts';
import type { FinalSegment, PartialSegment } from '../../../../src/core/segment.ts';
import { BusHub } from '../../../support/bus-in-memory.ts';
import { makeStatus } from '../../../support/make.ts';
import { MemoryGrowth } from './growing-record.ts';

export const MEETING = { guildId: '1', meetingId: 'm1' };

/** A meeting in one process and its readers in another. */
export function twoProcesses() {
  const hub = new BusHub();
  const journal = new MemoryGrowth();
  const own = (wordsBus = hub.connect()) => {
    const words = new WordsOut(wordsBus);
    onTestFinished(() => words[Symbol.dispose]());
    const watched: boolean[] = [];
    const audience = new Audience((isThere) => void watched.push(isThere));
    const at = { status: makeStatus([]) };
    const meeting = {
      addListener: (listener: Parameters<Audience['listen']>[0]) => audience.listen(listener),
      currentStatus: () => at.status,
    };
    words.began({ id: MEETING.meetingId }, meeting);
    /** What its people say: finals are in the journal before anybody is told. */
    const say = (segment: FinalSegment | PartialSegment, { isTold = true } = {}) => {
      if (segment.kind === 'final') journal.write(segment);
      if (isTold) audience.publish({ segment, name: 'Ana' });
    };
    return { words, bus: wordsBus, audience, say, watched, at };
  };
  const pagesBus = hub.connect();
  const pages = new FollowedMeetings({ bus: pagesBus, records: journal, settings: { guild: async () => SETTINGS } });
  onTestFinished(() => pages[Symbol.dispose]());
  const read = async () => {
    const news: LiveNews[] = [];
    const stop = await pages.listen(MEETING, (one) => void news.push(one));
    const texts = () =>
      news.flatMap((one) => (typeof one === 'string' ? one : 'segment' in one ? one.segment.text : []));
    return { news, texts, stop };
  };
  return { hub, journal, owner: own(), own, pages, pagesBus, read };
}

export const SETTINGS = {
  spoken: 'auto',
  translateTo: [],
  glossary: [{ written: 'Parley', heard: ['parly'], translations: {} }],
};
