import { readFileSync } from 'node:fs';

/** The options of Node's with which `npm start` starts Parley: what ships is what is measured. */
export function shippedOptions(): string[] {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { scripts } = JSON.parse(text) as { scripts: { start: string } }; // our own package.json has it
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}
