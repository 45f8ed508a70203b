import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The files of a folder of this repository and of all folders in it, as paths from the root. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** The files of this repository that a file imports, types included. */
export function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, to = '']) => to);
  return [...new Set(named.map((to) => relative(root, resolve(root, dirname(path), to))))];
}

/**
 * The circles of a graph, one for each knot of nodes that all lead to one another, as a sentence:
 * "a imports b, which imports c, which imports a".
 *
 * @param graph - what each node imports; what is no key imports nothing
 */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  return knotsIn(graph).map((knot) => {
    const [first = ''] = knot;
    const way = wayBack(first, graph, new Set(knot));
    return `${first} imports ${way.join(', which imports ')}`;
  });
}

/** Tarjan's strongly connected components that have more than one node, or one that imports itself. */
function knotsIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const indexes = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const knots: string[][] = [];

  function visit(node: string): number {
    const index = indexes.size;
    indexes.set(node, index);
    lowest.set(node, index);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      const reached = indexes.has(next) ? (stack.includes(next) ? indexes.get(next) : undefined) : visit(next);
      lowest.set(node, Math.min(lowest.get(node) ?? index, reached ?? index));
    }
    if (lowest.get(node) === index) {
      const knot = stack.splice(stack.indexOf(node));
      if (knot.length > 1 || graph.get(node)?.includes(node)) knots.push(knot);
    }
    return lowest.get(node) ?? index;
  }

  for (const node of graph.keys()) if (!indexes.has(node)) visit(node);
  return knots;
}

/** The shortest way from a node back to itself, without its beginning. */
function wayBack(node: string, graph: ReadonlyMap<string, readonly string[]>, within: ReadonlySet<string>): string[] {
  const ways: string[][] = [[node]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of graph.get(way.at(-1) ?? '') ?? []) {
      if (next === node) return [...way.slice(1), node];
      if (!within.has(next) || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return [];
}
