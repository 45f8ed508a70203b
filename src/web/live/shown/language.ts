import { sameLanguage } from '../../../core/text/language.ts';

/**
 * The language in which a page shows a meeting.
 *
 * @param asked - by the page's address: `spoken`, or a language; anything that the meeting is not translated into counts as
 *   missing, as each language costs a feed of its own
 * @param own - that the member reads; `undefined`: as it was spoken
 * @param targets - that the meeting is translated into
 * @returns `undefined`: as it was spoken
 */
export function shownLanguage(
  asked: string | undefined,
  own: string | undefined,
  targets: readonly string[],
): string | undefined {
  if (asked === undefined) return own;
  if (asked === 'spoken') return undefined;
  return targets.find((target) => sameLanguage(target, asked)) ?? own;
}
