import type { en } from './en.ts';

/** Areas of phrases, as English has them: the pattern for every other language. A missing one fails the type check. */
type English = typeof en;

/** A language's phrases, in ICU's message format. */
export type Translation = { readonly [Area in keyof English]: { readonly [Key in keyof English[Area]]: string } };

/** `area.key` */
export type PhraseKey = {
  [Area in keyof English & string]: `${Area}.${keyof English[Area] & string}`;
}[keyof English & string];
