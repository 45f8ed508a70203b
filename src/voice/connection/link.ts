import { VoiceError } from '../../core/errors.ts';

const ATTEMPT_MS = 4_000; // gateway, TLS, UDP and agreement take well under one second when all is well
const RESUME_MS = 5_000;
const GIVE_UP_MS = 180_000; // a gateway session may take minutes to come back
const WAIT_MS = GIVE_UP_MS; // a move or another voice server is announced within seconds
const STEADY_MS = 10_000; // a connection that held this long counts its failures from zero again
const MAX_BACK_OFF_MS = 30_000;
const BASE_BACK_OFF_MS = 500;
const RATE_LIMITED_ATTEMPT = 6; // as if it were the sixth: half a minute

/** The life of a room's connection to Discord's voice. */
export type LinkState =
  | { readonly kind: 'attempting'; readonly attempt: number; readonly outage: Outage }
  | { readonly kind: 'connected'; readonly sinceMs: number; readonly attempt: number }
  | { readonly kind: 'resuming'; readonly sinceMs: number; readonly attempt: number } // speech still arrives
  | { readonly kind: 'backing off'; readonly attempt: number; readonly outage: Outage }
  | { readonly kind: 'waiting'; readonly outage: Outage } // for Discord to name a voice server, or for our gateway session
  | { readonly kind: 'lost'; readonly error: VoiceError }
  | { readonly kind: 'left' };

/** Nothing is heard, since when and why. */
interface Outage {
  readonly sinceMs: number;
  readonly because: string;
}

export type LinkEvent =
  | { readonly kind: 'ready' | 'resuming' | 'due' | 'left' | 'rejoin' }
  | { readonly kind: 'client gone' } // our own gateway connection ended for good
  | { readonly kind: 'opened' } // a voice server is being connected to
  | { readonly kind: 'closed'; readonly code: number } // by the voice gateway
  | { readonly kind: 'broken' } // the bot hung up, as the voice server misbehaved
  | { readonly kind: 'server away' } // Discord took the voice server away and will name another
  | { readonly kind: 'gateway away' }; // our own gateway connection cannot carry the request

export function joining(nowMs: number): LinkState {
  return { kind: 'attempting', attempt: 1, outage: { sinceMs: nowMs, because: 'Discord did not answer' } };
}

const LEFT: LinkState = { kind: 'left' };

/** The state after `event`. An event that means nothing in this state changes nothing. */
export function step(state: LinkState, event: LinkEvent, nowMs: number): LinkState {
  if (state.kind === 'left') return state;
  if (state.kind === 'lost') return event.kind === 'left' ? LEFT : state;
  switch (event.kind) {
    case 'left':
      return LEFT;
    case 'client gone':
      return gaveUp(outageOf(state, 'the connection to Discord ended', nowMs));
    case 'ready':
      return state.kind === 'connected'
        ? state
        : { kind: 'connected', sinceMs: nowMs, attempt: attemptOf(state, nowMs) };
    case 'resuming':
      return state.kind === 'connected' ? { ...state, kind: 'resuming' } : state;
    case 'opened':
      return state.kind === 'attempting' ? state : attempting(state, 'another voice server', nowMs);
    case 'rejoin':
      return attempting(state, 'the gateway session was replaced', nowMs);
    case 'closed':
      return afterClose(state, event.code, nowMs);
    case 'broken':
      return backingOff(state, 'the voice server misbehaved', nowMs);
    case 'server away':
      return { kind: 'waiting', outage: outageOf(state, 'Discord is changing the voice server', nowMs) };
    case 'gateway away':
      return backingOff(state, 'the gateway is not connected', nowMs);
    case 'due':
      return afterDeadline(state, nowMs);
  }
}

/** How long the state may last before `due`; `undefined` for ever. Full jitter keeps many rooms from coming back at once. */
export function deadlineMs(state: LinkState, random: () => number): number | undefined {
  switch (state.kind) {
    case 'attempting':
      return ATTEMPT_MS;
    case 'resuming':
      return RESUME_MS;
    case 'waiting':
      return WAIT_MS;
    case 'backing off': {
      const longest = Math.min(MAX_BACK_OFF_MS, BASE_BACK_OFF_MS * 2 ** state.attempt);
      return state.attempt >= RATE_LIMITED_ATTEMPT ? longest * (0.5 + random() / 2) : longest * random();
    }
    case 'connected':
    case 'lost':
    case 'left':
      return undefined;
  }
}

function afterDeadline(state: LinkState, nowMs: number): LinkState {
  switch (state.kind) {
    case 'attempting':
      return backingOff(state, 'Discord did not answer', nowMs);
    case 'resuming':
      return attempting(state, 'the voice connection could not be resumed', nowMs);
    case 'backing off':
      return { ...state, kind: 'attempting' };
    case 'waiting':
      return gaveUp(state.outage);
    case 'connected':
    case 'lost':
    case 'left':
      return state;
  }
}

/** The documented reactions to the voice gateway's close codes. */
function afterClose(state: LinkState, code: number, nowMs: number): LinkState {
  switch (code) {
    case 4014: // moved, disconnected by a moderator, channel deleted, or our gateway session was lost
    case 4022: // the call was ended
      return { kind: 'waiting', outage: outageOf(state, `Discord ended the voice connection (${code})`, nowMs) };
    case 4012: // unknown protocol
    case 4016: // unknown encryption mode
    case 4017: // end-to-end encryption required
      return {
        kind: 'lost',
        error: new VoiceError(
          'encryption-unsupported',
          `Cannot hear the voice channel: Discord asks for an encryption that this version does not support (${code})`,
        ),
      };
    case 4021: {
      const slow = backingOff(state, 'Discord limits how often we may connect (4021)', nowMs);
      return slow.kind === 'backing off' ? { ...slow, attempt: Math.max(slow.attempt, RATE_LIMITED_ATTEMPT) } : slow;
    }
    default:
      return backingOff(state, `the voice connection was closed (${code})`, nowMs);
  }
}

function attempting(state: LinkState, because: string, nowMs: number): LinkState {
  return { kind: 'attempting', attempt: attemptOf(state, nowMs) + 1, outage: outageOf(state, because, nowMs) };
}

function backingOff(state: LinkState, because: string, nowMs: number): LinkState {
  const outage = outageOf(state, because, nowMs);
  if (nowMs - outage.sinceMs >= GIVE_UP_MS) return gaveUp(outage);
  return { kind: 'backing off', attempt: attemptOf(state, nowMs) + 1, outage };
}

function gaveUp(outage: Outage): LinkState {
  return {
    kind: 'lost',
    error: new VoiceError('connection-lost', `Cannot hear the voice channel any more: ${outage.because}`),
  };
}

function outageOf(state: LinkState, because: string, nowMs: number): Outage {
  return { sinceMs: 'outage' in state ? state.outage.sinceMs : nowMs, because };
}

/** How many attempts failed in a row; a steady connection resets the count. */
function attemptOf(state: LinkState, nowMs: number): number {
  if (state.kind === 'connected' || state.kind === 'resuming')
    return nowMs - state.sinceMs >= STEADY_MS ? 0 : state.attempt;
  return 'attempt' in state ? state.attempt : 0;
}
