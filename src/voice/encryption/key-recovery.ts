import type { SpeakerId } from '../../core/ids.ts';

const IN_GROUP_MS = 1_500; // longer than any transition: its keys do not fit ours
const OUT_OF_GROUP_MS = 5_000; // nobody let us in for so long while people speak
const MIN_FAILURES = 25; // half a second of speech: not a few broken packets
const FIRST_PAUSE_MS = 5_000; // a recovery takes the whole group through a change of keys: not often
const LONGEST_PAUSE_MS = 300_000;

interface Trouble {
  readonly sinceMs: number;
  readonly failures: number;
}

/**
 * Decides when to ask the voice server for new keys: when somebody has not been understood for a while.
 *
 * As shipped, failures are counted over all people together, so one broken sender among healthy ones is never helped
 * (line 895). Here each person counts on their own. When new keys do not help either, it is tried ever more seldom.
 */
export class KeyRecovery {
  readonly #troubles = new Map<SpeakerId, Trouble>();
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #pauseMs = FIRST_PAUSE_MS;

  /** A frame of theirs could be opened. */
  frameOpened(speakerId: SpeakerId): void {
    if (this.#troubles.size === 0) return; // as nearly always, and asked for each frame
    if (this.#troubles.delete(speakerId) && this.#troubles.size === 0) this.#pauseMs = FIRST_PAUSE_MS;
  }

  /** A frame of theirs could not be opened. Returns whether to recover now. */
  frameFailed(speakerId: SpeakerId, inGroup: boolean, nowMs: number): boolean {
    const { sinceMs, failures } = this.#troubles.get(speakerId) ?? { sinceMs: nowMs, failures: 0 };
    this.#troubles.set(speakerId, { sinceMs, failures: failures + 1 });
    if (failures + 1 < MIN_FAILURES || nowMs < this.#notBeforeMs) return false;
    if (nowMs - sinceMs < (inGroup ? IN_GROUP_MS : OUT_OF_GROUP_MS)) return false;
    this.#notBeforeMs = nowMs + this.#pauseMs;
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
    return true;
  }

  /** The keys are changing: what fails meanwhile says nothing. */
  keysChanging(): void {
    this.#troubles.clear();
  }

  /** They left. */
  forgetPerson(speakerId: SpeakerId): void {
    this.#troubles.delete(speakerId);
  }
}
