import { globSync, readFileSync } from 'node:fs';
import { definitions } from '../commands/index.ts';
import { COMMAND_PHRASES } from '../src/i18n/commands/index.ts';
import { TRANSLATIONS } from '../src/i18n/translations.ts';
import { commandFaults, type Part, unknownCommands } from './words/check-commands.ts';
import { keysAndTexts, phraseFaults, unusedKeys } from './words/check-phrases.ts';

/** Part of `npm run check`: checks all phrases and commands in all languages, and finds phrases that no code uses. */
const sources = globSync(['src/**/*.ts', 'commands/**/*.ts'], { exclude: ['src/i18n/??.ts'] })
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const english = TRANSLATIONS['en-US'];
const commands: readonly Part[] = definitions;
const faults = [
  ...Object.entries(TRANSLATIONS).flatMap(([locale, phrases]) => phraseFaults(locale, phrases, english)),
  ...unusedKeys(english, sources),
  ...unknownCommands(keysAndTexts(english), commands),
  ...commandFaults(commands, COMMAND_PHRASES),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
