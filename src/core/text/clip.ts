/** Cuts a text to `maxChars` UTF-16 units, which is how Discord counts, between two graphemes and with an ellipsis. */
export function clip(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length + 1 > maxChars) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
