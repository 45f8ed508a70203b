import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';

/** Phrases of one language: areas, then keys. */
export type Phrases = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Faults of a language's phrases: values or commands that differ from the English phrase, and plural forms that the
 * language has and a phrase lacks.
 */
export function phraseFaults(locale: string, phrases: Phrases, english: Phrases): string[] {
  const patterns = new Map(keysAndTexts(english));
  return keysAndTexts(phrases).flatMap(([key, text]) => {
    const where = `${locale} ${key}`;
    const pattern = patterns.get(key) ?? '';
    try {
      return [
        ...difference(valuesIn(parsed(pattern)), valuesIn(parsed(text)), where),
        ...difference(commandsIn(pattern), commandsIn(text), where),
        ...missingForms(parsed(text), locale).map((form) => `${where}: lacks the form "${form}"`),
      ];
    } catch (error) {
      return [`${where}: ${error instanceof Error ? error.message : error}`];
    }
  });
}

/** Keys that no code uses. @param sources - the text of all code that may use phrases */
export function unusedKeys(english: Phrases, sources: string): string[] {
  return keysAndTexts(english).flatMap(([key]) => {
    const [area] = key.split('.');
    const isBuilt = sources.includes(`\`${area}.\${`); // the key is put together at run time
    return isBuilt || sources.includes(`'${key}'`) ? [] : [`${key}: no code uses it`];
  });
}

/** Pairs of `area.key` and its phrase. */
export function keysAndTexts(phrases: Phrases): [key: string, text: string][] {
  return Object.entries(phrases).flatMap(([area, texts]) =>
    Object.entries(texts).map(([key, text]): [string, string] => [`${area}.${key}`, text]),
  );
}

function difference(english: Iterable<string>, other: Iterable<string>, where: string): string[] {
  const wanted = [...new Set(english)].sort().join(', ');
  const found = [...new Set(other)].sort().join(', ');
  return wanted === found ? [] : [`${where}: has {${found}}, English has {${wanted}}`];
}

/**
 * Commands have their English names in every language; the reader sees the local ones. Values of options are left out,
 * as each language gives examples of its own.
 */
function commandsIn(text: string): string[] {
  return (text.match(/`\/[^`]+`/g) ?? []).map((command) => command.replaceAll(/:[^ `]+/g, ':'));
}

function parsed(text: string): MessageFormatElement[] {
  return parse(text, { ignoreTag: true });
}

function* valuesIn(elements: readonly MessageFormatElement[]): Generator<string> {
  for (const element of walk(elements)) {
    if (element.type !== TYPE.literal && element.type !== TYPE.pound) yield element.value;
  }
}

function* walk(elements: readonly MessageFormatElement[]): Generator<MessageFormatElement> {
  for (const element of elements) {
    yield element;
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      for (const { value } of Object.values(element.options)) yield* walk(value);
    }
  }
}

/** Does not ask for `many`: in our languages that form begins at a million. */
function missingForms(elements: readonly MessageFormatElement[], locale: string): string[] {
  return [...walk(elements)].flatMap((element) => {
    if (element.type !== TYPE.plural) return [];
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    return forms.filter((form) => form !== 'many' && !(form in element.options));
  });
}
