import type { Log } from '../../core/log.ts';
import { reasonOf } from '../storage-error.ts';
import type { Membership } from './membership.ts';

const EVERY_MS = 1_000; // three tries a term
const LATE_MS = 300; // an answer takes a millisecond

/**
 * Renews a membership each second until disposed, which leaves.
 *
 * A renewal that gets no answer does not hold up the next one: on another connection that may come through.
 *
 * @param outcome - called at the end of each renewal
 * @param late - called when an answer takes long, and when a renewal fails
 */
export function keepRenewing(
  membership: Membership,
  log: Log,
  outcome: (succeeded: boolean, tookMs: number) => void = () => {},
  late: () => void = () => {},
): AsyncDisposable {
  let isFailing = false;
  const renew = async () => {
    const sinceMs = performance.now();
    const waiting = setTimeout(late, LATE_MS);
    try {
      await membership.renew();
      outcome(true, performance.now() - sinceMs);
      if (isFailing) log.info({}, 'The membership in the cluster is renewed again');
      isFailing = false;
    } catch (error) {
      late();
      outcome(false, performance.now() - sinceMs);
      if (!isFailing) log.warn({ reason: reasonOf(error) }, 'Cannot renew the membership in the cluster');
      isFailing = true; // said once: the next try follows in a second
    } finally {
      clearTimeout(waiting);
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
