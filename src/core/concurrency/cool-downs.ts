import type { GuildId, SpeakerId } from '../ids.ts';

/** `atOnce` requests immediately, then one more every `everyMs`. */
interface Pace {
  readonly atOnce: number;
  readonly everyMs: number;
}

/**
 * The requests that cost everybody something, and how often one person and one server may make them. Normal work stays far
 * below: exporting a meeting in every format, twice, is not limited.
 */
const PACES = {
  export: { member: { atOnce: 8, everyMs: 20_000 }, server: { atOnce: 24, everyMs: 5_000 } },
  show: { member: { atOnce: 8, everyMs: 10_000 }, server: { atOnce: 24, everyMs: 3_000 } },
  'catch up': { member: { atOnce: 5, everyMs: 20_000 }, server: { atOnce: 30, everyMs: 3_000 } },
  ask: { member: { atOnce: 5, everyMs: 60_000 }, server: { atOnce: 20, everyMs: 10_000 } },
  read: { member: { atOnce: 30, everyMs: 2_000 }, server: { atOnce: 60, everyMs: 1_000 } }, // whole meetings, by programs
  start: { member: { atOnce: 5, everyMs: 60_000 }, server: { atOnce: 10, everyMs: 30_000 } },
  summary: { member: { atOnce: 3, everyMs: 300_000 }, server: { atOnce: 12, everyMs: 60_000 } }, // a model costs money
} as const satisfies Readonly<Record<string, { readonly member: Pace; readonly server: Pace }>>;

export type Costly = keyof typeof PACES;

const MOST_REMEMBERED = 20_000; // recent askers; beyond this, whoever may ask again soonest is forgotten

/** Limits how often people and servers make costly requests. */
export class CoolDowns {
  readonly #nowMs: () => number;
  /** When everything asked for so far would be served at an even pace, by request and asker. */
  readonly #paidUntilMs = new Map<string, number>();

  constructor(nowMs: () => number = Date.now) {
    this.#nowMs = nowMs;
  }

  /**
   * Counts a request, unless it comes too soon.
   *
   * @returns when the request is possible again, in milliseconds since 1970; `undefined`: now
   */
  take(what: Costly, guildId: GuildId, memberId: SpeakerId): number | undefined {
    const nowMs = this.#nowMs();
    const accounts = [
      { key: `${what} ${guildId} ${memberId}`, pace: PACES[what].member },
      { key: `${what} ${guildId}`, pace: PACES[what].server },
    ].map(({ key, pace }) => {
      const paidUntilMs = Math.max(this.#paidUntilMs.get(key) ?? 0, nowMs) + pace.everyMs;
      return { key, paidUntilMs, freeAtMs: paidUntilMs - pace.atOnce * pace.everyMs };
    });
    const freeAtMs = Math.max(...accounts.map((account) => account.freeAtMs));
    if (freeAtMs > nowMs) return freeAtMs;
    for (const { key, paidUntilMs } of accounts) this.#paidUntilMs.set(key, paidUntilMs);
    if (this.#paidUntilMs.size > MOST_REMEMBERED) this.#forgetSoonest();
    return undefined;
  }

  #forgetSoonest(): void {
    const soonest = [...this.#paidUntilMs].toSorted(([, a], [, b]) => a - b);
    for (const [key] of soonest.slice(0, -MOST_REMEMBERED / 2)) this.#paidUntilMs.delete(key);
  }
}
