/** Control characters, line separators, and those that turn the direction of everything after them around. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** What somebody said or is called, on one line: whole characters only, single spaces. */
export function oneLine(text: string): string {
  return text.toWellFormed().replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/g, ' ').trim();
}

/** At most so many characters (as Discord counts them), cut between those that people see, with an ellipsis. */
export function clip(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length + 1 > maxChars) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
