import { nearest } from '../../core/text/language.ts';
import type { Line, MinutesModel } from './minutes-model.ts';

/** What is shown of a line where there is room for one text only. */
export interface ShownText {
  readonly text: string;
  readonly language: string;
  readonly isUntranslated: boolean; // in another language than the one asked for, which there is none of
}

/**
 * The one text of a line: in the language asked for, else as it was said.
 *
 * @param language - missing: as it was said; a line that is known only from its translations shows the first of them
 */
export function shownText(line: Line, language?: string): ShownText {
  const said = line.text === undefined ? [] : [{ text: line.text, language: line.language ?? '' }];
  const texts = [...said, ...line.translations];
  const [first = { text: '', language: '' }] = texts;
  if (language === undefined) return { ...first, isUntranslated: said.length === 0 };
  const found = nearest(language, texts, (one) => one.language);
  return { ...(found ?? first), isUntranslated: found === undefined };
}

/** The minutes with every line in one language: its translation, else what was said, marked. */
export function inLanguage(model: MinutesModel, language: string): MinutesModel {
  const one = (line: Line): Line => {
    const { isUntranslated, ...shown } = shownText(line, language);
    return { ...line, ...shown, ...(isUntranslated && { isUntranslated }), translations: [] };
  };
  const passages = model.passages.map((passage) => ({ ...passage, lines: passage.lines.map(one) }));
  return { ...model, passages, shownIn: language };
}
