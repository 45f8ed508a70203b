import { globSync, readFileSync } from 'node:fs';

/** Whole bots in which people speak, whether or not a file says so itself. */
const FOLDERS = /^test\/(cluster|faults)\//;

/** The files of tests in which people speak in real time, or processes have terms that end: a busy machine spoils them. */
export function filesInRealTime(root: string): string[] {
  return globSync('test/**/*.test.ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => FOLDERS.test(file) || readFileSync(`${root}/${file}`, 'utf8').includes('inRealTime'));
}
