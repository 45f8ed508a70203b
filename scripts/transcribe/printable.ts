/** Control and format characters, C1 too: a terminal obeys U+009B as it does Escape with a bracket. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Text without anything that a terminal would obey. */
export function printable(text: string): string {
  return text.replaceAll(OBEYED, ' ');
}

/** The same of JSON, which escapes some of these characters by itself: the others as it would. */
export function printableJson(json: string): string {
  return json.replaceAll(OBEYED, (signs) =>
    Array.from({ length: signs.length }, (_, at) => `\\u${signs.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
