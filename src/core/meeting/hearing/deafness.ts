import type { Gap } from '../../record.ts';

/** The spells of a meeting during which a moderator had deafened the bot. */
export class DeafSpells {
  #sinceMs: number | undefined;

  /** @returns what has changed: `began`, or the spell that is over now */
  look(isDeafened: boolean, nowMs: number): 'began' | Gap | undefined {
    const over = this.soFar(nowMs);
    if (isDeafened === (over !== undefined)) return undefined;
    this.#sinceMs = isDeafened ? nowMs : undefined;
    return over ?? 'began';
  }

  /** The spell that still lasts, up to now. */
  soFar(nowMs: number): Gap | undefined {
    return this.#sinceMs === undefined ? undefined : { startMs: this.#sinceMs, endMs: nowMs, reason: 'deafened' };
  }
}
