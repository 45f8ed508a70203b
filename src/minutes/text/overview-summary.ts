import { MAX_OVERVIEW_CHARS } from '../../core/record.ts';
import { clip } from '../../core/text/clip.ts';
import type { Words } from '../../i18n/words.ts';
import { formatQuote } from '../model/build-summary.ts';
import type { Bullet, Source, SummaryModel, SummarySection } from '../model/minutes-model.ts';
import { asOffset } from '../model/times.ts';
import { escapeInline, escapeLine } from './escape.ts';

const MAX_PAGES = 3; // a longer summary is easier to read in the file
const MAX_TEXT_CHARS = 220;
const MAX_NAME_CHARS = 40;
const MAX_NOTE_CHARS = 300;
const MAX_QUOTE_CHARS = 60; // of the first quote
const MAX_SOURCES = 2; // per bullet: each link takes a hundred characters

/**
 * A summary as lines of Discord messages: those that fit into the first message, and further messages with the rest.
 */
export interface SummaryPages {
  readonly first: readonly string[];
  readonly more: readonly string[];
}

export function pagesOf(summary: SummaryModel | undefined, room: number, words: Words): SummaryPages {
  if (!summary || summary.sections.length === 0) return { first: [], more: [] };
  const note = `-# ${escapeInline(clip(summary.note, MAX_NOTE_CHARS))}`;
  const lines = summary.sections.flatMap((section) => linesOf(section, words));
  const [first = [], ...others] = paged(lines, room - note.length - MORE_CHARS, words);
  const shown = others.slice(0, MAX_PAGES);
  const moreLine = (count: number) => `- ${words.t('overview.moreInFile', { count })}`;
  const left = bulletsIn(others.slice(MAX_PAGES));
  const last = shown.at(-1);
  if (last && left > 0) last.push(moreLine(left));
  const follows = others.length === 0 ? [] : [moreLine(bulletsIn(others))];
  return { first: [...first, ...follows, note], more: shown.map((page) => page.join('\n')) };
}

function bulletsIn(pages: readonly (readonly string[])[]): number {
  return pages.flat().filter((line) => line.startsWith('- ')).length;
}

const MORE_CHARS = 40; // kept free for the line that counts the bullets that do not fit

interface BulletLine {
  readonly heading: string;
  readonly line: string;
}

function linesOf({ heading, bullets }: SummarySection, words: Words): BulletLine[] {
  return bullets.map((bullet) => ({ heading, line: lineOf(bullet, words) }));
}

/**
 * Pages of bullets: the first has `room` characters, each other one a message. A page that continues a section repeats
 * its heading.
 */
function paged(bullets: readonly BulletLine[], room: number, words: Words): string[][] {
  const pages: string[][] = [[]];
  let used = 0;
  let under: string | undefined;
  for (const { heading, line } of bullets) {
    const page = pages.at(-1) ?? [];
    const added = (under === heading ? [] : [`**${heading}**`]).concat(line);
    const most = (pages.length === 1 ? room : MAX_OVERVIEW_CHARS) - MORE_CHARS;
    if (used + lengthOf(added) <= most) {
      page.push(...added);
      used += lengthOf(added);
    } else {
      const begun = [under === heading ? `**${heading}** ${words.t('overview.continued')}` : `**${heading}**`, line];
      pages.push(begun);
      used = lengthOf(begun);
    }
    under = heading;
  }
  return pages;
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function lineOf({ who, text, due, sources }: Bullet, words: Words): string {
  const clipped = clip(text, MAX_TEXT_CHARS);
  const content =
    who === undefined
      ? escapeLine(clipped)
      : `**${escapeInline(clip(who, MAX_NAME_CHARS))}**: ${escapeInline(clipped)}`;
  const until = due === undefined ? '' : ` (${words.t('document.due', { due: escapeInline(due) })})`;
  const quote = sources.slice(0, MAX_SOURCES).find((source) => source.quote)?.quote;
  const said =
    quote &&
    formatQuote({ who: clip(quote.who, MAX_NAME_CHARS), text: clip(quote.text, MAX_QUOTE_CHARS) }, escapeInline);
  return `- ${content}${until} ${sources.slice(0, MAX_SOURCES).map(linkTo).join(' ')}${said ? ` ${said}` : ''}`;
}

function linkTo({ startMs, url }: Source): string {
  return url === undefined ? `(${asOffset(startMs)})` : `[${asOffset(startMs)}](${url})`;
}
