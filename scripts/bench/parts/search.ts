import type { Attempts } from '../attempts.ts';
import { LIMITS_S, type Plan, POSTGRES_SIZE, SQLITE_SIZES, TEN_MILLION, TEN_MILLION_LIMIT_S } from '../plan.ts';
import { measurePostgres, measureSqlite, nameOf } from './journal.ts';

/** Measures searches and writes in both databases. Figures that are not measured are `null`. */
export async function measureSearch(
  plan: Plan | undefined,
  attempts: Attempts,
): Promise<Record<string, number | null>> {
  const figures: Record<string, number | null> = {};
  const sizes = [...SQLITE_SIZES.map((size) => `sqlite_${nameOf(size)}`), `postgres_${nameOf(POSTGRES_SIZE)}`];
  for (const name of sizes) for (const part of ['p50Ms', 'p95Ms']) figures[`${name}_${part}`] = null;
  for (const kind of ['sqlite', 'postgres'])
    for (const part of ['p50Ms', 'p99Ms']) figures[`${kind}_insert_${part}`] = null;
  if (!plan) return figures;
  const limitS = plan.sqliteSizes.includes(TEN_MILLION) ? TEN_MILLION_LIMIT_S : LIMITS_S.journal;
  const sqlite = () => measureSqlite(plan.sqliteSizes, figures);
  await attempts.run(
    `journals of ${plan.sqliteSizes.map(nameOf).join(', ')} in SQLite`,
    'search.sqlite',
    limitS,
    sqlite,
  );
  if (plan.sqliteSizes.length > 1) {
    const postgres = () => measurePostgres(plan.postgresSize, figures);
    await attempts.run(`a journal of ${nameOf(plan.postgresSize)} in PostgreSQL`, 'search.postgres', limitS, postgres);
  }
  for (const [name, value] of Object.entries(figures)) {
    const why = attempts.reasons[`search.${name.split('_', 1).join()}`];
    if (value === null && why !== undefined) attempts.reasons[`search.${name}`] = why;
  }
  delete attempts.reasons['search.sqlite'];
  delete attempts.reasons['search.postgres'];
  return figures;
}
