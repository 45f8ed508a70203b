/** Control and format characters, including C1: terminals treat U+009B like Escape and a bracket. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** A text without characters that a terminal would obey. */
export function printable(text: string): string {
  return text.replaceAll(OBEYED, ' ');
}

/** JSON text in which these characters are escaped. `JSON.stringify` escapes only some of them. */
export function printableJson(json: string): string {
  return json.replaceAll(OBEYED, (signs) =>
    Array.from({ length: signs.length }, (_, at) => `\\u${signs.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
