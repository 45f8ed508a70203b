import { readFileSync } from 'node:fs';
import { readPostscriptName } from './font-file.ts';

const SHAPING = new Set(['GSUB', 'GPOS']);
const RECORD_BYTES = 16;
const OTHER_END = 'X'; // of the name: pdfkit treats two fonts with the same name as one

/**
 * The bytes of a font without its shaping tables (ligatures, and letters that change with their position).
 *
 * Latin, Greek and Cyrillic do not need shaping, and it takes most of the time for a long document. Without ligatures,
 * every PDF reader can also find words such as `office`.
 *
 * @param path - of a font that is no collection
 */
export function unshapedFont(path: string): Buffer {
  const bytes = readFileSync(path);
  const count = bytes.readUInt16BE(4);
  for (let at = 12; at < 12 + count * RECORD_BYTES; at += RECORD_BYTES) {
    const table = bytes.toString('latin1', at, at + 4);
    if (SHAPING.has(table)) bytes.write(table.toLowerCase(), at, 'latin1'); // no reader knows a table of this name
    if (table !== 'name') continue;
    const from = bytes.readUInt32BE(at + 8);
    rename(bytes.subarray(from, from + bytes.readUInt32BE(at + 12)));
  }
  return bytes;
}

/** Renames the font in its name table, which holds each name in Latin-1, in UTF-16, or in both. */
function rename(names: Buffer): void {
  const name = readPostscriptName(names);
  if (name === undefined) return;
  const other = `${name.slice(0, -OTHER_END.length)}${OTHER_END}`;
  const spellings = [
    [Buffer.from(name, 'latin1'), Buffer.from(other, 'latin1')],
    [Buffer.from(name, 'utf16le').swap16(), Buffer.from(other, 'utf16le').swap16()],
  ] as const;
  for (const [from, to] of spellings) {
    for (let at = names.indexOf(from); at >= 0; at = names.indexOf(from, at + 1)) to.copy(names, at);
  }
}

/** Printable characters of scripts that need no shaping, with common punctuation and currency signs, without marks. */
const UNSHAPED = /^[ -~\u00a0-\u024f\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u203a\u20a0-\u20bf]*$/;

export function needsNoShaping(text: string): boolean {
  return UNSHAPED.test(text);
}
