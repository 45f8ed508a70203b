import type { SpeakerId } from '../../core/ids.ts';

const IN_GROUP_MS = 1_500; // longer than any transition takes: the sender's keys do not fit ours
const OUT_OF_GROUP_MS = 5_000; // people have been speaking this long, and nobody has let us in
const MIN_FAILURES = 25; // half a second of speech: not a few broken packets
const FIRST_PAUSE_MS = 5_000; // a recovery takes the whole group through a change of keys: not often
const LONGEST_PAUSE_MS = 300_000;

interface Trouble {
  readonly sinceMs: number;
  readonly failures: number;
}

/**
 * Decides when to ask the voice server for new keys: when one person's frames have failed to decrypt for a while.
 *
 * The library counts failures over all people together, so it never helps one broken sender among healthy ones (line
 * 895). Here failures are counted for each person. While new keys do not help, they are asked for less and less often.
 */
export class KeyRecovery {
  readonly #troubles = new Map<SpeakerId, Trouble>();
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #pauseMs = FIRST_PAUSE_MS;

  /** One of the person's frames was decrypted. */
  frameOpened(speakerId: SpeakerId): void {
    if (this.#troubles.size === 0) return; // nearly always so, and this runs for each frame
    if (this.#troubles.delete(speakerId) && this.#troubles.size === 0) this.#pauseMs = FIRST_PAUSE_MS;
  }

  /** One of the person's frames could not be decrypted. Returns whether to recover now. */
  frameFailed(speakerId: SpeakerId, inGroup: boolean, nowMs: number): boolean {
    const { sinceMs, failures } = this.#troubles.get(speakerId) ?? { sinceMs: nowMs, failures: 0 };
    this.#troubles.set(speakerId, { sinceMs, failures: failures + 1 });
    if (failures + 1 < MIN_FAILURES || nowMs < this.#notBeforeMs) return false;
    if (nowMs - sinceMs < (inGroup ? IN_GROUP_MS : OUT_OF_GROUP_MS)) return false;
    this.#notBeforeMs = nowMs + this.#pauseMs;
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
    return true;
  }

  /** The keys are changing: failures meanwhile mean nothing. */
  keysChanging(): void {
    this.#troubles.clear();
  }

  /** The person left. */
  forgetPerson(speakerId: SpeakerId): void {
    this.#troubles.delete(speakerId);
  }
}
