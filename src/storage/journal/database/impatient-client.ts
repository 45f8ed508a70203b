import { Socket } from 'node:net';
import type { PoolClient } from 'pg';
import { isTimeout } from '../../storage-error.ts';

/**
 * Ends a connection with the first statement that gets no answer in time.
 *
 * pg would go on with it: every later statement of the connection would wait in line behind the lost one, on a server that is gone for
 * as long as the system's TCP believes in it, a quarter of an hour. It is reset rather than closed, so that what the system
 * has not sent yet is never sent: the write is made again, and must not come a second time after later ones.
 */
export function resetWhenUnanswered(client: PoolClient): void {
  const query = client.query.bind(client) as (...request: unknown[]) => unknown;
  const watched = (...request: unknown[]) => {
    const answer = query(...request);
    if (answer instanceof Promise) answer.catch((error: unknown) => isTimeout(error) && reset(client));
    return answer;
  };
  client.query = watched as typeof client.query;
}

function reset({ connection }: PoolClient): void {
  const { stream } = connection;
  if (stream instanceof Socket && !stream.destroyed) stream.resetAndDestroy();
  else stream.destroy();
}
