import { globSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** The library that browser code imports, served as it comes from its package. */
export const LIBRARY = 'lit-html';

const BROWSER = join(import.meta.dirname, '../browser');
// Not by how this process would import it: that is another build, for Node.
const LIBRARY_FOLDER = dirname(findPackageJSON(LIBRARY, import.meta.url) ?? '');
const OF_TYPES = /^import type [^;]*;/gm; // nothing of them is left in the browser
const IMPORT = /(\b(?:from|import)\s*\(?\s*["'])([^"']+)(["'])/g;

/** The files of the browser's code and styles by their addresses: TypeScript as it was written, with the addresses of what it imports. */
export function readSources(): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const path of globSync('**/*.{ts,css}', { cwd: BROWSER }).toSorted()) {
    const text = readFileSync(join(BROWSER, path), 'utf8');
    sources.set(addressOf(path), path.endsWith('.ts') ? withAddresses(path, text) : text);
  }
  // Whatever is imported comes later in the map, so this also reads what the library itself imports.
  for (const [address, text] of sources) {
    for (const imported of importsOf(address, text)) {
      if (!imported.startsWith(`${LIBRARY}/`) || sources.has(imported)) continue;
      sources.set(imported, readFileSync(join(LIBRARY_FOLDER, imported.slice(LIBRARY.length + 1)), 'utf8'));
    }
  }
  return sources;
}

/** The addresses of the modules that a module imports. */
export function importsOf(address: string, text: string): string[] {
  if (!address.endsWith('.js')) return [];
  return [...text.replaceAll(OF_TYPES, '').matchAll(IMPORT)].flatMap(([, , to = '']) =>
    to.startsWith('.') ? [join(dirname(address), to)] : [],
  );
}

function withAddresses(path: string, text: string): string {
  const toRoot = '../'.repeat(path.split('/').length - 1) || './';
  return text.replaceAll(IMPORT, (_, before: string, to: string, after: string) => {
    if (to.startsWith('.')) return `${before}${addressOf(to)}${after}`;
    return `${before}${toRoot}${to === LIBRARY ? `${LIBRARY}/${LIBRARY}.js` : to}${after}`;
  });
}

function addressOf(path: string): string {
  return path.replace(/\.ts$/, '.js');
}
