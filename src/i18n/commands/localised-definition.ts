import { LOCALES, type Locale, RELATED } from '../locales.ts';
import { COMMAND_PHRASES } from './index.ts';
import { DESCRIPTION, NAME } from './names.ts';

interface Named {
  readonly name: string;
  readonly description?: string | undefined;
  readonly options?: readonly Named[] | undefined;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[] | undefined;
}

/** A command's definition with names and descriptions in every language the bot speaks. */
export function localised<Definition extends Named>(definition: Definition): Definition {
  return withLocales(definition, definition.name);
}

function withLocales<Part extends Named>(part: Part, path: string): Part {
  return {
    ...part,
    name_localizations: inEveryLocale(path + NAME),
    ...(part.description !== undefined && { description_localizations: inEveryLocale(path + DESCRIPTION) }),
    ...(part.options && { options: part.options.map((option) => withLocales(option, `${path} ${option.name}`)) }),
    ...(part.choices && {
      choices: part.choices.map((choice) => ({
        ...choice,
        name_localizations: inEveryLocale(choiceKey(path, choice.value)),
      })),
    }),
  };
}

/** A choice's own phrase; one that names an option beside it (`reset: transcript-channel`) is called as that option is. */
export function choiceKey(path: string, value: string | number): string {
  const sibling = `${path.split(' ').slice(0, -1).join(' ')} ${value}${NAME}`;
  const isSibling = Object.values(COMMAND_PHRASES).some((phrases) => phrases[sibling] !== undefined);
  return isSibling ? sibling : `${path}=${value}`;
}

/** English is missing here, as the definition itself is English. `npm run words` checks that no language misses a part. */
function inEveryLocale(key: string): Record<string, string> {
  const locales: (readonly [discords: string, ours: Locale])[] = [
    ...LOCALES.map((locale) => [locale, locale] as const),
    ...Object.entries(RELATED),
  ];
  return Object.fromEntries(
    locales.flatMap(([discords, ours]) => {
      const text = COMMAND_PHRASES[ours][key];
      return text === undefined ? [] : [[discords, text]];
    }),
  );
}
