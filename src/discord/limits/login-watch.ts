import type { IIdentifyThrottler, WebSocketOptions } from 'discord.js';

type SessionManager = Parameters<NonNullable<WebSocketOptions['buildIdentifyThrottler']>>[0];
export type BuildLogins = (manager: SessionManager) => IIdentifyThrottler;

/** What counts as news of Discord while a client logs in. */
export interface LoginWatch {
  /** A session waits for its turn to log in: that is no silence. @returns call it when it has its turn */
  readonly waits: () => () => void;
  /** Discord would take too few logins after this one. */
  readonly refuse: (counts: LoginCounts) => void;
}

/** Logins of today. */
export interface LoginCounts {
  readonly left: number;
  readonly wanted: number; // by this process
  readonly kept: number; // for a failure
}

/**
 * Lets the sessions of a client wait for their turn, and refuses to log in when so few logins would be left today that
 * the bot could not come back after two losses of all its sessions.
 *
 * @param keeps - logins that have to be left afterwards
 */
export function watchedLogins(build: BuildLogins, keeps: number, watch: LoginWatch) {
  return async (manager: SessionManager): Promise<IIdentifyThrottler> => {
    const throttler = build(manager);
    const { remaining } = (await manager.fetchGatewayInformation()).session_start_limit;
    const wanted = (await manager.getShardIds()).length;
    if (remaining < wanted + keeps) watch.refuse({ left: remaining, wanted, kept: keeps });
    return {
      async waitForIdentify(shardId, signal) {
        const done = watch.waits();
        try {
          await throttler.waitForIdentify(shardId, signal);
        } finally {
          done();
        }
      },
    };
  };
}
