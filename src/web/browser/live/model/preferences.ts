/** How somebody reads, on this browser: remembered. */
export interface Preferences {
  readonly language?: string; // `spoken`, or a language; missing: what they chose in Discord
  readonly textSize: number; // percent
  readonly moreContrast: boolean;
  readonly moreSpace: boolean; // between letters, words and lines, as it helps people with dyslexia
  readonly lessMotion: boolean;
  readonly showsOriginal: boolean; // with translations
  readonly hasKeys: boolean; // single keys do something: they can disturb people who dictate
}

const SIZES = [80, 90, 100, 115, 130, 150, 175, 200, 250, 300];
const USUAL_SIZE = 100;

/** The next larger or smaller size of text, if there is one. */
export function otherSize(size: number, step: 1 | -1): number {
  const next = step > 0 ? SIZES.find((one) => one > size) : SIZES.findLast((one) => one < size);
  return next ?? size;
}

/**
 * Reads what the browser has kept. What makes no sense counts as not chosen.
 *
 * @param isWide - whether the screen has room for originals beside translations
 */
export function readPreferences(kept: string | null, isWide: boolean): Preferences {
  const values = valuesIn(kept);
  const chosen = (name: keyof Preferences, otherwise: boolean) => {
    const value = values[name];
    return typeof value === 'boolean' ? value : otherwise;
  };
  const { language, textSize } = values;
  return {
    ...(typeof language === 'string' && /^[\w-]{2,35}$/.test(language) && { language }),
    textSize: SIZES.find((size) => size === textSize) ?? USUAL_SIZE,
    moreContrast: chosen('moreContrast', false),
    moreSpace: chosen('moreSpace', false),
    lessMotion: chosen('lessMotion', false),
    showsOriginal: chosen('showsOriginal', isWide),
    hasKeys: chosen('hasKeys', true),
  };
}

function valuesIn(kept: string | null): Readonly<Record<string, unknown>> {
  try {
    const values: unknown = JSON.parse(kept ?? '{}');
    return typeof values === 'object' && values !== null ? { ...values } : {};
  } catch {
    return {}; // somebody else wrote it
  }
}
