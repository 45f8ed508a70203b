import type { Client } from 'pg';

/**
 * Asks for another number of shards: the processes move over to it by themselves. The number that serves now takes back what
 * was asked for.
 *
 * @returns how many shards serve now; `undefined` while no process has made any
 */
export async function reshard(client: Client, count: number): Promise<number | undefined> {
  await client.query('begin');
  const { rows } = await client.query<{ generation: number; count: number }>(`
    select generation, (select count(*)::int from shard_seats where generation = cluster.generation) as count
    from cluster for update`);
  const [serving] = rows;
  if (!serving?.count) return undefined; // the connection's end undoes what has begun
  await client.query('delete from shard_seats where generation > $1', [serving.generation]);
  if (count !== serving.count)
    await client.query(
      `insert into shard_seats (generation, shard_id, shard_count)
       select $1::int, shard_id, $2::int from generate_series(0, $2::int - 1) as shard_id`,
      [serving.generation + 1, count],
    );
  await client.query('commit');
  return serving.count;
}
