import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';

/** The phrases of one language, by area and key. */
export type Phrases = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Faults in the phrases of a language: values or commands that differ from the English phrase, and plural forms that
 * the language needs but a phrase lacks.
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
    const isBuilt = sources.includes(`\`${area}.\${`); // the code builds the key at run time
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
 * The commands that a phrase names. They have English names in every language, and readers see the local ones. Values
 * of options are left out, because each language has its own examples.
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

/** Plural forms that a phrase lacks, except `many`, which begins at a million in the languages of the bot. */
function missingForms(elements: readonly MessageFormatElement[], locale: string): string[] {
  return [...walk(elements)].flatMap((element) => {
    if (element.type !== TYPE.plural) return [];
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    return forms.filter((form) => form !== 'many' && !(form in element.options));
  });
}
