import type { SttError } from '../core/errors.ts';
import type { Limits } from './limits.ts';

/** The state of one speaker's connection to the recogniser, which outlives its sockets. */
export type LinkState =
  | { readonly kind: 'idle'; readonly history: History } // no speech, no socket
  | { readonly kind: 'connecting'; readonly attempt: number; readonly history: History }
  | { readonly kind: 'live'; readonly history: History }
  | {
      readonly kind: 'waiting'; // before the next attempt
      readonly attempt: number;
      readonly delay: Delay;
      readonly because: SttError;
      readonly history: History;
    }
  | { readonly kind: 'stopped'; readonly because: SttError } // until the settings change
  | { readonly kind: 'closed' };

/** The recent sockets that died young. */
interface History {
  readonly shortLives: number; // in a row
  readonly probes: number; // made since the breaker opened; 0: it is closed
}

/** Jittered: a random delay of up to `ms`. Otherwise exactly `ms`. */
interface Delay {
  readonly ms: number;
  readonly jittered: boolean;
}

export type LinkEvent =
  | { readonly kind: 'speech' | 'opened' | 'retry due' | 'worked' | 'released' | 'reconfigured' | 'closed' }
  | { readonly kind: 'refused'; readonly error: SttError } // the dial failed
  | { readonly kind: 'lost'; readonly error: SttError; readonly livedMs: number };

export type LinkLimits = Pick<
  Limits,
  'retryMs' | 'retryMaxMs' | 'shortLifeMs' | 'shortLives' | 'probeMs' | 'probeMaxMs'
>;

const UNBLEMISHED: History = { shortLives: 0, probes: 0 };
export const IDLE: LinkState = { kind: 'idle', history: UNBLEMISHED };

/**
 * The state after `event`. An event that means nothing in this state changes nothing.
 *
 * `worked` means that a socket brought text: it does not count as short-lived then.
 */
export function step(state: LinkState, event: LinkEvent, limits: LinkLimits): LinkState {
  if (event.kind === 'closed') return { kind: 'closed' };
  switch (state.kind) {
    case 'idle':
      return event.kind === 'speech' ? { kind: 'connecting', attempt: 0, history: state.history } : state;
    case 'connecting':
      if (event.kind === 'opened') return { kind: 'live', history: state.history };
      if (event.kind === 'released') return { kind: 'idle', history: state.history };
      return event.kind === 'refused' ? afterRefusal(state.attempt, event.error, state.history, limits) : state;
    case 'live':
      if (event.kind === 'worked') return { kind: 'live', history: UNBLEMISHED };
      if (event.kind === 'released') return { kind: 'idle', history: state.history };
      return event.kind === 'lost' ? afterLoss(event.error, event.livedMs, state.history, limits) : state;
    case 'waiting':
      if (event.kind === 'retry due') return { kind: 'connecting', attempt: state.attempt, history: state.history };
      return event.kind === 'released' ? { kind: 'idle', history: state.history } : state;
    case 'stopped':
      return event.kind === 'reconfigured' ? IDLE : state;
    case 'closed':
      return state;
  }
}

function afterRefusal(attempt: number, error: SttError, history: History, limits: LinkLimits): LinkState {
  if (!error.retryable) return { kind: 'stopped', because: error };
  if (history.probes > 0) return afterProbe(error, history, limits);
  const ms = Math.min(limits.retryMaxMs, limits.retryMs * 2 ** Math.min(attempt, 16));
  return { kind: 'waiting', attempt: attempt + 1, delay: { ms, jittered: true }, because: error, history };
}

function afterLoss(error: SttError, livedMs: number, history: History, limits: LinkLimits): LinkState {
  if (!error.retryable) return { kind: 'stopped', because: error };
  const shortLives = livedMs < limits.shortLifeMs ? history.shortLives + 1 : 0;
  if (shortLives >= limits.shortLives) return afterProbe(error, { shortLives, probes: history.probes }, limits);
  const delay = { ms: limits.retryMs, jittered: true };
  return { kind: 'waiting', attempt: 1, delay, because: error, history: { shortLives, probes: 0 } };
}

/** The breaker is open: single probes, with doubling delays. */
function afterProbe(error: SttError, history: History, limits: LinkLimits): LinkState {
  const ms = Math.min(limits.probeMaxMs, limits.probeMs * 2 ** Math.min(history.probes, 16));
  const next = { shortLives: history.shortLives, probes: history.probes + 1 };
  return { kind: 'waiting', attempt: 1, delay: { ms, jittered: false }, because: error, history: next };
}
