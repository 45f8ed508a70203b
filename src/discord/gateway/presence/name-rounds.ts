import type { Client, GuildMember } from 'discord.js';
import type { GuildId, SpeakerId } from '../../../core/ids.ts';

/** So often each channel has its turn: together with the wait for it, within a minute. */
const EVERY_MS = 45_000;
/** A gateway connection takes 120 messages a minute, including joins, moves and heartbeats. */
const APART_MS = 1_000;
const ANSWER_LIMIT_MS = 10_000;
const MOST_AT_ONCE = 100; // Discord's

/** A channel whose people's names are kept up to date. */
export interface NamedPeople {
  readonly guildId: GuildId;
  present(): readonly SpeakerId[];
  /** Somebody as they are now. */
  seen(member: GuildMember): void;
}

/**
 * Looks up the names and pictures of people in watched channels. Discord reports a change only with the privileged
 * intent for members, or when somebody does something in voice.
 *
 * It asks for one channel a second at most, for all of its people in one request to the gateway. People asked for by id
 * need no intent.
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

  /** Asks now. Never rejects: whoever Discord does not tell about keeps their name. */
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
