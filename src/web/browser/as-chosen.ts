// Shows a page as its reader has chosen to read, before anything of it is drawn. A module would come too late, so this is a plain script,
// which can import types alone.
import type { Chosen } from './chosen.ts';

{
  const KEPT_AS = 'parley live page'; // the first page on which there was a choice
  const LEAST_SIZE = 80; // percent
  const LARGE_SIZE = 175; // nothing has room beside such text
  const MOST_SIZE = 300;

  const root = document.documentElement;
  const mark = (name: string, value: string | false) => {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  };

  const show = ({ textSize, moreContrast, moreSpace, lessMotion }: Readonly<Record<string, unknown>>) => {
    const size = typeof textSize === 'number' ? Math.max(LEAST_SIZE, Math.min(MOST_SIZE, textSize)) : 100;
    root.style.fontSize = `${size}%`;
    mark('text', size >= LARGE_SIZE && 'large');
    mark('contrast', moreContrast === true && 'more');
    mark('space', moreSpace === true && 'more');
    mark('motion', lessMotion === true && 'less');
  };

  const valuesIn = (choices: string | null): Readonly<Record<string, unknown>> => {
    try {
      return { ...JSON.parse(choices ?? '{}') };
    } catch {
      return {}; // somebody else wrote it
    }
  };

  const keep = (choices: string) => {
    show(valuesIn(choices));
    try {
      localStorage.setItem(KEPT_AS, choices);
    } catch {
      // It is forgotten.
    }
  };

  /** Where a browser keeps nothing for us, everything works and is forgotten. */
  const keptBefore = (): string | null => {
    try {
      return localStorage.getItem(KEPT_AS);
    } catch {
      return null;
    }
  };

  const baseOf = (language: string) => language.split('-')[0];

  /** The page of a meeting that is over comes in the language that its address names. Where it names none, the reader's own choice counts. */
  const readIn = (language: unknown) => {
    const { languages, shown = 'spoken' } = root.dataset; // into which it is translated, and which of them it is in
    const address = new URL(location.href);
    if (languages === undefined || typeof language !== 'string' || address.searchParams.has('in')) return;
    const there = ['spoken', ...languages.split(' ')].find((one) => baseOf(one) === baseOf(language));
    if (there === undefined || there === shown) return;
    address.searchParams.set('in', there);
    location.replace(address);
  };

  const kept = keptBefore();
  window.chosen = { kept, keep } satisfies Chosen;
  show(valuesIn(kept));
  readIn(valuesIn(kept).language);
}
