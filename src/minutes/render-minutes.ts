import type { MeetingRecord, Minutes } from '../core/record.ts';
import { relatedLanguage } from '../core/text/language.ts';
import { spokenLocale } from '../i18n/locales.ts';
import { fileStem } from './file-stem.ts';
import { buildMinutes, withGlossary } from './model/build-minutes.ts';
import type { View } from './model/minutes-model.ts';
import { renderMarkdown } from './text/markdown.ts';
import { renderOverview } from './text/overview.ts';

const MAX_LANGUAGES = 8; // Discord allows ten files on a message, and the document and the picture take two

export interface RenderOptions extends Omit<View, 'language'> {
  /** ISO 639-1 codes. Each language that the meeting was translated into gets its own Markdown file. */
  readonly languages?: readonly string[];
}

/**
 * The minutes of a meeting, which may still be running: an overview to post, a Markdown file with everything, the
 * picture, and a Markdown file for each other language.
 *
 * @param picture - a PNG that shows who spoke when
 */
export function renderMinutes(
  kept: MeetingRecord,
  { languages = [], glossary = [], ...view }: RenderOptions = {},
  picture?: Buffer,
): Minutes {
  const record = withGlossary(kept, glossary); // once, for all languages
  const model = buildMinutes(record, view);
  const stem = fileStem(model);
  const name = `${stem}.md`;
  const { text, more } = renderOverview(model, name);
  const known = [...new Set(record.translations.map(({ language }) => language))];
  const isKnown = (language: string) => known.some((one) => relatedLanguage(one, language));
  const wanted = [...new Set(languages)].filter(isKnown).slice(0, MAX_LANGUAGES);
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

/**
 * Puts the headings into the language of the lines when Parley speaks it. Without a locale everything is in English.
 */
function viewIn(language: string, view: View): View {
  const locale = view.locale && (spokenLocale(language) ?? view.locale);
  return { ...view, language, ...(locale && { locale }) };
}
