import { choiceKey } from '../../src/i18n/commands/localised-definition.ts';
import { type CommandPhrases, DESCRIPTION, NAME } from '../../src/i18n/commands/names.ts';

const LONGEST_DESCRIPTION = 100;
const LONGEST_NAME = 32;
/** Discord's rule for the names of slash commands and options. */
const NAME_OF_SLASH = /^[-_'\p{Ll}\p{Lm}\p{Lo}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const CHAT_INPUT = 1;

/** A command, a subcommand or an option, as registered with Discord. */
export interface Part {
  readonly type?: number | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly options?: readonly Part[] | undefined;
  readonly choices?: readonly { readonly value: string | number }[] | undefined;
}

/**
 * Faults in the translated names and descriptions of commands: missing, obsolete, not allowed by Discord, or equal for
 * two parts of the same command.
 *
 * @param translated - by locale, without English, which is in the commands themselves
 */
export function commandFaults(
  commands: readonly Part[],
  translated: Readonly<Record<string, CommandPhrases>>,
): string[] {
  const wanted = new Map<string, (text: string) => boolean>();
  for (const command of commands) collect(command, command.name, (command.type ?? CHAT_INPUT) === CHAT_INPUT, wanted);
  return Object.entries(translated)
    .filter(([locale]) => locale !== 'en-US')
    .flatMap(([locale, phrases]) => [
      ...[...wanted].flatMap(([key, isAllowed]) => {
        const text = phrases[key];
        if (text === undefined) return [`${locale} "${key}" is missing`];
        return isAllowed(text) ? [] : [`${locale} "${key}" is not allowed by Discord: ${text}`];
      }),
      ...Object.keys(phrases).flatMap((key) => (wanted.has(key) ? [] : [`${locale} "${key}" belongs to no command`])),
      ...namesakes(commands, '', phrases).map(
        (path) => `${locale} "${path}" has the same name as another part of its command`,
      ),
    ]);
}

/** Commands that a phrase names in backticks but that do not exist. @param phrases - English, by key */
export function unknownCommands(phrases: readonly (readonly [key: string, text: string])[], commands: readonly Part[]) {
  return phrases.flatMap(([key, text]) =>
    [...text.matchAll(/`\/([^`]+)`/g)].flatMap(([, typed = '']) =>
      isKnown(typed.split(' '), commands) ? [] : [`${key}: there is no command /${typed}`],
    ),
  );
}

/** @param words - such as `translate`, `languages:es,fr`: names of parts, with a value if the part is an option */
function isKnown(words: readonly string[], parts: readonly Part[]): boolean {
  const [word, ...others] = words;
  if (word === undefined) return true;
  const part = parts.find(({ name }) => name === word.split(':')[0]);
  if (!part) return false;
  return isKnown(others, word.includes(':') ? parts : (part.options ?? []));
}

function collect(part: Part, path: string, isSlash: boolean, into: Map<string, (text: string) => boolean>): void {
  into.set(path + NAME, (text) => (isSlash ? NAME_OF_SLASH.test(text) : text.length <= LONGEST_NAME));
  if (part.description !== undefined && part.description !== '') {
    into.set(path + DESCRIPTION, (text) => text.length <= LONGEST_DESCRIPTION);
  }
  for (const { value } of part.choices ?? []) {
    const key = choiceKey(path, value);
    if (!into.has(key)) into.set(key, (text) => text.length <= LONGEST_DESCRIPTION);
  }
  for (const option of part.options ?? []) collect(option, `${path} ${option.name}`, isSlash, into);
}

/** Paths of parts that share their local name with an earlier part of the same command, which Discord refuses. */
function namesakes(parts: readonly Part[], above: string, phrases: CommandPhrases): string[] {
  const seen = new Set<string | undefined>();
  return parts.flatMap((part) => {
    const path = above + part.name;
    const name = phrases[path + NAME];
    const isTaken = name !== undefined && seen.has(name);
    seen.add(name);
    return [...(isTaken ? [path] : []), ...namesakes(part.options ?? [], `${path} `, phrases)];
  });
}
