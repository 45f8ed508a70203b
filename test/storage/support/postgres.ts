import { randomBytes } from 'node:crypto';
import pg from 'pg';

const SERVER = 'postgres://postgres@127.0.0.1:5432';

/** Whether the PostgreSQL of the test machine answers. */
export async function answersPostgres(): Promise<boolean> {
  return query('SELECT 1').then(
    () => true,
    () => false,
  );
}

/** A database of one's own, dropped when disposed. */
export async function makeDatabase(): Promise<{ url: string } & AsyncDisposable> {
  const name = `parley_test_${randomBytes(6).toString('hex')}`;
  await query(`CREATE DATABASE ${name}`);
  return {
    url: `${SERVER}/${name}`,
    [Symbol.asyncDispose]: () => query(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** Cuts every connection that somebody has to a database. */
export async function cutConnections(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
}

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${SERVER}/postgres`, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}
