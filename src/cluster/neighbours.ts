import { createHash } from 'node:crypto';
import { MemberRightsElsewhere } from '../core/bus/member-rights.ts';
import { Questions } from '../core/bus/questions.ts';
import { ReadersElsewhere, RightsNews } from '../core/bus/rights.ts';
import { FollowedMeetings } from '../core/live/followed-meetings.ts';
import { WordsOut } from '../core/live/words-out.ts';
import type { Log } from '../core/log.ts';
import type { Bus } from '../core/ports/cluster/bus.ts';
import type { MeetingHolders } from '../core/ports/cluster/holders.ts';
import type { GrowingRecords } from '../core/ports/cluster/record-growth.ts';
import type { LiveLinks } from '../core/ports/live-links.ts';
import type { Settings } from '../core/ports/settings.ts';
import { RedisBus } from '../redis/bus.ts';
import { RedisClaims } from '../redis/claims.ts';
import { openRedis, type Redis } from '../redis/client.ts';
import { Attempts } from '../storage/attempts.ts';
import { LeaseHolders } from '../storage/cluster/holders.ts';
import { SharedRecords } from '../storage/cluster/live/growing-records.ts';
import { SharedLinks } from '../storage/cluster/live/links.ts';
import { openPostgres } from '../storage/journal/database/database.ts';
import { postgresUrlOf } from './postgres.ts';

/** What this process tells the other processes of its bot, and hears from them. */
export interface Neighbours extends AsyncDisposable {
  readonly redis: Redis; // the connection of this process for everything but subscriptions
  readonly bus: Bus;
  readonly claims: RedisClaims;
  readonly questions: Questions;
  readonly words: WordsOut; // of the meetings that run here
  readonly followed: FollowedMeetings; // whichever process they run in
  readonly records: GrowingRecords;
  readonly rights: RightsNews;
  readonly readers: ReadersElsewhere;
  readonly memberRights: MemberRightsElsewhere;
  readonly holders: MeetingHolders;
  readonly links?: LiveLinks; // missing: there are no live pages
}

interface NeighbourParts {
  readonly databaseUrl: string; // its tables are up to date
  readonly redisUrl: string;
  readonly token: string; // of the bot: its processes have the same
  readonly publicUrl?: string;
  readonly settings: Settings;
  readonly log: Log;
}

/** Pages read rarely and little; a burst of them may wait. */
const PAGES = { connections: 3, queryMs: 5_000 };

/** @throws {StorageError | RedisError} when an address is no use */
export async function openNeighbours(parts: NeighbourParts): Promise<Neighbours> {
  const { databaseUrl, redisUrl, token, publicUrl, settings, log } = parts;
  const url = postgresUrlOf(databaseUrl);
  await using opening = new AsyncDisposableStack();
  const db = await openPostgres(url, log, PAGES);
  opening.defer(() => db.destroy());
  const closing = new AbortController();
  opening.defer(() => closing.abort());
  const attempts = new Attempts(closing.signal, 'transcripts');
  // Several bots may share one Redis; a hash of the token names this one, and gives nothing away.
  const name = createHash('sha256').update(token).digest('hex').slice(0, 16);
  const redis = opening.use(await openRedis(redisUrl, log));
  const bus = new RedisBus(redis, name);
  const questions = opening.use(new Questions(bus));
  const records = new SharedRecords(db, attempts);
  const neighbours = {
    ...{ redis, bus, questions, records, claims: new RedisClaims(redis, name) },
    words: opening.use(new WordsOut(bus)),
    followed: opening.use(new FollowedMeetings({ bus, records, settings })),
    rights: opening.use(new RightsNews(bus)),
    readers: new ReadersElsewhere(questions),
    memberRights: new MemberRightsElsewhere(questions),
    holders: new LeaseHolders(db, attempts),
    ...(publicUrl !== undefined && { links: opening.use(new SharedLinks({ db, attempts, bus, publicUrl })) }),
  };
  const open = opening.move();
  return { ...neighbours, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
