import { oneLine } from './plain.ts';

const NOT_IN_XML = /[\ufffe\uffff]/g; // the controls and lone surrogates are gone already

/** What somebody said or is called, in characters that an XML document may hold. It still needs escaping. */
export function xmlText(text: string): string {
  return oneLine(text).replaceAll(NOT_IN_XML, '');
}

export function escapeXml(text: string): string {
  return xmlText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
