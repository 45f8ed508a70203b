import { setTimeout as delay } from 'node:timers/promises';
import { watchMeeting } from '../../../src/core/live/watched-meeting.ts';
import { quiet } from '../../../src/core/log.ts';
import { Audience } from '../../../src/core/meeting/audience.ts';
import type { MeetingRecord } from '../../../src/core/record.ts';
import { Health, servePages } from '../../../src/web/health.ts';
import { LinksInMemory } from '../../../src/web/live/links.ts';
import { LivePages } from '../../../src/web/live/pages.ts';
import { makeFinal, makeHead, makePartial, makePerson, makeSpeaker, makeStatus } from '../../../test/support/make.ts';
import { serve } from '../contestants/serve.ts';
import { type LoopDelay, watchLoop } from '../fleet/loop-watch.ts';
import { sentencesOf } from '../sentences.ts';

const PEOPLE = 4;
const PAUSE_WORDS = 3; // between two sentences
const SENTENCES = 500;

export interface PagesAddress {
  readonly port: number;
  readonly cookies: readonly string[]; // of a member each
  readonly path: string; // of the lines
}

export interface PagesCost {
  readonly cpuMs: number; // since the process began
  readonly memoryMb: number; // in use after a garbage collection: of the heap, and of buffers beside it
  readonly rssMb: number;
  readonly open: number; // pages
  readonly loop: LoopDelay; // since the last time
}

export interface Talk {
  readonly forMs: number;
  readonly wordMs: number; // from one word to the next: 300 as people talk
}

export interface Said {
  readonly texts: number;
  readonly finals: number;
}

export type PagesCalls = {
  readonly open: (input: { readonly readers: number }) => Promise<PagesAddress>;
  /** Four people talk. Each text begins with when it was published, and whether it is final. */
  readonly talk: (input: Talk) => Promise<Said>;
  readonly cost: (input: undefined) => PagesCost;
};

const audience = new Audience();
const look = watchLoop();
const speaking = new Set<number>();
let said: Said = { texts: 0, finals: 0 };
let sentence = 0;
let live: LivePages | undefined;

serve({ open, talk, cost } satisfies PagesCalls);

async function open({ readers }: { readonly readers: number }): Promise<PagesAddress> {
  const head = makeHead();
  const record: MeetingRecord = { head, attendance: [], finals: [], translations: [], gaps: [], messages: [] };
  const links = new LinksInMemory('http://127.0.0.1:1/', {
    ...{ livesMs: 3_600_000, perGuest: 5, perGuild: readers, inAll: readers },
  });
  const meeting = {
    addListener: (listener: Parameters<Audience['listen']>[0]) => audience.listen(listener),
    currentStatus: () =>
      makeStatus(
        Array.from({ length: PEOPLE }, (_, i) =>
          makeSpeaker(speaking.has(i) ? 0 : 5_000, { person: makePerson({ id: `${i}`, displayName: `Person ${i}` }) }),
        ),
      ),
  };
  live = new LivePages({
    ...{ links, log: quiet, seats: { inAll: readers } },
    readerOf: async () => ({}),
    headOf: async () => head,
    recordOf: async () => record,
    listen: (_, listener) => watchMeeting(meeting, listener),
  });
  const health = new Health();
  health.begin({ isReady: () => true, meetings: () => 1 }, live.app);
  const { port = 0 } = await servePages({ host: '127.0.0.1', port: 0, livePages: readers }, health, quiet);
  const cookies: string[] = [];
  for (let i = 0; i < readers; i++) {
    const { search } = new URL(links.invite({ guildId: head.guildId, meetingId: head.id, userId: `${i}` }));
    const answer = await live.app.request(`/live/${head.id}${search}`, {}, {}); // the last: what a server adds to a request
    const [cookie] = answer.headers.getSetCookie();
    if (cookie === undefined) throw new Error(`A link opens nothing: ${answer.status}`);
    cookies.push(cookie.split(';')[0] ?? '');
  }
  return { port, cookies, path: `/live/${head.id}/lines` };
}

async function talk({ forMs, wordMs }: Talk): Promise<Said> {
  const before = said;
  const over = AbortSignal.timeout(forMs);
  await Promise.all(Array.from({ length: PEOPLE }, (_, person) => talkOn(person, wordMs, over)));
  return { texts: said.texts - before.texts, finals: said.finals - before.finals };
}

/** One person says one sentence after another, each word a bit after the one before. */
async function talkOn(person: number, wordMs: number, over: AbortSignal): Promise<void> {
  const rest = (words: number) => delay(words * wordMs);
  await rest(person / PEOPLE); // not all at the same moment
  for (const text of sentencesOf(person, SENTENCES)) {
    if (over.aborted) return;
    sentence += 1;
    const words = text.split(' ');
    const utteranceId = `${sentence}`;
    speaking.add(person);
    for (let heard = 1; heard <= words.length; heard++) {
      publish(person, utteranceId, words.slice(0, heard).join(' '), heard === words.length);
      await rest(1);
    }
    speaking.delete(person);
    await rest(PAUSE_WORDS);
  }
}

function publish(person: number, utteranceId: string, words: string, isFinal: boolean): void {
  said = { texts: said.texts + 1, finals: said.finals + (isFinal ? 1 : 0) };
  const atMs = performance.timeOrigin + performance.now();
  const spoken = {
    ...{ utteranceId, speakerId: `${person}`, startMs: Number(utteranceId) * 1_000 },
    text: `@${atMs.toFixed(1)}${isFinal ? '!' : ''}@ ${words}`,
  };
  const segment = isFinal ? makeFinal(spoken) : makePartial(spoken);
  audience.publish({ segment, name: `Person ${person}` });
}

function cost(): PagesCost {
  for (let i = 0; i < 3; i++) globalThis.gc?.(); // the memory of buffers is freed a while after they are gone
  const { heapUsed, external, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    ...{ cpuMs: (user + system) / 1_000, memoryMb: (heapUsed + external) / 1e6, rssMb: rss / 1e6 },
    ...{ open: live?.open ?? 0, loop: look() },
  };
}
