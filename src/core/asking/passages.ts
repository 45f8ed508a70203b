import type { MeetingId } from '../ids.ts';
import type { Archive, SearchHit, SearchRequest } from '../ports/archive.ts';
import type { MeetingHead, MeetingRecord } from '../record.ts';
import type { FinalSegment } from '../segment.ts';
import type { Glossary } from '../settings.ts';
import { recordInOwnWords } from '../text/glossary.ts';
import { wordsToFind } from './question-words.ts';

const MOST_OF_A_WORD = 60; // texts; a word that is said more often tells little
const MOST_COMMON = 4; // of such words are looked for together, two at a time
const MOST_HITS = 24; // utterances whose surroundings are read
const MOST_MEETINGS = 8; // each is read as a whole, some milliseconds
const MOST_PASSAGES = 12;
const NEIGHBOURS = 3; // lines before and after a hit: who answers a question rarely repeats its words
const SMALL_MEETING_CHARS = 12_000; // a quarter of an hour of talk: read whole where somebody asks about that meeting
const BEST_LINE_SHARE = 0.5; // words in one line tell more than the same words in its surroundings
const STRONG_SHARE = 0.5; // of the best line's weight: weaker lines are there for those around them
const TIME_LIMIT_MS = 8_000; // somebody waits: then what was found so far has to do

/** What is asked, and of what. */
export interface Wanted {
  readonly question: string;
  readonly glossary: Glossary;
  readonly since?: Date;
  readonly meetingId?: MeetingId; // missing: of all meetings
  readonly mayRead: (head: MeetingHead) => Promise<boolean>; // asked for every meeting of which anything is found
}

/** Lines in a row of one meeting that may answer a question. */
export interface Passage {
  readonly meeting: MeetingRecord; // in the server's own words
  readonly lines: readonly FinalSegment[]; // in spoken order, at least one
  readonly hits: ReadonlyMap<string, SearchHit>; // by utterance, the strongest first: the lines that hold most of the question
  readonly score: number; // how much of the question it holds, compared with other passages
}

/** What holds words of the question in one utterance. */
interface Found {
  readonly hits: SearchHit[];
  readonly words: Set<string>;
}

/**
 * Finds what may answer a question in the meetings that somebody may read: lines with its words, and those around them.
 *
 * A word weighs the more the more rarely it was said. The likeliest passage comes first.
 */
export async function findPassages(
  archive: Pick<Archive, 'search' | 'read'>,
  guildId: string,
  { question, glossary, since, meetingId, mayRead }: Wanted,
): Promise<Passage[]> {
  const words = wordsToFind(question);
  const answers = new Map<MeetingId, Promise<boolean>>(); // one answer for each meeting, however many words it has
  const mayReadOnce = (head: MeetingHead) => {
    const answer = answers.get(head.id) ?? mayRead(head);
    answers.set(head.id, answer);
    return answer;
  };
  const request = {
    ...{ glossary, limit: MOST_OF_A_WORD, mayRead: mayReadOnce },
    ...(since && { since }),
    ...(meetingId !== undefined && { meetingId }),
  };
  const found = await hitsOf(archive, guildId, words, request);
  const weights = weightsOf(found);
  const best = [...found.values()].toSorted((a, b) => weightOf(b.words, weights) - weightOf(a.words, weights));
  const meetings = Map.groupBy(best.slice(0, MOST_HITS), ({ hits }) => hits[0]?.meeting.id ?? '');
  if (meetingId !== undefined && !meetings.has(meetingId)) meetings.set(meetingId, []);
  const passages: Passage[] = [];
  for (const [id, own] of [...meetings].slice(0, MOST_MEETINGS)) {
    const record = await archive.read(id);
    if (record?.head.guildId !== guildId || !(await mayReadOnce(record.head))) continue;
    const meeting = recordInOwnWords(record, glossary);
    const byUtterance = new Map(own.map((one) => [one.hits[0]?.segment.utteranceId ?? '', one]));
    for (const lines of stretchesOf(meeting, byUtterance, id === meetingId)) {
      const here = lines.flatMap(({ utteranceId }) => byUtterance.get(utteranceId) ?? []);
      const all = new Set(here.flatMap((one) => [...one.words]));
      const bestLine = Math.max(0, ...here.map((one) => weightOf(one.words, weights)));
      const strong = here
        .filter((one) => weightOf(one.words, weights) >= STRONG_SHARE * bestLine)
        .toSorted((a, b) => weightOf(b.words, weights) - weightOf(a.words, weights));
      const shown = strong.flatMap((one) => shownHit(one.hits) ?? []);
      const hits = new Map(shown.map((hit) => [hit.segment.utteranceId, hit]));
      passages.push({ meeting, lines, hits, score: weightOf(all, weights) + BEST_LINE_SHARE * bestLine });
    }
  }
  return passages.sort((a, b) => b.score - a.score).slice(0, MOST_PASSAGES);
}

/** The utterances with words of the question. Words that are said often are looked for in pairs as well. */
async function hitsOf(
  archive: Pick<Archive, 'search'>,
  guildId: string,
  words: readonly string[],
  request: Omit<SearchRequest, 'query'>,
): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>();
  const common: string[] = [];
  const giveUpAt = performance.now() + TIME_LIMIT_MS;
  const look = async (searched: readonly string[]): Promise<number> => {
    if (performance.now() > giveUpAt) return 0;
    const hits = await archive.search(guildId, { ...request, query: searched.join(' ') });
    for (const hit of hits) {
      const key = `${hit.meeting.id} ${hit.segment.utteranceId}`;
      const before = found.get(key) ?? { hits: [], words: new Set() };
      before.hits.push(hit);
      for (const word of searched) before.words.add(word);
      found.set(key, before);
    }
    return hits.length;
  };
  for (const word of words) if ((await look([word])) >= MOST_OF_A_WORD) common.push(word);
  const pairs = common.slice(0, MOST_COMMON);
  for (const [at, word] of pairs.entries()) for (const other of pairs.slice(at + 1)) await look([word, other]);
  return found;
}

function weightsOf(found: ReadonlyMap<string, Found>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { words } of found.values()) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map([...counts].map(([word, count]) => [word, 1 / Math.sqrt(count)]));
}

function weightOf(words: ReadonlySet<string>, weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const word of words) sum += weights.get(word) ?? 0;
  return sum;
}

/** The lines around hits, in as few stretches as there are; all lines of a small meeting that somebody named. */
function stretchesOf(
  { finals }: MeetingRecord,
  hits: ReadonlyMap<string, Found>,
  isNamed: boolean,
): readonly (readonly FinalSegment[])[] {
  const lines = finals.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.startMs - b.startMs);
  const chars = lines.reduce((sum, { text }) => sum + text.length, 0);
  if (isNamed && chars <= SMALL_MEETING_CHARS) return lines.length > 0 ? [lines] : [];
  const spans: { from: number; to: number }[] = [];
  for (const [at, { utteranceId }] of lines.entries()) {
    if (!hits.has(utteranceId)) continue;
    const last = spans.at(-1);
    const to = Math.min(lines.length, at + NEIGHBOURS + 1);
    if (last && at - NEIGHBOURS <= last.to) last.to = to;
    else spans.push({ from: Math.max(0, at - NEIGHBOURS), to });
  }
  return spans.map(({ from, to }) => lines.slice(from, to));
}

/** Of the hits in one utterance, the text that holds most words of the question, with all of them marked. */
function shownHit(hits: readonly SearchHit[]): SearchHit | undefined {
  const byText = Map.groupBy(hits, ({ segment }) => `${segment.kind} ${segment.language}`);
  const [most] = [...byText.values()].toSorted((a, b) => b.length - a.length);
  const [hit] = most ?? [];
  if (!hit || !most) return undefined;
  const matches: { start: number; end: number }[] = [];
  for (const { start, end } of most.flatMap((one) => one.matches).toSorted((a, b) => a.start - b.start)) {
    const before = matches.at(-1);
    if (before && start < before.end) before.end = Math.max(before.end, end);
    else matches.push({ start, end });
  }
  return { ...hit, matches };
}
