/**
 * What a command's parts are called and do, by their English path: `transcribe`, `transcribe start`,
 * `transcribe start language`; a choice of an option is `language scope=server`.
 */
export type CommandPhrases = Readonly<Record<string, string>>;

/** Endings of a key: `transcribe start: name`. A choice has only a name, so its key has no ending. */
export const NAME = ': name';
export const DESCRIPTION = ': description';

/** English paths of commands and options to what they are called locally: `transcribe start` -> `transcribir iniciar`. */
export function commandNames(phrases: CommandPhrases): ReadonlyMap<string, string> {
  const paths = Object.keys(phrases).flatMap((key) => (key.endsWith(NAME) ? [key.slice(0, -NAME.length)] : []));
  return new Map(paths.map((path) => [path, localPath(path, phrases)]));
}

function localPath(path: string, phrases: CommandPhrases): string {
  const parts = path.split(' ');
  return parts.map((part, index) => phrases[parts.slice(0, index + 1).join(' ') + NAME] ?? part).join(' ');
}

/** A command inside a sentence: `/translate languages:es,fr`. */
const IN_BACKTICKS = /`\/([^`]+)`/g;

/** Gives commands in a sentence their local names, so that what people read is what they can type. */
export function withCommandNames(sentence: string, names: ReadonlyMap<string, string>): string {
  return sentence.replaceAll(IN_BACKTICKS, (whole, typed: string) => {
    const parts = typed.split(' ');
    // The longest beginning that is a command; what follows are options with their values.
    for (let length = parts.length; length > 0; length -= 1) {
      const path = parts.slice(0, length).join(' ');
      const local = names.get(path);
      if (local === undefined) continue;
      const options = parts.slice(length).map((option) => withOptionName(option, path, names));
      return `\`/${[local, ...options].join(' ')}\``;
    }
    return whole;
  });
}

function withOptionName(option: string, path: string, names: ReadonlyMap<string, string>): string {
  const [name, ...value] = option.split(':');
  const local = names.get(`${path} ${name}`)?.split(' ').at(-1) ?? name;
  return value.length === 0 ? option : [local, ...value].join(':');
}
