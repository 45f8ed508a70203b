import type { GuildSettings } from '../../src/core/settings.ts';
import { oneLine } from '../../src/core/text/plain-text.ts';
import { escapeInline, escapeName } from '../../src/discord/formatting/escape.ts';
import { MAX_CONTENT_WITH_MARGIN } from '../../src/discord/formatting/limits.ts';
import type { Answer } from '../../src/discord/interactions/command.ts';
import type { Words } from '../../src/i18n/words.ts';
import { buildMinutes } from '../../src/minutes/model/build-minutes.ts';
import type { Line, SummaryModel } from '../../src/minutes/model/minutes-model.ts';
import { asOffset } from '../../src/minutes/model/times.ts';
import { pagesOf } from '../../src/minutes/text/overview-summary.ts';
import { viewOf } from '../../src/minutes/view-of.ts';
import { messageLinks } from '../shared/message-links.ts';
import { momentAway } from '../shared/wording.ts';
import type { MissedPart } from './missed-part.ts';
import type { SummaryLater } from './summary.ts';

const MOST_OF_LINE = 500; // characters of one line: the file holds it whole

export interface AnswerOptions {
  readonly language: string | undefined; // missing: as it was spoken
  readonly guild: GuildSettings;
  readonly summary: SummaryModel | SummaryLater | undefined;
  readonly words: Words;
}

interface ShownLine {
  readonly shown: string; // Discord Markdown
  readonly plain: string;
}

/** Shows the summary if there is one, otherwise as many of the newest lines as fit; a file then holds all lines. */
export function catchUpAnswer({ record, fromMs, toMs }: MissedPart, options: AnswerOptions): Answer {
  const { language, guild, summary, words } = options;
  const { beganAt, voiceChannelId } = record.head;
  const where = {
    voice: `<#${voiceChannelId}>`,
    from: moment(beganAt, fromMs),
    to: moment(beganAt, toMs),
  };
  const model = buildMinutes(record, { ...viewOf(guild, words.locale), ...(language !== undefined && { language }) });
  const urls = messageLinks(record, language);
  const lines = model.passages.flatMap((passage) =>
    passage.lines.map((line) => shownLine(line, passage.name, beganAt, urls.get(line.utteranceId), words)),
  );
  if (lines.length === 0) return words.t('catchUp.nothing', where);
  const head = words.t('catchUp.head', where);
  const file = { name: 'catch-up.txt', bytes: Buffer.from(lines.map(({ plain }) => `${plain}\n`).join('')) };
  const later =
    summary && 'againMs' in summary ? [words.t('catchUp.summaryAgain', { when: momentAway(summary.againMs) })] : [];
  const { first } = pagesOf(
    summary && 'sections' in summary ? summary : undefined,
    MAX_CONTENT_WITH_MARGIN - head.length,
    words,
  );
  if (first.length > 0) {
    const all = words.t('catchUp.all', { count: lines.length });
    return { content: [head, ...first, all].join('\n'), files: [file] };
  }
  const shown = newestOf(lines, MAX_CONTENT_WITH_MARGIN - [head, ...later].join('\n').length);
  const left = lines.length - shown.length;
  if (left === 0) return [head, ...later, ...shown.map((line) => line.shown)].join('\n');
  const earlier = words.t('catchUp.earlier', { count: left });
  return { content: [head, ...later, earlier, ...shown.map((line) => line.shown)].join('\n'), files: [file] };
}

function newestOf(lines: readonly ShownLine[], room: number): readonly ShownLine[] {
  let length = 0;
  let from = lines.length;
  while (from > 0) {
    length += (lines[from - 1]?.shown.length ?? 0) + 1;
    if (length > room) break;
    from -= 1;
  }
  return lines.slice(from);
}

function shownLine(line: Line, name: string, beganAt: Date, url: string | undefined, words: Words): ShownLine {
  const { text, language } = line.text === undefined ? (line.translations[0] ?? {}) : line;
  const spoken = line.isUntranslated && language !== undefined ? ` (${words.language(language)})` : '';
  const said = text ?? '';
  const clipped = said.length > MOST_OF_LINE ? `${said.slice(0, MOST_OF_LINE).toWellFormed()}…` : said;
  const link = url === undefined ? '' : ` [↗](${url})`;
  return {
    shown: `${moment(beganAt, line.startMs)} **${escapeName(name)}**${link}: ${escapeInline(clipped)}${spoken && ` *${spoken.trim()}*`}`,
    plain: `${asOffset(line.startMs)} ${name}: ${oneLine(said)}${spoken}`,
  };
}

function moment(beganAt: Date, ms: number): string {
  return `<t:${Math.floor((beganAt.getTime() + ms) / 1_000)}:t>`;
}
