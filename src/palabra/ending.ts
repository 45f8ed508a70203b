import type { Limits } from './limits.ts';

/** How far the last words of one speaker are. */
export interface Remainder {
  readonly isText: boolean; // all of it
  readonly isSent: boolean; // all of it is with the recogniser
  readonly isMoving: boolean; // it goes to the recogniser, or waits for its turn there
  readonly isHopeless: boolean; // nothing will come of it
}

/** The end of one speaker's input: how long the last words are waited for. */
export class Ending {
  readonly #limits: Pick<Limits, 'finishMs' | 'backlogMs' | 'lastWordsMs'>;
  readonly #latestMs: number;
  #patienceMs: number; // until then, as long as nothing moves
  #sentMs: number | undefined;

  constructor(limits: Pick<Limits, 'finishMs' | 'backlogMs' | 'lastWordsMs'>, nowMs: number) {
    this.#limits = limits;
    this.#latestMs = nowMs + Math.max(limits.backlogMs, limits.finishMs);
    this.#patienceMs = nowMs + limits.finishMs;
  }

  /** Whether nothing more is to be waited for. Meant to be asked again and again. */
  isOver(nowMs: number, { isText, isSent, isMoving, isHopeless }: Remainder): boolean {
    if (isText || isHopeless || nowMs >= this.#latestMs) return true;
    // A socket that is lost takes back what was sent over it.
    this.#sentMs = isSent ? (this.#sentMs ?? nowMs) : undefined;
    if (isMoving) this.#patienceMs = nowMs + this.#limits.finishMs;
    return nowMs >= (this.#sentMs === undefined ? this.#patienceMs : this.#sentMs + this.#limits.lastWordsMs);
  }
}
