import { parseAst } from 'vitest/node';

/** A class as a reader sees it. */
export interface ClassSize {
  readonly name: string;
  readonly lines: number; // from its first to its last, the comment above it not included
  readonly fields: number; // of each object: what the class itself has is none
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly id?: { readonly name: string } | null;
  readonly body?: { readonly body?: readonly (Node & { readonly static?: boolean })[] };
}

const FIELDS: readonly string[] = ['PropertyDefinition', 'AccessorProperty'];

/** The classes of a module, those within others included. Understands what Node runs: TypeScript whose types are only removed. */
export function classesIn(text: string): ClassSize[] {
  return nodesIn(parseAst(text, { lang: 'ts' }))
    .filter(({ type }) => type === 'ClassDeclaration' || type === 'ClassExpression')
    .map(({ id, start, end, body }) => ({
      name: id?.name ?? 'a class without a name',
      lines: text.slice(start, end).split('\n').length,
      fields: (body?.body ?? []).filter((member) => FIELDS.includes(member.type) && !member.static).length,
    }));
}

function nodesIn(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.values(value).flatMap(nodesIn);
  return isNode(value) ? [value, ...within] : within;
}

function isNode(value: object): value is Node {
  return 'type' in value && 'start' in value && 'end' in value;
}
