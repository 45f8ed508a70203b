import { Latest } from '../core/latest.ts';
import type { SttOptions } from '../core/ports/speech-to-text.ts';

/** Languages that the service is known to support. When a refusal names none, the others are left out first. */
const KNOWN: readonly string[] = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'nl', 'pt', 'ru', 'zh'];
const AUTO = 'auto';
const LEARNED_MS = 30 * 60_000; // the service may support the language by then
const MAX_LEARNED = 200;

const CODE = '[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}';
const LIST = new RegExp(`\\b${CODE}\\b(?:["'\\s]{0,3},["'\\s]{0,3}\\b${CODE}\\b){2,}`, 'giu');
const AT_MOST = /(?:at most|no more than|maximum(?: of| is)?|max\.?|up to|limit(?: of| is)?)[:\s]{1,3}(\d{1,3})\b/iu;

/** The options to ask for instead, and whether languages were left out by name, or because there were too many. */
export interface Narrowed {
  readonly options: SttOptions;
  readonly by: 'name' | 'number';
}

/**
 * The options to ask for after a refusal: as many languages as its message allows, and always the transcription.
 *
 * Each call asks for less than the one before, so the calls come to an end.
 *
 * @param said - the service's message; it may explain nothing
 * @returns `undefined` when no language is left that could be left out
 */
export function narrower(options: SttOptions, said: string): Narrowed | undefined {
  const { language, translateTo } = options;
  const blamed = blamedIn(options, said);
  if (blamed !== undefined) return { options: blamed, by: 'name' };
  const most = Number(AT_MOST.exec(said)?.[1] ?? Number.NaN);
  if (most < translateTo.length)
    return { options: { language, translateTo: translateTo.slice(0, most) }, by: 'number' };
  const known = translateTo.filter((target) => KNOWN.includes(target));
  if (known.length < translateTo.length) return { options: { language, translateTo: known }, by: 'name' };
  if (known.length > 0) {
    return { options: { language, translateTo: known.slice(0, Math.floor(known.length / 2)) }, by: 'number' };
  }
  return language === AUTO ? undefined : { options: { language: AUTO, translateTo }, by: 'name' };
}

/** Whether this message blames one of the languages that were asked for. */
export function speaksOfLanguages(options: SttOptions, said: string): boolean {
  return blamedIn(options, said) !== undefined;
}

/** The options without the languages that the message names, or does not name among the supported ones. */
function blamedIn({ language, translateTo }: SttOptions, said: string): SttOptions | undefined {
  const text = said.toLowerCase();
  const supported = new Set([...text.matchAll(LIST)].flatMap(([list]) => list.match(new RegExp(CODE, 'gu')) ?? []));
  const isNamed = (code: string) => !supported.has(code) && names(text, code);
  const isMissing = (code: string) => supported.size > 0 && !supported.has(code);
  const named = translateTo.filter(isNamed);
  // The list may be that of spoken languages, which differs from that of targets.
  if (named.length === 0 && language !== AUTO && isNamed(language)) return { language: AUTO, translateTo };
  const kept = translateTo.filter((target) => !isNamed(target) && !isMissing(target));
  if (kept.length < translateTo.length) return { language, translateTo: kept };
  return language !== AUTO && isMissing(language) ? { language: AUTO, translateTo } : undefined;
}

/** Whether the text names the code in quotes, or as unsupported. Codes such as `is` and `no` are ordinary words too. */
function names(text: string, code: string): boolean {
  const plain = RegExp.escape(code.toLowerCase());
  const quoted = `["'\`‘“«]${plain}["'\`’”»]`;
  const stated = `(?:language|target|code)s?[:=\\s(]{1,3}${plain}(?![\\w-])|(?<![\\w-])${plain} (?:is|are) (?:not|un)`;
  return new RegExp(`${quoted}|${stated}`, 'u').test(text);
}

/** The languages that one service has refused so far. All its streams share them, so that each need not ask again. */
export class RefusedLanguages {
  readonly #targets = new Latest<string, number>(MAX_LEARNED); // language -> until when the refusal is believed
  readonly #spoken = new Latest<string, number>(MAX_LEARNED);
  #most: { readonly targets: number; readonly untilMs: number } | undefined;

  /** The options without the languages that were refused. */
  within({ language, translateTo }: SttOptions, nowMs: number): SttOptions {
    const most = this.#most !== undefined && this.#most.untilMs > nowMs ? this.#most.targets : translateTo.length;
    return {
      language: (this.#spoken.get(language) ?? 0) > nowMs ? AUTO : language,
      translateTo: translateTo.filter((target) => (this.#targets.get(target) ?? 0) <= nowMs).slice(0, most),
    };
  }

  /** Remembers a refusal: the service refused `before`, and accepted the narrowed options. */
  learn(before: SttOptions, { options, by }: Narrowed, nowMs: number): void {
    const untilMs = nowMs + LEARNED_MS;
    if (by === 'number') this.#most = { targets: options.translateTo.length, untilMs };
    else {
      for (const target of before.translateTo) {
        if (!options.translateTo.includes(target)) remember(this.#targets, target, untilMs);
      }
    }
    if (before.language !== options.language) remember(this.#spoken, before.language, untilMs);
  }
}

function remember(learned: Map<string, number>, code: string, untilMs: number): void {
  learned.delete(code); // what is refused again counts as new
  learned.set(code, untilMs);
}
