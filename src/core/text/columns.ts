/** Latin, Greek, Cyrillic, Hebrew and Arabic letters without combining marks: one column each. */
const ONE_COLUMN_EACH = /^[\x20-\u02ff\u0370-\u0482\u048a-\u0590\u05d0-\u060f\u0620-\u064a]*$/;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** As wide as two Latin letters: Hangul, kana, Han, full-width forms, pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** The width of a text in Latin letters of average width. */
export function columnsOf(text: string): number {
  if (ONE_COLUMN_EACH.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (WIDE.test(character)) columns += 2;
    else if (!NO_WIDTH.test(character)) columns += 1;
  }
  return columns;
}

/** Cuts a text to `maxColumns`, between visible characters and with an ellipsis. */
export function clipColumns(text: string, maxColumns: number): string {
  if (columnsOf(text) <= maxColumns) return text;
  let kept = '';
  let columns = 1; // of the ellipsis
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    columns += columnsOf(segment);
    if (columns > maxColumns) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
