const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Two letters that stand for a name: of its first and of its last word. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200d]*/gu) ?? [];
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? name.trim()];
  return ends.map((word) => firstLetterOf(word ?? '')).join('');
}

function firstLetterOf(word: string): string {
  for (const { segment } of letters.segment(word)) return segment.toUpperCase();
  return '';
}
