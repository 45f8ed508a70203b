import type { MeetingRecord, Minutes } from '../core/record.ts';
import { relatedLanguage } from '../core/text/language.ts';
import { spokenLocale } from '../i18n/locales.ts';
import { fileStem } from './file-stem.ts';
import { buildMinutes, withGlossary } from './model/build-minutes.ts';
import type { View } from './model/minutes-model.ts';
import { renderMarkdown } from './text/markdown.ts';
import { renderOverview } from './text/overview.ts';

const MOST_LANGUAGES = 8; // a message holds ten files, two of which are there anyway

export interface RenderOptions extends Omit<View, 'language'> {
  /** ISO 639-1 codes: each gets a Markdown file of its own, in that language as far as there are translations. */
  readonly languages?: readonly string[];
}

/**
 * The minutes of a meeting, also of one that still runs: an overview to post, the whole as a Markdown file, the picture, and
 * the whole in other languages.
 *
 * @param picture - who spoke when, as a PNG
 */
export function renderMinutes(
  kept: MeetingRecord,
  { languages = [], glossary = [], ...view }: RenderOptions = {},
  picture?: Buffer,
): Minutes {
  const record = withGlossary(kept, glossary); // once for all languages
  const model = buildMinutes(record, view);
  const stem = fileStem(model);
  const name = `${stem}.md`;
  const { text, more } = renderOverview(model, name);
  const known = [...new Set(record.translations.map(({ language }) => language))];
  const isKnown = (language: string) => known.some((one) => relatedLanguage(one, language));
  const wanted = [...new Set(languages)].filter(isKnown).slice(0, MOST_LANGUAGES);
  return {
    title: model.title,
    overview: text,
    more,
    files: [
      { name, bytes: Buffer.from(renderMarkdown(model)) },
      ...(picture ? [{ name: `${stem}.png`, bytes: picture }] : []),
      ...wanted.map((language) => ({
        name: `${stem}.${language.toLowerCase()}.md`,
        bytes: Buffer.from(renderMarkdown(buildMinutes(record, viewIn(language, view)))),
      })),
    ],
  };
}

/** Headings in the language of the lines, too, where we speak it. Whoever names no locale gets everything in English. */
function viewIn(language: string, view: View): View {
  const locale = view.locale && (spokenLocale(language) ?? view.locale);
  return { ...view, language, ...(locale && { locale }) };
}
