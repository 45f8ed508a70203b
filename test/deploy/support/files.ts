import { readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';

/** A YAML file as plain values; they are as loose as the file. */
// biome-ignore lint/suspicious/noExplicitAny: the tests say of each value what it has to be
export type Loose = any;

/** @throws when the file is no valid YAML, or a key stands twice in it */
export function readYaml(path: string): Loose {
  return parse(readFileSync(path, 'utf8'), { strict: true, merge: true });
}

/** Every document of a file. */
export function readAllYaml(path: string): Loose[] {
  return parseAllDocuments(readFileSync(path, 'utf8'), { strict: true }).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS();
  });
}
