import type { Passage } from '../../core/asking/passages.ts';
import type { MeetingId } from '../../core/ids.ts';
import { dayIn, weekdayIn } from '../../core/time/day.ts';
import { numberLines, onOneLine } from '../numbered-lines.ts';

const LEFT_OUT = '…\n'; // between two passages of one meeting

/** A line that a model may cite. */
interface CitableLine {
  readonly meetingId: MeetingId;
  readonly utteranceId: string;
  readonly texts: readonly { readonly text: string; readonly language: string }[]; // what was spoken, and its translations
}

/** Lines of several meetings as a model reads them, numbered from 1. */
export interface NumberedPassages {
  readonly text: string;
  /** `undefined` when there is no such line, as models invent numbers. */
  lineOf(line: number): CitableLine | undefined;
}

/** As many passages as fit, at least one: meeting by meeting, each in the order in which it was spoken. */
export function numberPassages(
  passages: readonly Passage[],
  maxChars: number,
  timeZone: string | undefined,
): NumberedPassages {
  const lines: CitableLine[] = [];
  let text = '';
  const meetings = Map.groupBy(fitting(passages, maxChars), ({ meeting }) => meeting.head.id);
  for (const own of meetings.values()) {
    const inOrder = own.toSorted((a, b) => startOf(a) - startOf(b));
    const [first] = inOrder;
    if (!first) continue;
    text += `${text === '' ? '' : '\n'}${headOf(first, timeZone)}\n`;
    for (const [at, passage] of inOrder.entries()) {
      const { meeting } = passage;
      const numbered = numberLines({ ...meeting, finals: passage.lines }, Number.POSITIVE_INFINITY, lines.length + 1);
      text += (at > 0 ? LEFT_OUT : '') + numbered.parts.join('');
      const said = Map.groupBy([...passage.lines, ...meeting.translations], ({ utteranceId }) => utteranceId);
      for (let line = lines.length + 1, until = line + numbered.count; line < until; line += 1) {
        const utteranceId = numbered.utteranceOf(line) ?? '';
        lines.push({ meetingId: meeting.head.id, utteranceId, texts: said.get(utteranceId) ?? [] });
      }
    }
  }
  return { text, lineOf: (line) => lines[line - 1] };
}

/** The likeliest passages. One that is too long by itself is cut at its end, between lines. */
function fitting(passages: readonly Passage[], maxChars: number): Passage[] {
  const kept: Passage[] = [];
  let left = maxChars;
  for (const passage of passages) {
    const size = sizeOf(passage.lines);
    if (size <= left) kept.push(passage);
    else if (kept.length === 0) {
      let room = maxChars;
      const lines = passage.lines.filter((line, at) => {
        room -= sizeOf([line]);
        return at === 0 || room >= 0;
      });
      kept.push({ ...passage, lines });
    } else continue;
    left -= size;
  }
  return kept;
}

function sizeOf(lines: Passage['lines']): number {
  const ABOUT_A_NAME = 30;
  return lines.reduce((sum, { text }) => sum + text.length + ABOUT_A_NAME, 0);
}

function startOf({ lines }: Passage): number {
  return lines[0]?.startMs ?? 0;
}

function headOf({ meeting: { head, endedMs } }: Passage, timeZone: string | undefined): string {
  const title = onOneLine(head.title.replaceAll(/[[\]"]/g, ' '));
  const when = `${weekdayIn(head.beganAt, timeZone)}, ${dayIn(head.beganAt, timeZone)}`;
  return `Meeting "${title}" on ${when}${endedMs === undefined ? ', still running' : ''}:`;
}
