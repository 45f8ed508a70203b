import { createClient } from '@keyv/redis';

export const REDIS_URL = 'redis://127.0.0.1:6379';

/** Whether the Redis of the test machine answers. */
export async function answersRedis(): Promise<boolean> {
  const client = createClient({ url: REDIS_URL, socket: { reconnectStrategy: false, connectTimeout: 1_000 } });
  client.on('error', () => {}); // told by `connect` below
  return client.connect().then(
    async () => {
      await client.close();
      return true;
    },
    () => false,
  );
}
