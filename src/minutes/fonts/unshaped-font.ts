import { readFileSync } from 'node:fs';

const SHAPING = new Set(['GSUB', 'GPOS']);
const RECORD_BYTES = 16;
// pdfkit treats two fonts with the same name as one.
const NAME = 'DejaVuSans';
const OTHER_NAME = 'DejaVuText';

/**
 * The bytes of a font without its shaping tables (ligatures, and letters that change with their position).
 *
 * Latin, Greek and Cyrillic do not need shaping, and it takes most of the time for a long document. Without ligatures,
 * every PDF reader can also find words such as `office`.
 *
 * @param path - of one of the shipped fonts
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

/** Renames the font in its name table, which holds each name in Latin-1 and in UTF-16. */
function rename(names: Buffer): void {
  const spellings = [
    [Buffer.from(NAME, 'latin1'), Buffer.from(OTHER_NAME, 'latin1')],
    [Buffer.from(NAME, 'utf16le').swap16(), Buffer.from(OTHER_NAME, 'utf16le').swap16()],
  ] as const;
  for (const [name, other] of spellings) {
    for (let at = names.indexOf(name); at >= 0; at = names.indexOf(name, at + 1)) other.copy(names, at);
  }
}

/** Printable characters of scripts that need no shaping, with common punctuation and currency signs, without marks. */
const UNSHAPED = /^[ -~\u00a0-\u024f\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u203a\u20a0-\u20bf]*$/;

export function needsNoShaping(text: string): boolean {
  return UNSHAPED.test(text);
}
