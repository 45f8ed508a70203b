import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { LOCALES } from '../../src/i18n/locales.ts';
import { TRANSLATIONS } from '../../src/i18n/translations.ts';

/** What is wrong with the phrases: values that differ from English's, plural forms that a language has and a phrase lacks. */
export function phraseFaults(): string[] {
  return LOCALES.flatMap((locale) =>
    phrasesOf(locale).flatMap(([key, text]) => {
      const english = new Map(phrasesOf('en-US')).get(key) ?? '';
      try {
        const wanted = [...valuesIn(parsed(english))].sort().join(', ');
        const found = [...valuesIn(parsed(text))].sort().join(', ');
        const values = wanted === found ? [] : [`${locale} ${key}: has {${found}}, English has {${wanted}}`];
        return [
          ...values,
          ...missingForms(parsed(text), locale).map((form) => `${locale} ${key}: lacks the form "${form}"`),
        ];
      } catch (error) {
        return [`${locale} ${key}: ${error instanceof Error ? error.message : error}`];
      }
    }),
  );
}

/** Keys that no code names. @param sources - the text of all code that may use phrases */
export function unusedKeys(sources: string): string[] {
  return phrasesOf('en-US').flatMap(([key]) => {
    const [area] = key.split('.');
    const isBuilt = sources.includes(`\`${area}.\${`); // made of parts at run time
    return isBuilt || sources.includes(`'${key}'`) ? [] : [`${key}: no code says it`];
  });
}

function phrasesOf(locale: (typeof LOCALES)[number]): [key: string, text: string][] {
  return Object.entries(TRANSLATIONS[locale]).flatMap(([area, phrases]) =>
    Object.entries(phrases).map(([key, text]): [string, string] => [`${area}.${key}`, text]),
  );
}

function parsed(text: string): MessageFormatElement[] {
  return parse(text, { ignoreTag: true });
}

function* valuesIn(elements: readonly MessageFormatElement[]): Generator<string> {
  const seen = new Set<string>();
  for (const element of walk(elements)) {
    if (element.type === TYPE.literal || element.type === TYPE.pound || seen.has(element.value)) continue;
    seen.add(element.value);
    yield element.value;
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

/** `many` is left out: in our languages it begins at a million. */
function missingForms(elements: readonly MessageFormatElement[], locale: string): string[] {
  return [...walk(elements)].flatMap((element) => {
    if (element.type !== TYPE.plural) return [];
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    return forms.filter((form) => form !== 'many' && !(form in element.options));
  });
}
