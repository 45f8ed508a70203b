import type { Limits } from './limits.ts';

/** The state of one speaker's last words. */
export interface Remainder {
  readonly isText: boolean; // all of them are text
  readonly isSent: boolean; // the recogniser has all of their audio
  readonly isMoving: boolean; // their audio is being sent, or waits for a free socket
  readonly isHopeless: boolean; // they will never become text
}

/** Decides how long to wait for one speaker's last words, after their input has ended. */
export class Ending {
  readonly #limits: Pick<Limits, 'finishMs' | 'backlogMs' | 'lastWordsMs'>;
  readonly #latestMs: number;
  #patienceMs: number; // wait until then while nothing moves
  #sentMs: number | undefined;

  constructor(limits: Pick<Limits, 'finishMs' | 'backlogMs' | 'lastWordsMs'>, nowMs: number) {
    this.#limits = limits;
    this.#latestMs = nowMs + Math.max(limits.backlogMs, limits.finishMs);
    this.#patienceMs = nowMs + limits.finishMs;
  }

  /** Whether to stop waiting. To be called again and again: it remembers what moved. */
  isOver(nowMs: number, { isText, isSent, isMoving, isHopeless }: Remainder): boolean {
    if (isText || isHopeless || nowMs >= this.#latestMs) return true;
    // When a socket is lost, its audio counts as not sent any more.
    this.#sentMs = isSent ? (this.#sentMs ?? nowMs) : undefined;
    if (isMoving) this.#patienceMs = nowMs + this.#limits.finishMs;
    return nowMs >= (this.#sentMs === undefined ? this.#patienceMs : this.#sentMs + this.#limits.lastWordsMs);
  }
}
