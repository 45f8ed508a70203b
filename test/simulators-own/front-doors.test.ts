import { describe, expect, it } from 'vitest';
import { filesUnder, importsOf } from '../support/imports.ts';

const HOUSE = 'test/simulators/';
const DOORS = ['discord', 'discord/voice', 'palabra', 'speech', 'summary'].map((name) => `${HOUSE}${name}/index.ts`);
const sources = ['scripts', 'test'].flatMap(filesUnder).filter((path) => path.endsWith('.ts'));

/** The simulator a file is a part of: `test/simulators/palabra`. */
function simulatorOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}

function strangers(path: string, isFine: (to: string) => boolean): string[] {
  return importsOf(path).filter((to) => !isFine(to));
}

describe('the simulators', () => {
  const own = sources.filter((path) => path.startsWith(HOUSE));

  it.each(own)('import nothing of the product, and one another by the front door: %s', (path) => {
    const isOwn = (to: string) => to.startsWith(`${simulatorOf(path)}/`);
    expect(strangers(path, (to) => isOwn(to) || DOORS.includes(to))).toEqual([]);
  });

  // The simulators' own tests look inside.
  const others = sources.filter((path) => !path.startsWith(HOUSE) && !path.startsWith('test/simulators-own/'));

  it('are entered by their front doors', () => {
    const pastThem = others.flatMap((path) =>
      strangers(path, (to) => !to.startsWith(HOUSE) || DOORS.includes(to)).map((to) => `${path} imports ${to}`),
    );
    expect(pastThem).toEqual([]);
  });
});
