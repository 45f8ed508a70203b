import { readFileSync } from 'node:fs';

/** A file that holds a secret, and the variable that names it. */
export interface SecretFile {
  readonly variable: string;
  readonly path: string;
}

/** The environment, with the secrets that are kept in files. */
interface Opened {
  readonly given: Readonly<Record<string, string | undefined>>;
  readonly files: readonly SecretFile[];
}

/**
 * Reads each secret that is given as the name of a file (`DISCORD_TOKEN_FILE` for `DISCORD_TOKEN`), as container hosts
 * do: every process that is started from here sees a variable, and so does everybody who asks the host how it was
 * started.
 *
 * @param problems - each problem is added to it, without anything that a file holds
 */
export function openSecretFiles(
  given: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[],
  problems: string[],
): Opened {
  const opened: Record<string, string | undefined> = { ...given };
  const files: SecretFile[] = [];
  for (const name of secrets) {
    const variable = `${name}_FILE`;
    const path = given[variable]?.trim();
    if (!path) continue;
    if (given[name]?.trim()) {
      problems.push(`${name} and ${variable} are both given: give one of them.`);
      continue;
    }
    const content = contentOf(path);
    if ('problem' in content) {
      problems.push(`${variable} names a file that ${content.problem}.`);
      continue;
    }
    opened[name] = content.text;
    files.push({ variable, path });
  }
  return { given: opened, files };
}

function contentOf(path: string): { readonly text: string } | { readonly problem: string } {
  try {
    const text = readFileSync(path, 'utf8').trim(); // editors and `echo` end a file with a line break
    return text === '' ? { problem: 'is empty' } : { text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    return { problem: `cannot be read (${code})` };
  }
}
