import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder } from './support/imports.ts';

const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'test/README.md', 'test/simulators/README.md'],
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** Paths in code spans, such as `src/core/meeting`: from the root, or from the folder of the document. */
const PATH = /(?<=`)(?:src|test|commands|scripts|docs|deploy)\/[\w./-]+?(?=`)/g;
/** Names of source files and tests in code spans without their folder. */
const FILE_NAME = /(?<=`)[\w-]+(?:\.test)?\.[tj]s(?=`)/g;
/** Targets of links and pictures within the repository, without their anchors. */
const LINK = /(?<=\]\(|src="|srcset=")(?!https?:|#)[^)#"\s]+/g;

const names = new Set(['src', 'commands', 'scripts', 'test'].flatMap(filesUnder).map((path) => basename(path)));

describe.each(documents)('the document %s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('names only paths that exist', () => {
    const isThere = (path: string) => existsSync(path) || existsSync(join(dirname(document), path));
    expect((text.match(PATH) ?? []).filter((path) => !isThere(path))).toEqual([]);
  });

  it('names only files that exist', () => {
    expect((text.match(FILE_NAME) ?? []).filter((name) => !names.has(name))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const targets = (text.match(LINK) ?? []).map((target) => join(dirname(document), target));
    expect(targets.filter((target) => !existsSync(target))).toEqual([]);
  });
});

describe('the pictures of README.md', () => {
  const pictures = readdirSync('docs/pictures').map((name) => join('docs/pictures', name));

  it.each(pictures)('are shown there, and small: %s', (path) => {
    expect(readFileSync('README.md', 'utf8')).toContain(path);
    expect(statSync(path).size).toBeLessThan(200_000);
  });
});

describe('docs/operating.md', () => {
  const text = readFileSync('docs/operating.md', 'utf8');
  const sources = filesUnder('src').filter((path) => path.endsWith('.ts'));
  const code = sources.map((path) => readFileSync(path, 'utf8')).join('\n');

  it.each([
    'nothing answers there',
    'its disk takes no write-ahead file',
    'somebody else holds the file locked',
    'the disk is full',
    'Old meetings could not be erased: the next round tries again',
    'The write-ahead file may contain erased words',
    'no native addon',
    'Parley failed and ends',
  ])('quotes what the log says: %s', (line) => {
    expect([text.includes(line), code.includes(line)]).toEqual([true, true]);
  });
});

describe('the table of rooms in docs/architecture.md', () => {
  it('has a row for every folder of the code', () => {
    const text = readFileSync('docs/architecture.md', 'utf8');
    const folders = new Set(['src', 'commands'].flatMap(filesUnder).map((path) => dirname(path)));
    const named = (folder: string) => text.includes(`\`${folder}\``) || folder.startsWith('src/i18n/');
    expect([...folders].filter((folder) => !named(folder))).toEqual([]);
  });
});
