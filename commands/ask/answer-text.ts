import type { GivenAnswer } from '../../src/core/asking/answerer.ts';
import type { Passage } from '../../src/core/asking/passages.ts';
import type { SearchHit } from '../../src/core/ports/archive.ts';
import type { MeetingHead } from '../../src/core/record.ts';
import type { FinalSegment } from '../../src/core/segment.ts';
import { clip } from '../../src/core/text/clip.ts';
import { namesIn } from '../../src/core/text/names.ts';
import { escapeInline, escapeName } from '../../src/discord/formatting/escape.ts';
import { MAX_CONTENT_WITH_MARGIN } from '../../src/discord/formatting/limits.ts';
import type { Answer } from '../../src/discord/interactions/command.ts';
import type { Words } from '../../src/i18n/words.ts';
import { momentOf } from '../minutes/past-meetings.ts';
import { boldSnippetOf } from '../minutes/snippet.ts';
import { messageLinks } from '../shared/message-links.ts';

const QUESTION_CHARS = 200; // of the question that the answer repeats
const TITLE_CHARS = 60;
const NAME_CHARS = 40;
const MOST_LINES = 8; // quoted
const MOST_CLOSE = 3; // quoted where the lines do not answer the question
const WEAK_SHARE = 0.3; // of the best passage's score: what holds less is about something else
const MOST_OF_PASSAGE = 4; // two lines with what was said to them: one meeting must not hide the others

/** For whom an answer is written. */
export interface Look {
  readonly question: string;
  readonly language: string;
  readonly words: Words;
}

/** A model's answer: its sentences with links, the meetings that they are about, and who wrote it. */
export function answered(
  { sentences, madeBy }: GivenAnswer & { readonly kind: 'answered' },
  passages: readonly Passage[],
  look: Look,
): Answer {
  const { words } = look;
  const places = placesOf(passages, look.language);
  const lines = sentences.map(({ text, cites }) => {
    const links = cites.flatMap(({ meetingId, utteranceId }) => places.get(meetingId)?.linkTo(utteranceId) ?? []);
    return `• ${escapeInline(text)} ${[...new Set(links)].join(' ')}`;
  });
  const cited = new Set(sentences.flatMap(({ cites }) => cites.map(({ meetingId }) => meetingId)));
  const meetings = [...cited].flatMap((id) => {
    const head = places.get(id)?.head;
    return head ? `${titleOf(head)}, ${momentOf(head.beganAt, 'f')}` : [];
  });
  const from = `-# ${words.t('ask.from', { meetings: meetings.join('; ') })}`;
  const written = `-# ${words.t('ask.written', { model: escapeInline(madeBy.model.slice(0, TITLE_CHARS)) })}`;
  return inMessages([headOf(look), ...lines, from, written]);
}

/**
 * The lines that hold the question's words, grouped by meeting, the likeliest meeting first. `undefined`: there are none.
 *
 * @param because - why they are quoted instead of an answer
 */
export function quoted(
  passages: readonly Passage[],
  because: 'ask.quoted' | 'ask.failed' | 'ask.unanswered',
  look: Look,
): Answer | undefined {
  const most = because === 'ask.unanswered' ? MOST_CLOSE : MOST_LINES;
  const places = placesOf(passages, look.language);
  const best = Math.max(0, ...passages.map(({ score }) => score));
  const shown = passages
    .filter(({ score }) => score >= WEAK_SHARE * best)
    .flatMap((passage) => bestLines(passage).map((line) => ({ line, id: passage.meeting.head.id })))
    .slice(0, most);
  if (shown.length === 0) return undefined;
  const byMeeting = Map.groupBy(shown, ({ id }) => id);
  const lines = [...byMeeting].flatMap(([id, own]) => {
    const place = places.get(id);
    if (!place) return [];
    const inOrder = own.map(({ line }) => line).toSorted((a, b) => a.startMs - b.startMs);
    return [`${titleOf(place.head)}, ${momentOf(place.head.beganAt, 'f')}`, ...inOrder.map(place.quote)];
  });
  return inMessages([headOf(look), look.words.t(because), ...lines]);
}

/** The lines that hold most of the question; after one that asks, and after the strongest, what somebody else said next. */
function bestLines({ lines, hits }: Passage): FinalSegment[] {
  const chosen = new Set<FinalSegment>();
  for (const [nth, utteranceId] of [...hits.keys()].entries()) {
    const at = lines.findIndex((line) => line.utteranceId === utteranceId);
    const [line, next] = [lines[at], lines[at + 1]];
    if (!line) continue;
    chosen.add(line);
    const isAnswer = next && next.speakerId !== line.speakerId && (nth === 0 || /[?？؟]/u.test(line.text));
    if (isAnswer) chosen.add(next);
  }
  return [...chosen].slice(0, MOST_OF_PASSAGE);
}

/** What is needed of a meeting to point to its lines. */
interface Place {
  readonly head: MeetingHead;
  linkTo(utteranceId: string): string;
  readonly quote: (line: FinalSegment) => string;
}

function placesOf(passages: readonly Passage[], language: string): ReadonlyMap<string, Place> {
  const byMeeting = Map.groupBy(passages, ({ meeting }) => meeting.head.id);
  return new Map([...byMeeting].flatMap(([id, own]) => (own[0] ? [[id, placeOf(own[0], own, language)]] : [])));
}

function placeOf({ meeting }: Passage, own: readonly Passage[], language: string): Place {
  const urls = messageLinks(meeting, language);
  const names = namesIn(meeting);
  const hits = new Map(own.flatMap((passage) => [...passage.hits]));
  const linkTo = (utteranceId: string) => {
    const url = urls.get(utteranceId);
    return url === undefined ? `<#${meeting.head.textChannelId}>` : `[↗](${url})`;
  };
  return {
    head: meeting.head,
    linkTo,
    quote(line) {
      const hit: Pick<SearchHit, 'segment' | 'matches'> = hits.get(line.utteranceId) ?? { segment: line, matches: [] };
      const name = escapeName((names.get(line.speakerId) ?? '').slice(0, NAME_CHARS));
      return `> ${name} ${linkTo(line.utteranceId)}: ${boldSnippetOf(hit.segment.text, hit.matches)}`;
    },
  };
}

function headOf({ question }: Look): string {
  return `**${escapeInline(clip(question, QUESTION_CHARS)) || '…'}**`;
}

function titleOf({ title }: MeetingHead): string {
  return `**${escapeInline(title.slice(0, TITLE_CHARS))}**`;
}

/** As few messages as hold all lines. */
function inMessages(lines: readonly string[]): Answer {
  const messages: string[] = [];
  for (const line of lines) {
    const last = messages.at(-1);
    if (last === undefined || last.length + line.length + 1 > MAX_CONTENT_WITH_MARGIN) messages.push(line);
    else messages[messages.length - 1] = `${last}\n${line}`;
  }
  const [content = '', ...more] = messages;
  return more.length === 0 ? content : { content, more };
}
