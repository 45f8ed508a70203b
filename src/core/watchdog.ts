import type { SpeakerId } from './ids.ts';
import type { SttStatus } from './ports.ts';

/** How long somebody may speak, or be unreadable, without any text before people are told why. */
const PATIENCE_MS = 15_000;

/** What is known of one person at one moment. */
export interface Observation {
  readonly speakerId: SpeakerId;
  readonly heardMs: number; // decoded so far
  readonly undecryptable: number; // packets so far
  readonly untoldSinceMs: number | undefined; // their earliest speech that is not text yet
  readonly stt: SttStatus | undefined;
}

export type Concern =
  | { readonly kind: 'no text'; readonly speakerId: SpeakerId; readonly because: string }
  | { readonly kind: 'unreadable'; readonly speakerId: SpeakerId }
  | { readonly kind: 'readable again'; readonly speakerId: SpeakerId; readonly sinceMs: number };

interface Watch {
  heardMs: number;
  undecryptable: number;
  unreadableSinceMs: number | undefined;
  toldUnreadable: boolean;
  toldNoText: boolean;
}

/**
 * Notices who speaks and is not written down, whatever the cause: a bot that sits there and hears nothing must say so.
 *
 * Each trouble is told once; it may be told again after it was over.
 */
export class Watchdog {
  readonly #watches = new Map<SpeakerId, Watch>();

  /** Looks at everybody; meant to be called about once a second. */
  observe(nowMs: number, everybody: Iterable<Observation>): Concern[] {
    return [...everybody].flatMap((person) => [...this.#unreadable(nowMs, person), ...this.#noText(nowMs, person)]);
  }

  #watchOf({ speakerId, heardMs, undecryptable }: Observation): Watch {
    const known = this.#watches.get(speakerId);
    if (known) return known;
    const fresh = { heardMs, undecryptable, unreadableSinceMs: undefined, toldUnreadable: false, toldNoText: false };
    this.#watches.set(speakerId, fresh);
    return fresh;
  }

  /** Packets come, none can be opened. Silence in between proves nothing, so only a decoded frame ends it. */
  *#unreadable(nowMs: number, person: Observation): Generator<Concern> {
    const watch = this.#watchOf(person);
    const isHeard = person.heardMs !== watch.heardMs;
    const isUnreadable = person.undecryptable !== watch.undecryptable;
    watch.heardMs = person.heardMs;
    watch.undecryptable = person.undecryptable;
    if (isHeard) {
      const sinceMs = watch.unreadableSinceMs;
      if (watch.toldUnreadable && sinceMs !== undefined)
        yield { kind: 'readable again', speakerId: person.speakerId, sinceMs };
      watch.unreadableSinceMs = undefined;
      watch.toldUnreadable = false;
    } else if (isUnreadable) {
      watch.unreadableSinceMs ??= nowMs;
      if (watch.toldUnreadable || nowMs - watch.unreadableSinceMs < PATIENCE_MS) return;
      watch.toldUnreadable = true;
      yield { kind: 'unreadable', speakerId: person.speakerId };
    }
  }

  *#noText(nowMs: number, person: Observation): Generator<Concern> {
    const watch = this.#watchOf(person);
    const lastTextMs = person.stt?.lastTextMs ?? Number.NEGATIVE_INFINITY;
    const untoldMs = person.untoldSinceMs === undefined ? 0 : nowMs - Math.max(person.untoldSinceMs, lastTextMs);
    if (untoldMs < PATIENCE_MS) {
      watch.toldNoText = false;
    } else if (!watch.toldNoText) {
      watch.toldNoText = true;
      yield { kind: 'no text', speakerId: person.speakerId, because: becauseOf(person.stt) };
    }
  }
}

function becauseOf(stt: SttStatus | undefined): string {
  if (stt?.error) return stt.error.message;
  switch (stt?.state) {
    case 'waiting for a free socket':
      return 'more people speak than the recogniser takes at once; their words come later';
    case 'connecting':
    case 'retrying':
      return 'the recogniser cannot be reached; I keep what is said and try on';
    default:
      return 'the recogniser does not answer';
  }
}
