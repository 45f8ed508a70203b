import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../../../src/config.ts';

/** What somebody who follows the instructions has in the files of secrets. */
const CONTENTS: Readonly<Record<string, string>> = {
  discord_token: 'token',
  palabra_client_id: 'id',
  palabra_client_secret: 'secret',
  database_url: 'postgres://parley:password@postgres/parley',
  redis_url: 'redis://parley-valkey:6379',
};

/**
 * The configuration that the bot reads in a container with these variables.
 *
 * @param environment - `…_FILE` variables name files of a folder of secrets
 * @throws {ConfigError} when the bot would not start
 */
export function configuredWith(environment: Readonly<Record<string, string>>): Config {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  try {
    const given = Object.entries(environment).map(([name, value]) => {
      if (!name.endsWith('_FILE')) return [name, value];
      const file = join(folder, value.split('/').at(-1) ?? '');
      writeFileSync(file, `${CONTENTS[value.split('/').at(-1) ?? ''] ?? ''}\n`);
      return [name, file];
    });
    return readConfig(Object.fromEntries(given));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
