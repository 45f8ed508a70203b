import { nearest } from '../../core/text/language.ts';
import type { Line, MinutesModel } from './minutes-model.ts';

/** The one text of a line to show where there is room for a single text. */
export interface ShownText {
  readonly text: string;
  readonly language: string;
  readonly isUntranslated: boolean; // true: there is no text in the requested language
}

/**
 * The one text of a line to show: in the requested language if there is one, otherwise as spoken.
 *
 * @param language - missing: as spoken. A line without its spoken text shows its first translation
 */
export function shownText(line: Line, language?: string): ShownText {
  const said = line.text === undefined ? [] : [{ text: line.text, language: line.language ?? '' }];
  const texts = [...said, ...line.translations];
  const [first = { text: '', language: '' }] = texts;
  if (language === undefined) return { ...first, isUntranslated: said.length === 0 };
  const found = nearest(language, texts, (one) => one.language);
  return { ...(found ?? first), isUntranslated: found === undefined };
}

/** The minutes with each line in one language: the translation, or the spoken text marked as untranslated. */
export function inLanguage(model: MinutesModel, language: string): MinutesModel {
  const one = (line: Line): Line => {
    const { isUntranslated, ...shown } = shownText(line, language);
    const isOfOriginal = line.corrected !== undefined && shown.text !== line.text;
    return {
      ...line,
      ...shown,
      ...(isUntranslated && { isUntranslated }),
      ...(isOfOriginal && { isOfOriginal }),
      translations: [],
    };
  };
  const passages = model.passages.map((passage) => ({ ...passage, lines: passage.lines.map(one) }));
  return { ...model, passages, shownIn: language };
}
