import { hasRedisServer } from '../../redis/support/server.ts';
import { answersPostgres } from '../../storage/support/postgres.ts';

/** What a cluster of tests needs and this machine does not have, in sentences; empty is good. */
export async function missingForCluster(): Promise<readonly string[]> {
  return [
    ...((await answersPostgres()) ? [] : ['No PostgreSQL answers at 127.0.0.1:5432 for the user postgres.']),
    ...((await hasRedisServer()) ? [] : ['There is no redis-server to start.']),
  ];
}
