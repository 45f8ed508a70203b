import { z } from 'zod';
import type { Point, SummaryText } from '../core/summary.ts';

/** The shape of a translation: the texts of a summary in the same order. */
export const translatedTexts = z.object({ texts: z.array(z.string()) });

/** All texts of a summary in a fixed order, beginning with the title, which is empty if there is none. */
export function textsOf({ title, keyPoints, decisions, actions, questions }: SummaryText): string[] {
  return [
    title ?? '',
    ...[...keyPoints, ...decisions, ...actions, ...questions].map(({ text }) => text),
    ...actions.map(({ due }) => due ?? ''),
  ];
}

/** The summary with translated texts and the same citations. `undefined` when the texts do not match one to one. */
export function withTexts(summary: SummaryText, language: string, texts: readonly string[]): SummaryText | undefined {
  const originals = textsOf(summary);
  if (texts.length !== originals.length) return undefined;
  if (originals.some((original, index) => (original === '') !== (texts[index]?.trim() === ''))) return undefined;
  const [title, ...rest] = texts;
  const taken = rest.values();
  const next = () => taken.next().value ?? '';
  const points = <T extends Point>(list: readonly T[]): T[] => list.map((point) => ({ ...point, text: next() }));
  const changed = {
    keyPoints: points(summary.keyPoints),
    decisions: points(summary.decisions),
    actions: points(summary.actions),
    questions: points(summary.questions),
  };
  return {
    language,
    ...(summary.title !== undefined && title !== undefined && { title }),
    ...changed,
    actions: changed.actions.map((action) => {
      const due = next();
      return { ...action, ...(action.due !== undefined && { due }) };
    }),
  };
}
