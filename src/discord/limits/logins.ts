import { setTimeout as delay } from 'node:timers/promises';
import type { APIGatewayBotInfo, IIdentifyThrottler } from 'discord.js';
import type { SharedLimits } from '../../core/ports/shared-limits.ts';

/** What is used of the manager that discord.js has for its gateway sessions. */
interface SessionManager {
  fetchGatewayInformation(force?: boolean): Promise<Pick<APIGatewayBotInfo, 'session_start_limit'>>;
}

/** Discord is asked so often, at most, how many logins are left today: one more than it takes resets the token. */
const LOOK_EVERY_MS = 60_000;
const JITTER = 0.2; // processes that were refused together should not come back together

/**
 * A `buildIdentifyThrottler` for discord.js: the gateway sessions of all processes log in one after another, as Discord
 * wants it of each bucket of shards. With no login left today they wait.
 *
 * @param identified - a session logs in now; told how many logins are left today, as far as this process knows
 */
export function sharedLogins(limits: Pick<SharedLimits, 'takeLogin'>, identified: (left: number) => void) {
  return (manager: SessionManager): IIdentifyThrottler => {
    let lookedAtMs = performance.now(); // discord.js has just asked
    let since = 0; // logins since then
    const startLimit = async () => {
      const isOld = performance.now() - lookedAtMs >= LOOK_EVERY_MS;
      if (isOld) {
        lookedAtMs = performance.now();
        since = 0;
      }
      return (await manager.fetchGatewayInformation(isOld)).session_start_limit;
    };
    return {
      /** @throws the signal's reason */
      async waitForIdentify(shardId, signal) {
        for (;;) {
          signal.throwIfAborted();
          const { remaining, max_concurrency: buckets } = await startLimit();
          const left = remaining - since;
          const turn = left > 0 ? await limits.takeLogin(shardId % buckets) : undefined;
          if (turn?.isGranted) {
            since += 1;
            identified(left - 1);
            return;
          }
          const waitMs = turn ? turn.waitMs * (1 + JITTER * Math.random()) : LOOK_EVERY_MS;
          await delay(waitMs, undefined, { signal });
        }
      },
    };
  };
}
