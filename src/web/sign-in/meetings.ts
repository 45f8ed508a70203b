import { Hono } from 'hono';
import { noteAccess } from '../../core/access-log.ts';
import { FairPlaces } from '../../core/concurrency/fair-places.ts';
import type { GuildId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { ListedMeeting } from '../../core/ports/archive.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { localeOf } from '../locale.ts';
import { withForms } from '../secured.ts';
import type { PageContext, Pages } from '../server.ts';
import type { Door, Member } from './door.ts';
import { foundPage } from './found-page.ts';
import { sentencePage, signInLink } from './frame.ts';
import { meetingsPage } from './meetings-page.ts';
import { type Readable, type ReadableParts, readableChannels } from './readable.ts';
import { hasWord, type SearchParts, searchChannels } from './search.ts';

const ON_A_PAGE = 25;
const LONGEST_QUERY = 200;
const PLACE = /^(\d{1,15})-([\w-]{1,64})$/;
const LATER = { 'Retry-After': '10' };
const SEARCHES = { atOnce: 2, waiting: 20, waitingOfOne: 2 }; // SQLite searches on the thread that hears people

export interface MeetingsParts extends ReadableParts, SearchParts {
  readonly archive: ReadableParts['archive'] & SearchParts['archive'];
  readonly door: Pick<Door, 'memberIn'>;
  /** The time zone that a server has chosen; `undefined`: none. */
  timeZoneOf(guildId: GuildId): Promise<string | undefined>;
  readonly log: Log;
}

type Answer = ReturnType<typeof meetingsPage> | 'full';

/** The page of a member's meetings, in all servers of the bot, and of what they search for in them. */
export function memberPages(parts: MeetingsParts): Pages {
  const places = new FairPlaces(SEARCHES);
  const app: Pages = new Hono();
  app.get('/meetings', withForms, async (context) => {
    const words = wordsFor(localeOf(context));
    const invitation = () =>
      context.html(sentencePage(words.t('meetings.title'), words.t('meetings.invitation'), words, signInLink(words)));
    const member = await parts.door.memberIn(context);
    if (member === 'unknown yet') return later(context, words, 503);
    if (!member) return invitation();
    if (!member.visit()) return later(context, words, 429);
    const query = (context.req.query('q') ?? '').slice(0, LONGEST_QUERY).toWellFormed().trim();
    const page =
      query === '' ? await list(context, member, parts, words) : await search(query, member, parts, words, places);
    if (page === 'full') return later(context, words, 503);
    return member.over.aborted ? invitation() : context.html(page);
  });
  return app;
}

async function list(context: PageContext, member: Member, parts: MeetingsParts, words: Words): Promise<Answer> {
  const readable = await readableChannels(member, parts);
  const found = await parts.archive.listIn(readable.channels, ON_A_PAGE + 1, placeIn(context)); // one more, to know whether there are more
  noteAccess(parts.log, { what: 'meetings listed', outcome: 'allowed', userId: member.userId });
  const meetings = found.slice(0, ON_A_PAGE);
  const last = meetings.at(-1);
  return meetingsPage(
    {
      meetings: await Promise.all(
        meetings.map(async ({ head, endedMs }) => ({
          ...{ id: head.id, title: head.title, channelName: head.voiceChannelName, beganAt: head.beganAt },
          ...(await serverOf(head.guildId, readable, parts)),
          ...(endedMs !== undefined && { endedMs }),
        })),
      ),
      isComplete: readable.isComplete,
      isFirst: context.req.query('before') === undefined,
      ...(last && found.length > ON_A_PAGE && { next: placeOf(last) }),
    },
    words,
  );
}

async function search(
  query: string,
  member: Member,
  parts: MeetingsParts,
  words: Words,
  places: FairPlaces,
): Promise<Answer> {
  const nothing = { query, hits: [], hasMore: false, isComplete: true };
  if (!hasWord(query)) return foundPage(nothing, words);
  const place = await places.take(member.userId);
  if (place === 'full') return 'full';
  using _place = place;
  const readable = await readableChannels(member, parts);
  const found = await searchChannels(readable, query, parts);
  noteAccess(parts.log, { what: 'meetings searched', outcome: 'allowed', userId: member.userId });
  const hits = await Promise.all(
    found.hits.map(async (hit) => ({ ...hit, ...(await serverOf(hit.meeting.guildId, readable, parts)) })),
  );
  return foundPage({ query, ...found, hits, isComplete: found.isComplete && readable.isComplete }, words);
}

async function serverOf(guildId: GuildId, { serverNames }: Readable, { timeZoneOf }: MeetingsParts) {
  const serverName = serverNames.get(guildId);
  const timeZone = (await timeZoneOf(guildId)) ?? 'UTC';
  return { timeZone, ...(serverName !== undefined && { serverName }) };
}

/** A meeting's place in the list: those after it are older. */
function placeOf({ head }: ListedMeeting): string {
  return `${head.beganAt.getTime()}-${head.id}`;
}

function placeIn(context: PageContext): { readonly id: string; readonly beganAt: Date } | undefined {
  const [, beganAtMs, id] = PLACE.exec(context.req.query('before') ?? '') ?? [];
  return id === undefined ? undefined : { id, beganAt: new Date(Number(beganAtMs)) };
}

async function later(context: PageContext, words: Words, status: 429 | 503): Promise<Response> {
  return await context.html(sentencePage(words.t('meetings.title'), words.t('live.later'), words), status, LATER);
}
