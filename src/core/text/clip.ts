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
