import { oneLine } from '../../core/text/plain-text.ts';

/** What somebody said or is called, as it may stand in an XML document. */
export function escapeXml(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
