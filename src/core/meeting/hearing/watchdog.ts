import type { SpeakerId } from '../../ids.ts';
import type { NoTextReason } from '../../notice.ts';
import type { SttStatus } from '../../ports/speech-to-text.ts';

/** How long somebody may speak, or be unreadable, without any text before people are told why. */
const PATIENCE_MS = 15_000;
/** How long somebody may be heard too quietly: a hum, or steps in the next room, are over sooner. */
const TOO_QUIET_MS = 60_000;

/** What is known of one person at one moment. */
export interface Observation {
  readonly speakerId: SpeakerId;
  readonly heardMs: number; // decoded so far
  readonly undecryptable: number; // packets so far
  readonly pendingSinceMs: number | undefined; // their earliest speech that is not text yet
  readonly stt: SttStatus | undefined;
}

export type Concern =
  | { readonly kind: 'no text'; readonly speakerId: SpeakerId; readonly because: NoTextReason }
  | { readonly kind: 'unreadable'; readonly speakerId: SpeakerId }
  | { readonly kind: 'too quiet'; readonly speakerId: SpeakerId }
  | { readonly kind: 'readable again'; readonly speakerId: SpeakerId; readonly sinceMs: number };

interface Watch {
  heardMs: number;
  undecryptable: number;
  unreadableSinceMs: number | undefined;
  toldUnreadable: boolean;
  toldNoText: boolean;
  toldTooQuiet: boolean;
  lastTextMs: number | undefined;
  voicedAtTextMs: number; // speech sent when the last text came
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
    return [...everybody].flatMap((person) => [
      ...this.#unreadable(nowMs, person),
      ...this.#noText(nowMs, person),
      ...this.#tooQuiet(person),
    ]);
  }

  /** Whether people were told that this person cannot be decrypted, and nothing came since that can. */
  isUnreadable(speakerId: SpeakerId): boolean {
    return this.#watches.get(speakerId)?.toldUnreadable ?? false;
  }

  /** Whether people were told that this person is too quiet, and nothing louder came since. */
  isTooQuiet(speakerId: SpeakerId): boolean {
    return this.#watches.get(speakerId)?.toldTooQuiet ?? false;
  }

  #watchOf({ speakerId, heardMs, undecryptable }: Observation): Watch {
    const known = this.#watches.get(speakerId);
    if (known) return known;
    const fresh: Watch = {
      heardMs,
      undecryptable,
      unreadableSinceMs: undefined,
      toldUnreadable: false,
      toldNoText: false,
      toldTooQuiet: false,
      lastTextMs: undefined,
      voicedAtTextMs: 0,
    };
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

  /** Something comes from their microphone all the while, and never enough of it. */
  *#tooQuiet(person: Observation): Generator<Concern> {
    const watch = this.#watchOf(person);
    const isTooQuiet = (person.stt?.quietMs ?? 0) >= TOO_QUIET_MS;
    if (isTooQuiet && !watch.toldTooQuiet) yield { kind: 'too quiet', speakerId: person.speakerId };
    watch.toldTooQuiet = isTooQuiet;
  }

  *#noText(nowMs: number, person: Observation): Generator<Concern> {
    const watch = this.#watchOf(person);
    const { lastTextMs, sentMs = 0, silenceMs = 0 } = person.stt ?? {};
    const voicedMs = sentMs - silenceMs;
    // A smaller sum belongs to another stay of theirs, with a stream of its own.
    if (lastTextMs !== watch.lastTextMs || voicedMs < watch.voicedAtTextMs) watch.voicedAtTextMs = voicedMs;
    watch.lastTextMs = lastTextMs;
    const sinceMs = Math.max(person.pendingSinceMs ?? nowMs, lastTextMs ?? Number.NEGATIVE_INFINITY);
    // A recogniser that hears and never answers: what it was sent counts, as nobody knows whether it was words.
    const pendingMs = Math.max(nowMs - sinceMs, voicedMs - watch.voicedAtTextMs);
    if (pendingMs < PATIENCE_MS) {
      watch.toldNoText = false;
    } else if (!watch.toldNoText) {
      watch.toldNoText = true;
      yield { kind: 'no text', speakerId: person.speakerId, because: becauseOf(person.stt) };
    }
  }
}

function becauseOf(stt: SttStatus | undefined): NoTextReason {
  if (stt?.error) return stt.error;
  switch (stt?.state) {
    case 'waiting for a free socket':
      return 'turns are taken';
    case 'connecting':
    case 'retrying':
      return 'recogniser out of reach';
    default:
      return 'recogniser mute';
  }
}
