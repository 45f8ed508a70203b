import type { SpeakerId } from '../../ids.ts';
import type { NoTextReason } from '../../notice.ts';
import type { SttStatus } from '../../ports/speech-to-text.ts';

/** How long somebody may speak without text, or be undecryptable, before people are told why. */
const PATIENCE_MS = 15_000;
/** How long somebody may be too quiet before people are told: a hum, or steps in the next room, are over sooner. */
const TOO_QUIET_MS = 60_000;

/** One person's state at one moment. */
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
  reportedUnreadable: boolean;
  reportedNoText: boolean;
  reportedTooQuiet: boolean;
  lastTextMs: number | undefined;
  voicedAtTextMs: number; // speech sent when the last text came
}

/**
 * Notices people who speak while no text comes, whatever the cause: a bot that hears nothing must say so.
 *
 * It reports each trouble once, and again if it returns after it was over.
 */
export class Watchdog {
  readonly #watches = new Map<SpeakerId, Watch>();

  /** Takes everybody's state, about once a second. @returns what people have to be told */
  observe(nowMs: number, everybody: Iterable<Observation>): Concern[] {
    return [...everybody].flatMap((person) => [
      ...this.#unreadable(nowMs, person),
      ...this.#noText(nowMs, person),
      ...this.#tooQuiet(person),
    ]);
  }

  /** Whether people were told that this person cannot be decrypted, and still nothing could be. */
  isUnreadable(speakerId: SpeakerId): boolean {
    return this.#watches.get(speakerId)?.reportedUnreadable ?? false;
  }

  /** Whether people were told that this person is too quiet, and nothing louder has come since. */
  isTooQuiet(speakerId: SpeakerId): boolean {
    return this.#watches.get(speakerId)?.reportedTooQuiet ?? false;
  }

  #watchOf({ speakerId, heardMs, undecryptable }: Observation): Watch {
    const known = this.#watches.get(speakerId);
    if (known) return known;
    const fresh: Watch = {
      heardMs,
      undecryptable,
      unreadableSinceMs: undefined,
      reportedUnreadable: false,
      reportedNoText: false,
      reportedTooQuiet: false,
      lastTextMs: undefined,
      voicedAtTextMs: 0,
    };
    this.#watches.set(speakerId, fresh);
    return fresh;
  }

  /** Packets come and none can be decrypted. Silence in between proves nothing, so only a decoded frame ends this. */
  *#unreadable(nowMs: number, person: Observation): Generator<Concern> {
    const watch = this.#watchOf(person);
    const isHeard = person.heardMs !== watch.heardMs;
    const isUnreadable = person.undecryptable !== watch.undecryptable;
    watch.heardMs = person.heardMs;
    watch.undecryptable = person.undecryptable;
    if (isHeard) {
      const sinceMs = watch.unreadableSinceMs;
      if (watch.reportedUnreadable && sinceMs !== undefined)
        yield { kind: 'readable again', speakerId: person.speakerId, sinceMs };
      watch.unreadableSinceMs = undefined;
      watch.reportedUnreadable = false;
    } else if (isUnreadable) {
      watch.unreadableSinceMs ??= nowMs;
      if (watch.reportedUnreadable || nowMs - watch.unreadableSinceMs < PATIENCE_MS) return;
      watch.reportedUnreadable = true;
      yield { kind: 'unreadable', speakerId: person.speakerId };
    }
  }

  /** The microphone sends audio all the time, but never loud enough. */
  *#tooQuiet(person: Observation): Generator<Concern> {
    const watch = this.#watchOf(person);
    const isTooQuiet = (person.stt?.quietMs ?? 0) >= TOO_QUIET_MS;
    if (isTooQuiet && !watch.reportedTooQuiet) yield { kind: 'too quiet', speakerId: person.speakerId };
    watch.reportedTooQuiet = isTooQuiet;
  }

  *#noText(nowMs: number, person: Observation): Generator<Concern> {
    const watch = this.#watchOf(person);
    const { lastTextMs, sentMs = 0, silenceMs = 0 } = person.stt ?? {};
    const voicedMs = sentMs - silenceMs;
    // A smaller sum belongs to another stay of the same person, with a stream of its own.
    if (lastTextMs !== watch.lastTextMs || voicedMs < watch.voicedAtTextMs) watch.voicedAtTextMs = voicedMs;
    watch.lastTextMs = lastTextMs;
    const sinceMs = Math.max(person.pendingSinceMs ?? nowMs, lastTextMs ?? Number.NEGATIVE_INFINITY);
    // If the recogniser never answers, all audio sent to it counts, as nobody knows whether it contained words.
    const pendingMs = Math.max(nowMs - sinceMs, voicedMs - watch.voicedAtTextMs);
    if (pendingMs < PATIENCE_MS) {
      watch.reportedNoText = false;
    } else if (!watch.reportedNoText) {
      watch.reportedNoText = true;
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
