import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/ports/metrics.ts';
import type { TranscriptStyle } from '../core/settings.ts';
import type { DiscordOptions } from '../discord/gateway/client.ts';
import { sharedLogins } from '../discord/limits/logins.ts';
import { PostingLoad } from '../discord/limits/posting-load.ts';
import { SharedRequests } from '../discord/limits/requests.ts';
import type { Redis } from '../redis/client.ts';
import { RedisLimits } from '../redis/redis-limits.ts';

interface SharedLoadParts {
  readonly redis: Redis;
  readonly token: string;
  readonly nodeName: string; // requests of one node leave from one address
  readonly processes: () => number; // of the bot that are alive
  readonly metrics: Metrics;
  readonly log: Log;
}

/** What this process may ask of Discord, beside the other processes of its bot. */
export interface SharedLoad extends Disposable {
  /** For every gateway session of this process. */
  readonly ofSessions: Required<Pick<DiscordOptions, 'through' | 'logins'>>;
  /** The costliest style that Discord takes the requests for now. */
  readonly costliestStyle: () => TranscriptStyle;
}

export function shareLoad({ redis, token, nodeName, processes, metrics, log }: SharedLoadParts): SharedLoad {
  const limits = new RedisLimits({ redis, token, address: nodeName, members: processes });
  const requests = new SharedRequests(limits, metrics.discord);
  const load = new PostingLoad(requests, log);
  let identifiesLeft: number | undefined;
  const identified = (left: number) => {
    identifiesLeft = left;
    metrics.cluster.identified();
  };
  metrics.readFrom({
    identifiesLeft: () => identifiesLeft,
    isPostingDegraded: () => load.style !== 'grow',
  });
  return {
    ofSessions: {
      through: requests.through,
      logins: sharedLogins(limits, identified),
    },
    costliestStyle: () => load.style,
    [Symbol.dispose]: () => load[Symbol.dispose](),
  };
}
