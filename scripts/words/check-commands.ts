import { definitions } from '../../commands/index.ts';
import { COMMAND_PHRASES } from '../../src/i18n/commands/index.ts';
import { choiceKey } from '../../src/i18n/commands/localised-definition.ts';
import { DESCRIPTION, NAME } from '../../src/i18n/commands/names.ts';

const LONGEST_DESCRIPTION = 100;
/** Discord's rule for the names of slash commands and options. */
const NAME_OF_SLASH = /^[-_'\p{Ll}\p{Lm}\p{Lo}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const CHAT_INPUT = 1;

interface Part {
  readonly name: string;
  readonly description?: string;
  readonly options?: readonly Part[];
  readonly choices?: readonly { readonly value: string | number }[];
}

/** What is wrong with the names and descriptions of commands in other languages: missing, left over, or not allowed. */
export function commandFaults(): string[] {
  const wanted = new Map<string, (text: string) => boolean>();
  for (const definition of definitions) {
    const isSlash = (definition.type ?? CHAT_INPUT) === CHAT_INPUT;
    collect(definition as Part, definition.name, isSlash, wanted); // the union's menu entries have no description
  }
  return Object.entries(COMMAND_PHRASES)
    .filter(([locale]) => locale !== 'en-US')
    .flatMap(([locale, phrases]) => [
      ...[...wanted].flatMap(([key, isAllowed]) => {
        const text = phrases[key];
        if (text === undefined) return [`${locale} "${key}" is missing`];
        return isAllowed(text) ? [] : [`${locale} "${key}" is not allowed by Discord: ${text}`];
      }),
      ...Object.keys(phrases).flatMap((key) => (wanted.has(key) ? [] : [`${locale} "${key}" belongs to nothing`])),
    ]);
}

function collect(part: Part, path: string, isSlash: boolean, into: Map<string, (text: string) => boolean>): void {
  into.set(path + NAME, (text) => (isSlash ? NAME_OF_SLASH.test(text) : text.length <= 32));
  if (part.description !== undefined && part.description !== '') {
    into.set(path + DESCRIPTION, (text) => text.length <= LONGEST_DESCRIPTION);
  }
  for (const { value } of part.choices ?? []) {
    const key = choiceKey(path, value);
    if (!into.has(key)) into.set(key, (text) => text.length <= LONGEST_DESCRIPTION);
  }
  for (const option of part.options ?? []) collect(option, `${path} ${option.name}`, isSlash, into);
}
