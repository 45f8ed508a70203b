import { Latest } from '../latest.ts';
import type { MeetingRecord } from '../record.ts';

/** The parts of a language code, in any spelling: `pt-BR`, `pt_br` and `PT-BR` are the same. */
interface Tag {
  readonly base: string; // `pt`
  readonly script: string | undefined; // `hans`
  readonly region: string | undefined; // `br`, `419`
}

const MOST_TAGS = 500; // a recogniser may invent codes
const tags = new Latest<string, Tag>(MOST_TAGS); // few codes, compared for every translation

function tagOf(code: string): Tag {
  const known = tags.get(code);
  if (known) return known;
  const [base = '', ...rest] = code.toLowerCase().split(/[-_]/);
  const tag = {
    base,
    script: rest.find((part) => /^[a-z]{4}$/.test(part)),
    region: rest.find((part) => /^(?:[a-z]{2}|\d{3})$/.test(part)),
  };
  tags.set(code, tag);
  return tag;
}

/** Whether two codes mean one language. Script and region count only where both name one: `es` is `es-419`, `pt-BR` is not `pt-PT`. */
export function sameLanguage(a: string, b: string): boolean {
  const [one, other] = [tagOf(a), tagOf(b)];
  const agree = (part: 'script' | 'region') =>
    one[part] === undefined || other[part] === undefined || one[part] === other[part];
  return one.base === other.base && agree('script') && agree('region');
}

/** Whether two codes mean one language of any country: any Portuguese serves a reader of Portuguese better than the original. */
export function relatedLanguage(a: string, b: string): boolean {
  return tagOf(a).base === tagOf(b).base;
}

/** The part that all codes of a language share: `pt` of `pt_BR`. */
export function baseLanguage(code: string): string {
  return tagOf(code).base;
}

/** The candidate nearest to a language: the same language, otherwise a related one. `undefined`: none is. */
export function nearest<T>(language: string, all: Iterable<T>, languageOf: (one: T) => string): T | undefined {
  const candidates = [...all];
  return (
    candidates.find((one) => languageOf(one).toLowerCase() === language.toLowerCase()) ??
    candidates.find((one) => sameLanguage(languageOf(one), language)) ??
    candidates.find((one) => relatedLanguage(languageOf(one), language))
  );
}

/** The language that was spoken longest; `undefined` when nothing was said. */
export function mainLanguage({ finals }: Pick<MeetingRecord, 'finals'>): string | undefined {
  const spokenMs = new Map<string, number>(); // a language of several countries counts once, by its first code
  for (const { language, startMs, endMs } of finals) {
    const known = spokenMs.has(language) ? language : nearest(language, spokenMs.keys(), (one) => one);
    spokenMs.set(known ?? language, (spokenMs.get(known ?? language) ?? 0) + Math.max(1, endMs - startMs));
  }
  const [longest] = [...spokenMs].toSorted(([, a], [, b]) => b - a);
  return longest?.[0];
}
