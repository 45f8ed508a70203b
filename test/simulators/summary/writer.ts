import type { ModelRequest } from './index.ts';

interface Item {
  readonly text: string;
  readonly lines: readonly number[];
}

interface Draft {
  readonly title: string;
  readonly keyPoints: readonly Item[];
  readonly decisions: readonly Item[];
  readonly actions: readonly (Item & { readonly owner: string | null; readonly due: string | null })[];
  readonly questions: readonly Item[];
}

/**
 * Stands for a model: it knows decisions, promises and questions by a few English words, and invents nothing. It answers a
 * question with the lines that share a word with it.
 */
export function writeAnswer({ instructions, material }: ModelRequest): string {
  if (instructions.startsWith('You translate')) return JSON.stringify({ texts: translate(instructions, material) });
  if (instructions.startsWith('You merge')) return JSON.stringify(merge(JSON.parse(material)));
  if (instructions.startsWith('You answer')) return JSON.stringify(answer(material));
  return JSON.stringify(read(material));
}

function answer(material: string): { readonly answered: boolean; readonly sentences: readonly Item[] } {
  const question = /^Question: (.*)$/m.exec(material)?.[1] ?? '';
  const words = (question.toLowerCase().match(/\p{L}{5,}/gu) ?? []).map((word) => word.slice(0, 5));
  const sentences = saidIn(material)
    .filter(({ text }) => words.some((word) => text.toLowerCase().includes(word)))
    .map(itemOf);
  return { answered: sentences.length > 0, sentences };
}

function saidIn(material: string): (Item & { readonly name: string })[] {
  return [...material.matchAll(/^\[(\d+)\] (.*?): (.*)$/gm)].map(([, number, name = '', text = '']) => ({
    name,
    text,
    lines: [Number(number)],
  }));
}

function read(material: string): Draft {
  const said = saidIn(material);
  const those = (pattern: RegExp): Item[] => said.filter(({ text }) => pattern.test(text)).map(itemOf);
  return {
    title: 'What the model heard',
    keyPoints: said.slice(0, 2).map(itemOf),
    decisions: those(/\bagreed\b/i),
    actions: said
      .filter(({ text }) => /\bI will\b/i.test(text))
      .map((one) => ({ ...itemOf(one), owner: one.name, due: /\bby (\w+)/i.exec(one.text)?.[1] ?? null })),
    questions: those(/\?$/),
  };
}

function itemOf({ text, lines }: Item): Item {
  return { text, lines };
}

function merge(drafts: readonly Draft[]): Draft {
  return {
    title: drafts[0]?.title ?? '',
    keyPoints: drafts.flatMap(({ keyPoints }) => keyPoints),
    decisions: drafts.flatMap(({ decisions }) => decisions),
    actions: drafts.flatMap(({ actions }) => actions),
    questions: drafts.flatMap(({ questions }) => questions),
  };
}

/** `(es) text`: enough to tell a translation from its original. */
function translate(instructions: string, material: string): string[] {
  const code = /into .*? \((\S+?)\)/.exec(instructions)?.[1] ?? '?';
  const { texts }: { texts: string[] } = JSON.parse(material);
  return texts.map((text) => (text === '' ? '' : `(${code}) ${text}`));
}
