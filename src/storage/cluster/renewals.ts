import type { Log } from '../../core/log.ts';
import { reasonOf } from '../storage-error.ts';
import type { Membership } from './membership.ts';

const EVERY_MS = 1_000; // three tries a term

/**
 * Renews a membership each second until disposed, which leaves.
 *
 * A renewal that gets no answer does not hold up the next one: on another connection that may come through.
 */
export function keepRenewing(
  membership: Membership,
  log: Log,
  outcome: (succeeded: boolean, tookMs: number) => void = () => {},
): AsyncDisposable {
  let isFailing = false;
  const renew = async () => {
    const sinceMs = performance.now();
    try {
      await membership.renew();
      outcome(true, performance.now() - sinceMs);
      if (isFailing) log.info({}, 'The membership in the cluster is renewed again');
      isFailing = false;
    } catch (error) {
      outcome(false, performance.now() - sinceMs);
      if (!isFailing) log.warn({ reason: reasonOf(error) }, 'Cannot renew the membership in the cluster');
      isFailing = true; // said once: the next try follows in a second
    }
  };
  const timer = setInterval(() => void renew(), EVERY_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await membership.leave();
    },
  };
}
