import type { Client, GuildMember } from 'discord.js';
import type { GuildId, SpeakerId } from '../../core/ids.ts';

/** With the round before it, everybody is looked at within a minute. */
const EVERY_MS = 45_000;
/** A gateway connection takes 120 messages a minute, and joining, moving and heartbeats are among them. */
const APART_MS = 1_000;
const ANSWER_LIMIT_MS = 10_000;
const MOST_AT_ONCE = 100; // Discord's

/** A channel whose people are to be looked at. */
export interface NamedPeople {
  readonly guildId: GuildId;
  present(): readonly SpeakerId[];
  /** As they are now. */
  seen(member: GuildMember): void;
}

/**
 * Looks at the names and pictures of who sits in watched channels, as Discord tells a bot of a change only by the privileged intent for
 * members, or with somebody's next step in voice.
 *
 * A channel a second at most, all of its people with one request to the gateway, which needs no intent for people named by id.
 */
export class NameRounds {
  readonly #client: Client;
  readonly #dueMs = new Map<NamedPeople, number>(); // of performance.now()
  #timer: NodeJS.Timeout | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  add(people: NamedPeople): void {
    this.#dueMs.set(people, performance.now() + EVERY_MS);
    this.#timer ??= setInterval(() => this.#lookAtNext(), APART_MS).unref();
  }

  remove(people: NamedPeople): void {
    this.#dueMs.delete(people);
    if (this.#dueMs.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #lookAtNext(): void {
    const nowMs = performance.now();
    let next: NamedPeople | undefined;
    let earliestMs = nowMs;
    for (const [people, dueMs] of this.#dueMs) if (dueMs <= earliestMs) [next, earliestMs] = [people, dueMs];
    if (!next) return;
    this.#dueMs.set(next, nowMs + EVERY_MS);
    void this.look(next, ANSWER_LIMIT_MS);
  }

  /** Asks now. Never rejects: who cannot be asked keeps their name. */
  async look(people: NamedPeople, withinMs: number): Promise<void> {
    const guild = this.#client.guilds.cache.get(people.guildId);
    const ids = people.present();
    if (!guild?.available || ids.length === 0) return;
    try {
      for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
        const user = ids.slice(at, at + MOST_AT_ONCE);
        const members = await guild.members.fetch({ user, time: withinMs });
        for (const member of members.values()) people.seen(member);
      }
    } catch {
      // The gateway is away or slow: the next round is soon.
    }
  }
}
