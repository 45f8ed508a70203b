import type { GuildId } from '../../core/ids.ts';
import type { Archive, SearchHit } from '../../core/ports/archive.ts';
import type { Glossary } from '../../core/settings.ts';
import type { Readable } from './readable.ts';

const SHOWN = 20;
const TIME_LIMIT_MS = 5_000; // somebody waits for the answer, and gets what was found so far
const WORD = /[\p{L}\p{N}]/u;

export interface SearchParts {
  readonly archive: Pick<Archive, 'search'>;
  /** The spelling that a server has chosen for names and terms. */
  glossaryOf(guildId: GuildId): Promise<Glossary>;
}

export interface Found {
  readonly hits: readonly SearchHit[];
  readonly hasMore: boolean;
  readonly isComplete: boolean; // false when there was no time for some servers
}

/** Whether there is something to search for: punctuation and emoji alone are in no index. */
export function hasWord(query: string): boolean {
  return WORD.test(query);
}

/**
 * What was said in the channels that somebody may read, the newest first.
 *
 * Each server has an index and a glossary of its own, so one is searched after another, those with the latest meetings first.
 */
export async function searchChannels(
  { channels }: Pick<Readable, 'channels'>,
  query: string,
  { archive, glossaryOf }: SearchParts,
): Promise<Found> {
  const allowed = new Set(channels.map(({ guildId, textChannelId }) => `${guildId} ${textChannelId}`));
  const guildIds = [...new Set(channels.map(({ guildId }) => guildId))];
  const giveUpAt = performance.now() + TIME_LIMIT_MS;
  const hits: SearchHit[] = [];
  let searched = 0;
  for (const guildId of guildIds) {
    if (performance.now() > giveUpAt) break;
    const found = await archive.search(guildId, {
      query,
      limit: SHOWN + 1, // one more, to know whether there are more
      glossary: await glossaryOf(guildId),
      mayRead: (head) => allowed.has(`${head.guildId} ${head.textChannelId}`),
    });
    hits.push(...found);
    searched += 1;
  }
  const newest = hits.toSorted((a, b) => momentOf(b) - momentOf(a));
  return {
    hits: newest.slice(0, SHOWN),
    hasMore: newest.length > SHOWN,
    isComplete: searched === guildIds.length,
  };
}

function momentOf({ meeting, segment }: SearchHit): number {
  return meeting.beganAt.getTime() + segment.startMs;
}
