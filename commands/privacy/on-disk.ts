import type { DiskTrace } from '../../src/core/ports/archive.ts';
import type { Words } from '../../src/i18n/words.ts';

/** Says that the database's own files may still hold erased words; nothing when they do not. */
export function onDiskLines(trace: DiskTrace, words: Words): string[] {
  if (trace === 'none') return [];
  return [words.t(trace === 'dead rows' ? 'privacy.diskRows' : 'privacy.diskLog')];
}
