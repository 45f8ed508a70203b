import { globSync, readFileSync } from 'node:fs';
import { commandFaults } from './words/check-commands.ts';
import { phraseFaults, unusedKeys } from './words/check-phrases.ts';

/** Part of `npm run check`: every sentence and every command in every language the bot speaks, and nothing left over. */
const sources = globSync(['src/**/*.ts', 'commands/**/*.ts'], { exclude: ['src/i18n/??.ts'] })
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const faults = [...phraseFaults(), ...unusedKeys(sources), ...commandFaults()];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
