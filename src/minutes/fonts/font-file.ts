import { closeSync, openSync, readSync } from 'node:fs';

/** A font on this machine, and the characters it can draw. */
export interface FontFile {
  readonly path: string;
  readonly postscriptName: string | undefined; // of the face to use, when the file is a collection
  has(codePoint: number): boolean;
}

const COLLECTION = 0x74746366; // 'ttcf'
const MAX_TABLES = 64; // fonts have about twenty
const MAX_TABLE_BYTES = 8_000_000; // the largest character maps of CJK fonts are under one megabyte

interface Table {
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads which characters a TrueType or OpenType file has outlines for.
 *
 * @returns `undefined` for other files, for damaged ones, and for fonts made of pictures (colour emoji), which documents
 *   cannot embed
 */
export function readFontFile(path: string): FontFile | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    return readFace(file, path);
  } catch {
    return undefined; // whatever is wrong with this file, other fonts can serve
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readFace(file: number, path: string): FontFile | undefined {
  const head = readPart(file, 0, 16);
  const isCollection = head.readUInt32BE(0) === COLLECTION;
  const tables = readTables(file, isCollection ? head.readUInt32BE(12) : 0);
  const map = tables.get('cmap');
  const name = tables.get('name');
  if (!map || !(tables.has('glyf') || tables.has('CFF '))) return undefined;
  const has = readCharacterMap(readPart(file, map.offset, map.length));
  if (!isCollection) return { path, postscriptName: undefined, has };
  const postscriptName = name && readPostscriptName(readPart(file, name.offset, name.length));
  return postscriptName === undefined ? undefined : { path, postscriptName, has };
}

function readPart(file: number, offset: number, length: number): Buffer {
  if (length > MAX_TABLE_BYTES) throw new RangeError(`Cannot read a font's table: it is too long (${length} bytes)`);
  const bytes = Buffer.alloc(length);
  const read = readSync(file, bytes, 0, length, offset);
  return bytes.subarray(0, read);
}

function readTables(file: number, offset: number): Map<string, Table> {
  const count = Math.min(readPart(file, offset + 4, 2).readUInt16BE(0), MAX_TABLES);
  const records = readPart(file, offset + 12, count * 16);
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const at = index * 16;
      const table = { offset: records.readUInt32BE(at + 8), length: records.readUInt32BE(at + 12) };
      return [records.toString('latin1', at, at + 4), table];
    }),
  );
}

/** Reads the font's best Unicode map: format 12, which covers all planes, else format 4, which covers the first. */
function readCharacterMap(cmap: Buffer): (codePoint: number) => boolean {
  const count = cmap.readUInt16BE(2);
  const offsets = Array.from({ length: count }, (_, index) => ({
    platform: cmap.readUInt16BE(4 + index * 8),
    at: cmap.readUInt32BE(8 + index * 8),
  })).filter(({ platform }) => platform === 0 || platform === 3);
  const ofFormat = (format: number) => offsets.find(({ at }) => cmap.readUInt16BE(at) === format)?.at;
  const full = ofFormat(12);
  if (full !== undefined) return groupsAt(cmap, full);
  const basic = ofFormat(4);
  if (basic === undefined) throw new RangeError('Cannot read a font: it has no character map in a known format');
  return segmentsAt(cmap, basic);
}

function groupsAt(cmap: Buffer, at: number): (codePoint: number) => boolean {
  const count = cmap.readUInt32BE(at + 12);
  return (codePoint) => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      const group = at + 16 + middle * 12;
      if (codePoint < cmap.readUInt32BE(group)) high = middle;
      else if (codePoint > cmap.readUInt32BE(group + 4)) low = middle + 1;
      else return true;
    }
    return false;
  };
}

function segmentsAt(cmap: Buffer, at: number): (codePoint: number) => boolean {
  const doubled = cmap.readUInt16BE(at + 6); // twice the number of segments: the length of each of the four arrays
  const ends = at + 14;
  const starts = ends + doubled + 2;
  return (codePoint) => {
    for (let index = 0; index < doubled; index += 2) {
      if (codePoint > cmap.readUInt16BE(ends + index)) continue;
      const start = cmap.readUInt16BE(starts + index);
      if (codePoint < start) return false;
      const delta = cmap.readUInt16BE(starts + doubled + index);
      const rangeAt = starts + 2 * doubled + index;
      const range = cmap.readUInt16BE(rangeAt);
      if (range === 0) return ((codePoint + delta) & 0xffff) !== 0;
      const glyphAt = rangeAt + range + 2 * (codePoint - start);
      return glyphAt + 2 <= cmap.length && cmap.readUInt16BE(glyphAt) !== 0;
    }
    return false;
  };
}

/** The PostScript name of the first face, from a table of names. */
export function readPostscriptName(table: Buffer): string | undefined {
  const count = table.readUInt16BE(2);
  const texts = table.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const at = 6 + index * 12;
    const [platform, kind] = [table.readUInt16BE(at), table.readUInt16BE(at + 6)];
    if (platform !== 3 || kind !== 6) continue;
    const begin = texts + table.readUInt16BE(at + 10);
    const utf16 = Buffer.from(table.subarray(begin, begin + table.readUInt16BE(at + 8)));
    return utf16.swap16().toString('utf16le');
  }
  return undefined;
}
