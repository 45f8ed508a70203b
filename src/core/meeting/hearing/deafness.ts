import type { Gap } from '../../record.ts';

/** The stretches of a meeting in which a moderator had deafened the bot. */
export class DeafSpells {
  #sinceMs: number | undefined;

  /** @returns what has changed: a spell began, or this one is over */
  look(isDeafened: boolean, nowMs: number): 'began' | Gap | undefined {
    const over = this.soFar(nowMs);
    if (isDeafened === (over !== undefined)) return undefined;
    this.#sinceMs = isDeafened ? nowMs : undefined;
    return over ?? 'began';
  }

  /** The one that lasts. */
  soFar(nowMs: number): Gap | undefined {
    return this.#sinceMs === undefined ? undefined : { startMs: this.#sinceMs, endMs: nowMs, reason: 'deafened' };
  }
}
