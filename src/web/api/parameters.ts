import { Problem } from '../problem.ts';
import type { Parameter } from './routes.ts';

/**
 * Reads the parameters of a request as their route declares them.
 *
 * @param path - those of the path, decoded
 * @throws {Problem} for one that is malformed, missing, twice there, or unknown: a typing error must not widen an answer
 */
export function readParameters(
  declared: Readonly<Record<string, Parameter>>,
  path: Readonly<Record<string, string>>,
  query: URLSearchParams,
): Record<string, string | number | undefined> {
  const known = Object.keys(declared).filter((name) => declared[name]?.in === 'query');
  if ([...query.keys()].some((name) => !known.includes(name))) {
    throw new Problem('bad-parameter', `There are no parameters but these: ${known.join(', ')}`);
  }
  const values: Record<string, string | number | undefined> = {};
  for (const [name, { in: where, schema, isRequired = false, isNumber = false }] of Object.entries(declared)) {
    const [raw, ...more] = where === 'path' ? [path[name]] : query.getAll(name);
    if (raw === undefined) {
      if (isRequired) throw new Problem('bad-parameter', `${name} is missing`);
      continue;
    }
    const value = isNumber && /^\d{1,9}$/.test(raw) ? Number(raw) : raw;
    const isGood = more.length === 0 && schema.safeParse(value).success;
    if (!isGood && where === 'path') throw new Problem('not-found', 'There is no such address');
    if (!isGood) throw new Problem('bad-parameter', `${name} is malformed or there twice`);
    values[name] = value;
  }
  return values;
}
