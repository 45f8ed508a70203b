import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Neighbours, openNeighbours } from '../../src/cluster/neighbours.ts';
import { answerReaders } from '../../src/core/bus/rights.ts';
import { quiet } from '../../src/core/log.ts';
import { Audience } from '../../src/core/meeting/audience.ts';
import type { Journal, MeetingLease } from '../../src/core/ports/journal.ts';
import type { FinalSegment, PartialSegment } from '../../src/core/segment.ts';
import { livePartsOf } from '../../src/pages/live-parts.ts';
import { openJournal } from '../../src/storage/journal/journal.ts';
import type { ShownPerson } from '../../src/web/browser/wire.ts';
import { Health, servePages } from '../../src/web/health.ts';
import { LivePages } from '../../src/web/live/pages.ts';
import { hasRedisServer, type RedisServer, startRedisServer } from '../redis/support/server.ts';
import { openCluster, type Process } from '../storage/cluster/support/cluster.ts';
import { answersPostgres } from '../storage/support/postgres.ts';
import { makeFinal, makeHead, makePartial, makeSpeaker, makeStatus } from '../support/make.ts';
import { MemorySettings } from '../support/ports.ts';
import { follow } from '../web/live/support/served.ts';

const READERS = Number(process.env.READERS ?? 6); // 900 for the large one: a thousand connections are allowed
const PATIENCE_MS = 5_000 + READERS * 20;
const canRun = (await answersPostgres()) && (await hasRedisServer());
const HEAD = makeHead({ guildId: '81000000000000001' });
const MEETING = { guildId: HEAD.guildId, meetingId: HEAD.id };

describe.skipIf(!canRun)('readers of a meeting that another process runs (needs PostgreSQL and redis-server)', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  let redis: RedisServer;
  let journal: Journal;
  const stack = new AsyncDisposableStack();

  beforeAll(async () => {
    redis = stack.use(await startRedisServer());
    cluster = stack.use(await openCluster());
    journal = stack.use(await openJournal(cluster.url, quiet));
  });
  afterAll(() => stack.disposeAsync());

  /** What one process has of the others. */
  async function joinNeighbours(): Promise<Neighbours> {
    const parts = { databaseUrl: cluster.url, redisUrl: redis.url, token: 'x', publicUrl: 'http://127.0.0.1:1' };
    return stack.use(await openNeighbours({ ...parts, settings: new MemorySettings(), log: quiet }));
  }

  /** A process that runs the meeting, under a lease. */
  function runMeeting({ words }: Neighbours, lease: MeetingLease) {
    const audience = new Audience();
    const at = { isSpeaking: false };
    words.began(HEAD, {
      addListener: (listener) => audience.listen(listener),
      currentStatus: () => makeStatus([makeSpeaker(at.isSpeaking ? 0 : 5_000)]),
    });
    const writing = journal.of(HEAD.id, lease);
    const say = async (segment: FinalSegment | PartialSegment) => {
      if (segment.kind === 'final') await writing.write(segment);
      audience.publish({ segment, name: 'Ana' });
    };
    return { audience, at, say };
  }

  /** A process that shows pages, and has no bot in the server. */
  async function showPages(neighbours: Neighbours) {
    const botOf = () => undefined;
    const parts = livePartsOf({ botOf, archive: journal.archive, settings: new MemorySettings(), neighbours });
    const links = neighbours.links ?? expect.fail('It has links');
    const seats = { perMeeting: READERS, perGuild: READERS, inAll: READERS };
    const live = new LivePages({ ...parts, links, log: quiet, seats, secret: 'the bot’s' });
    const health = new Health();
    health.begin({ isReady: () => true, meetings: () => 0 }, live.app);
    const served = await servePages({ host: '127.0.0.1', port: 0 }, health, quiet);
    stack.defer(async () => {
      live[Symbol.dispose]();
      await served[Symbol.asyncDispose]();
    });
    return { live, address: (path = '') => `http://127.0.0.1:${served.port}/live/${HEAD.id}${path}`, served };
  }

  it(
    'see every final, without a reload, while processes and Redis come and go',
    async () => {
      const [a, b] = [await cluster.join('a'), await cluster.join('b')];
      await cluster.seat(a);
      const lease = await leaseOf(a);
      const [onA, onB, onC, onD] = [
        await joinNeighbours(),
        await joinNeighbours(),
        await joinNeighbours(),
        await joinNeighbours(),
      ];
      let serving = onA;
      for (const one of [onA, onB])
        stack.use(
          await answerReaders(
            one.questions,
            () => one === serving,
            async ({ userId }) => (userId === '0' ? {} : { reads: 'en' }),
          ),
        );
      await journal.of(HEAD.id, lease).joined({ speakerId: '100', displayName: 'Ana', joinedMs: 0 });
      const owner = runMeeting(onA, lease);
      const pages = await showPages(onC);
      const cookies: string[] = [];
      const readers: Awaited<ReturnType<typeof follow>>[] = [];
      for (let i = 0; i < READERS; i += 1) {
        const { search } = new URL((await onA.links?.invite({ ...MEETING, userId: `${i}` })) ?? '');
        const entered = await fetch(pages.address(search), { redirect: 'manual' });
        cookies.push(entered.headers.get('set-cookie')?.split(';')[0] ?? '');
        readers.push(await follow(pages.address('/lines'), cookies[i] ?? ''));
      }
      const all = (text: string, at = readers) =>
        vi.waitFor(
          () => expect(at.filter(({ events }) => !events.some(({ line }) => line?.text === text)).length, text).toBe(0),
          PATIENCE_MS,
        );
      const allHave = (event: string) =>
        vi.waitFor(
          () => expect(readers.every(({ events }) => events.some((one) => one.event === event))).toBe(true),
          10_000,
        );

      // The first second's words are in the journal alone; afterwards they grow.
      await owner.say(makeFinal({ utteranceId: 'u1', text: 'said at once' }));
      await all('said at once');
      await owner.say(makePartial({ utteranceId: 'u2', text: 'it grows' }));
      await all('it grows');
      await owner.say(makeFinal({ utteranceId: 'u2', text: 'it grows well' }));
      await all('it grows well');
      await owner.say(makePartial({ utteranceId: 'u3', text: 'cut off in the mid' }));
      await all('cut off in the mid');
      owner.at.isSpeaking = true;
      await vi.waitFor(() => expect(speaking(readers)).toEqual(readers.map(() => true)), PATIENCE_MS);

      // Its process dies, and another goes on with the meeting.
      await onA[Symbol.asyncDispose]();
      serving = onB;
      await cluster.expire(a);
      await b.becomeSteady();
      await cluster.seat(b);
      const [taken] = await b.leases.claim();
      const heir = runMeeting(onB, taken ?? expect.fail('It was not claimed'));
      await heir.say(makeFinal({ utteranceId: 'u4', text: 'said by the heir' }));
      await all('said by the heir');
      await vi.waitFor(() => expect(lastOf(readers, 'u3')).toEqual(readers.map(() => '')), PATIENCE_MS);

      // Redis is away, and what is said meanwhile is there when it is back.
      await redis.stop();
      await allHave('lost');
      expect(speaking(readers)).toEqual(readers.map(() => false)); // nobody knows
      await heir.say(makeFinal({ utteranceId: 'u5', text: 'said without Redis' }));
      await redis.start();
      await all('said without Redis');
      await allHave('back');
      const growing = setInterval(() => void heir.say(makePartial({ utteranceId: 'u6', text: 'growing again' })), 200);
      await vi.waitFor(() => expect(lastOf(readers, 'u6')).toEqual(readers.map(() => 'growing again')), PATIENCE_MS);
      clearInterval(growing);
      heir.at.isSpeaking = true;
      await vi.waitFor(() => expect(speaking(readers)).toEqual(readers.map(() => true)), PATIENCE_MS);

      // The process with the pages dies: browsers come back to another with the same cookie.
      await pages.served[Symbol.asyncDispose]();
      const others = await showPages(onD);
      const [{ events = [] } = {}] = readers;
      const lastId = events.findLast(({ id }) => id !== undefined)?.id;
      const again = await Promise.all(cookies.map((cookie) => follow(others.address('/lines'), cookie, lastId)));
      for (const text of ['said at once', 'it grows well', 'said by the heir', 'said without Redis'])
        await all(text, again);
      // The other process has a sequence of its own, and says so; people are the same.
      expect(again.map(({ events }) => events[0]?.event)).toEqual(again.map(() => 'reset'));
      const keys = [...readers, ...again].flatMap(({ events }) => events.map(({ line }) => line?.text && line.person));
      expect(new Set(keys.filter((key) => key)).size).toBe(1);

      // It ends, and everybody sees so.
      await heir.say(makeFinal({ utteranceId: 'u6', text: 'the last word' }));
      heir.audience.close();
      await b.leases.vacate(taken ?? expect.fail());
      await Promise.all(again.map(({ ended }) => ended));
      expect(again.map(({ events }) => events.at(-1)?.event)).toEqual(again.map(() => 'over'));
      await all('the last word', again);
    },
    60_000 + READERS * 400,
  );

  async function leaseOf(process: Process): Promise<MeetingLease> {
    const lease = await process.leases.begin(HEAD);
    if (lease === 'already running') throw new Error('It runs already');
    return lease;
  }
});

/** Whether Ana speaks, as each reader sees it. */
function speaking(readers: readonly Awaited<ReturnType<typeof follow>>[]) {
  return readers.map(({ events }) => {
    const last = events.findLast(({ event }) => event === 'person')?.data as ShownPerson | undefined; // as the page does
    return last?.isSpeaking;
  });
}

/** The last text of an utterance at each reader. */
function lastOf(readers: readonly Awaited<ReturnType<typeof follow>>[], id: string) {
  return readers.map(({ events }) => events.findLast(({ line }) => line?.id === id)?.line?.text);
}
