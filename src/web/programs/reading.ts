import { type AccessEvent, noteAccess } from '../../core/access-log.ts';
import { attendedPart } from '../../core/attended-part.ts';
import type { CoolDowns } from '../../core/concurrency/cool-downs.ts';
import { FairPlaces } from '../../core/concurrency/fair-places.ts';
import type { Log } from '../../core/log.ts';
import type { Archive, ListedMeeting, SearchHit } from '../../core/ports/archive.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { ApiKey } from '../../core/programs/keys.ts';
import type { MeetingPlace, MemberRights } from '../../core/programs/rights.ts';
import type { MeetingHead, MeetingRecord } from '../../core/record.ts';
import { later, Problem } from '../problem.ts';
import type { MeetingList, SearchAnswer } from './shapes.ts';

const MOST_PLACES = 200; // those used last: each is a question about rights
const SEARCHES = { atOnce: 2, waiting: 20, waitingOfOne: 2 }; // SQLite searches on the thread that hears people
const MEETING_ID = /^[\w-]{1,64}$/;
export const CURSOR = /^(\d{1,15})-([\w-]{1,64})$/;

export interface ReadingParts {
  readonly archive: Pick<Archive, 'head' | 'read' | 'search' | 'placesOf' | 'listAt'>;
  readonly settings: Pick<Settings, 'guild'>;
  readonly rights: MemberRights;
  readonly coolDowns: CoolDowns;
  readonly log: Log;
}

interface ListWish {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly guild?: string | undefined;
  readonly since?: Date | undefined;
}

interface SearchWish {
  readonly query: string;
  readonly limit: number;
  readonly since?: Date | undefined;
  readonly language?: string | undefined;
  readonly speakerId?: string | undefined;
  readonly meetingId?: string | undefined;
}

/**
 * Reads for programs what the member of their key may read at this moment. A meeting that they may not read looks like one
 * that does not exist; meetings of other places are not even asked for, so that nothing of them shows in lists.
 */
export class Reading {
  readonly #parts: ReadingParts;
  readonly #searches = new FairPlaces(SEARCHES);

  constructor(parts: ReadingParts) {
    this.#parts = parts;
  }

  /** A page of the meetings, newest first. @throws {Problem} */
  async listMeetings(key: ApiKey, { limit, cursor, guild = key.guildId, since }: ListWish): Promise<MeetingList> {
    const before = cursor === undefined ? undefined : placeIn(cursor);
    if (guild !== key.guildId) return { meetings: [], nextCursor: null };
    const places = await this.#readablePlaces(key);
    const found = await this.#parts.archive.listAt(key.guildId, {
      ...{ places, startedBy: key.userId, limit: limit + 1 }, // one more, to know whether there are more
      ...(before && { before }),
      ...(since && { since }),
    });
    this.#note(key, 'meetings listed', 'allowed');
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      meetings: shown.map(listed),
      nextCursor: last && found.length > limit ? `${last.head.beganAt.getTime()}-${last.head.id}` : null,
    };
  }

  /**
   * What the member may read of a meeting: all of it, or the time that they were there.
   *
   * @throws {Problem} where that is nothing
   */
  async recordOf(key: ApiKey, id: string, what: AccessEvent['what'] = 'meeting read'): Promise<MeetingRecord> {
    const { archive, coolDowns } = this.#parts;
    const head = MEETING_ID.test(id) ? await archive.head(id) : undefined;
    if (head?.guildId !== key.guildId) throw nothing();
    const mayReadAll = await this.mayRead(key, head);
    const againMs = coolDowns.take('read', key.guildId, key.userId);
    if (againMs !== undefined) throw tooSoon(againMs);
    const record = await archive.read(id);
    const part = record && mayReadAll ? record : record && attendedPart(record, key.userId);
    this.#note(key, what, part ? 'allowed' : 'refused', id);
    if (!part) throw nothing();
    return part;
  }

  /** Whether the member may read all of a meeting. @throws {Problem} when they are no member, or nobody can say */
  async mayRead(key: ApiKey, head: MeetingHead): Promise<boolean> {
    const [may = false] = await this.#whereMayRead(key, [head]);
    return head.guildId === key.guildId && (may || head.startedBy === key.userId);
  }

  /** Says who may read which meetings, for work that finds many of them. @throws {Problem} */
  async readerOf(key: ApiKey): Promise<(head: MeetingHead) => boolean> {
    const allowed = new Set((await this.#readablePlaces(key)).map(nameOf));
    return (head) => head.guildId === key.guildId && (allowed.has(nameOf(head)) || head.startedBy === key.userId);
  }

  /** What was said, newest first. @throws {Problem} */
  async search(key: ApiKey, wish: SearchWish): Promise<SearchAnswer> {
    const { query, limit, since, language, speakerId, meetingId } = wish;
    if (!/[\p{L}\p{N}]/u.test(query)) throw new Problem('bad-parameter', 'q has to hold a letter or a digit');
    const place = await this.#searches.take(key.userId);
    if (place === 'full') throw later('busy', 'Too many searches wait just now', 5_000);
    using _place = place;
    const mayRead = await this.readerOf(key);
    const { glossary = [] } = await this.#parts.settings.guild(key.guildId);
    const hits = await this.#parts.archive.search(key.guildId, {
      ...{ query, glossary, mayRead, limit: limit + 1 }, // one more, to know whether there are more
      ...(since && { since }),
      ...(language !== undefined && { language }),
      ...(speakerId !== undefined && { speakerId }),
      ...(meetingId !== undefined && { meetingId }),
    });
    this.#note(key, 'meetings searched', 'allowed');
    return { hits: hits.slice(0, limit).map(found), hasMore: hits.length > limit };
  }

  async #readablePlaces(key: ApiKey): Promise<readonly MeetingPlace[]> {
    const places = await this.#parts.archive.placesOf(key.guildId, MOST_PLACES);
    const may = await this.#whereMayRead(key, places);
    return places.filter((_, at) => may[at] === true);
  }

  async #whereMayRead({ guildId, userId }: ApiKey, places: readonly MeetingPlace[]): Promise<readonly boolean[]> {
    const wanted = places.map(({ voiceChannelId, textChannelId }) => ({ voiceChannelId, textChannelId }));
    const may = await this.#parts.rights.whereMayRead(guildId, userId, wanted);
    if (may === 'gone')
      throw new Problem('not-a-member', 'The member of the key, or the bot, is not in the server (any more)');
    if (may === 'away') throw later('later', 'Nobody can say just now what the member may read', 10_000);
    return may;
  }

  #note(
    { guildId, userId }: ApiKey,
    what: AccessEvent['what'],
    outcome: 'allowed' | 'refused',
    meetingId?: string,
  ): void {
    const where = { guildId, userId, ...(meetingId !== undefined && { meetingId }) };
    noteAccess(this.#parts.log, { what, outcome, by: 'key', ...where });
  }
}

/** @param againMs - since 1970 */
export function tooSoon(againMs: number): Problem {
  return later('too-many-requests', 'This costs much, and was asked for too often', againMs - Date.now());
}

function nothing(): Problem {
  return new Problem('not-found', 'There is no such meeting that the member of the key may read');
}

function placeIn(cursor: string): Pick<MeetingHead, 'id' | 'beganAt'> {
  const [, beganAtMs, id] = CURSOR.exec(cursor) ?? [];
  if (id === undefined) throw new Problem('bad-parameter', 'cursor is not one that a list gave');
  return { id, beganAt: new Date(Number(beganAtMs)) };
}

function nameOf({ voiceChannelId, textChannelId }: MeetingPlace): string {
  return `${voiceChannelId} ${textChannelId}`;
}

function listed({ head, endedMs }: ListedMeeting): MeetingList['meetings'][number] {
  return {
    ...{ id: head.id, title: head.title, guildId: head.guildId, beganAt: head.beganAt.toISOString() },
    voiceChannel: { id: head.voiceChannelId, name: head.voiceChannelName },
    durationMs: endedMs === undefined ? null : Math.max(0, Math.round(endedMs)),
  };
}

function found({ meeting, segment, speakerName, matches, postedAt }: SearchHit): SearchAnswer['hits'][number] {
  return {
    meeting: { id: meeting.id, title: meeting.title, beganAt: meeting.beganAt.toISOString() },
    utteranceId: segment.utteranceId,
    speaker: { id: segment.speakerId, name: speakerName ?? null },
    saidAt: new Date(meeting.beganAt.getTime() + segment.startMs).toISOString(),
    startMs: Math.round(segment.startMs),
    language: segment.language,
    isTranslation: segment.kind === 'translation',
    text: segment.text,
    matches: matches.map(({ start, end }) => ({ start, end })),
    url: postedAt
      ? `https://discord.com/channels/${meeting.guildId}/${postedAt.channelId}/${postedAt.messageId}`
      : null,
  };
}
