import type { Draft, DraftPoint } from './drafts.ts';

/**
 * Reads a model's answer item by item, so that a malformed item does not affect the others.
 *
 * Numbers may be written as text, and fields may be missing or null.
 *
 * @returns `undefined` when the value is not a draft
 */
export function readDraft(value: unknown): Draft | undefined {
  if (!isRecord(value)) return undefined;
  const lists = ['keyPoints', 'decisions', 'actions', 'questions'] as const;
  if (!lists.some((name) => Array.isArray(value[name]))) return undefined;
  const points = (name: (typeof lists)[number]) => readPoints(value[name]);
  return {
    title: textIn(value.title),
    keyPoints: points('keyPoints'),
    decisions: points('decisions'),
    actions: listIn(value.actions).flatMap((item) => {
      const point = pointIn(item);
      if (!point || !isRecord(item)) return [];
      return [{ ...point, owner: textIn(item.owner) || null, due: textIn(item.due) || null }];
    }),
    questions: points('questions'),
  };
}

/** The texts of a translation in order. `undefined` when the value is not a translation. */
export function readTexts(value: unknown): { texts: string[] } | undefined {
  if (!isRecord(value) || !Array.isArray(value.texts)) return undefined;
  return { texts: value.texts.map(textIn) };
}

/** The points of a list, without what is none. */
export function readPoints(value: unknown): DraftPoint[] {
  return listIn(value).flatMap((item) => pointIn(item) ?? []);
}

function pointIn(item: unknown): DraftPoint | undefined {
  if (!isRecord(item)) return undefined;
  const text = textIn(item.text);
  const lines = (Array.isArray(item.lines) ? item.lines : [item.lines]).flatMap(numbersIn);
  return text === '' ? undefined : { text, lines };
}

/** The line numbers in `3`, `"3"`, `"[3]"` or `"3-5"`, which are ways in which models cite lines. */
function numbersIn(line: unknown): number[] {
  if (typeof line === 'number') return Number.isSafeInteger(line) ? [line] : [];
  if (typeof line !== 'string') return [];
  const [first, last] = [...line.matchAll(/\d{1,7}/g)].map(([digits]) => Number(digits));
  if (first === undefined) return [];
  const isRange = last !== undefined && /\d\s*[-–]\s*\d/.test(line) && last > first && last - first < MAX_RANGE;
  if (isRange) return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return last === undefined ? [first] : [first, last];
}

const MAX_RANGE = 20;

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textIn(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
