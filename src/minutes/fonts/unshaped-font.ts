import { readFileSync } from 'node:fs';

const SHAPING = new Set(['GSUB', 'GPOS']);
const RECORD_BYTES = 16;
// pdfkit takes two fonts of one name for the same font.
const NAME = 'DejaVuSans';
const OTHER_NAME = 'DejaVuText';

/**
 * A font without its tables for shaping: no ligatures, and no rules for scripts whose letters change by their place.
 *
 * Latin, Greek and Cyrillic need none of it, and applying it takes most of the time of a long document. Without
 * ligatures every reader finds `office` again, too.
 *
 * @param path - of one of the shipped fonts
 */
export function unshapedFont(path: string): Buffer {
  const bytes = readFileSync(path);
  const count = bytes.readUInt16BE(4);
  for (let at = 12; at < 12 + count * RECORD_BYTES; at += RECORD_BYTES) {
    const table = bytes.toString('latin1', at, at + 4);
    if (SHAPING.has(table)) bytes.write(table.toLowerCase(), at, 'latin1'); // a name that means nothing to anybody
    if (table !== 'name') continue;
    const from = bytes.readUInt32BE(at + 8);
    rename(bytes.subarray(from, from + bytes.readUInt32BE(at + 12)));
  }
  return bytes;
}

/** The table holds every name as Latin-1 and as UTF-16. */
function rename(names: Buffer): void {
  const spellings = [
    [Buffer.from(NAME, 'latin1'), Buffer.from(OTHER_NAME, 'latin1')],
    [Buffer.from(NAME, 'utf16le').swap16(), Buffer.from(OTHER_NAME, 'utf16le').swap16()],
  ] as const;
  for (const [name, other] of spellings) {
    for (let at = names.indexOf(name); at >= 0; at = names.indexOf(name, at + 1)) other.copy(names, at);
  }
}

/** Printable characters of scripts that need no shaping, with common punctuation and currencies, and no marks. */
const UNSHAPED = /^[ -~\u00a0-\u024f\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u203a\u20a0-\u20bf]*$/;

export function needsNoShaping(text: string): boolean {
  return UNSHAPED.test(text);
}
