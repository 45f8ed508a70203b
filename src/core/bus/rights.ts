import { randomUUID } from 'node:crypto';
import type { GuildId, SpeakerId } from '../ids.ts';
import type { Bus, BusMessage } from '../ports/cluster/bus.ts';
import type { Guest } from '../ports/live-links.ts';
import type { Questions } from './questions.ts';

const WHO = 'who';
const CHANGED = 'rights';
const COLLECT_MS = 20; // so that those who are asked for together are asked for with one question
const MOST_AT_ONCE = 100; // members in one question: as many as Discord tells at once
const ANSWER_LIMIT_MS = 8_000; // pages wait ten seconds
const MOST_MISSED = 1_000; // servers whose changes are told later

/** How a member reads: `reads` is the language that they chose. */
interface Reader {
  readonly reads?: string;
  readonly serverName?: string;
}

type Meeting = Omit<Guest, 'userId'>;
/** `unsure`: Discord could not be asked. */
type Told = Reader | 'no' | 'unsure';

/** Answers other processes who may read what, for the servers that this process serves. */
export async function answerReaders(
  questions: Questions,
  serves: (guildId: GuildId) => boolean,
  readerOf: (guest: Guest) => Promise<Reader | undefined>,
): Promise<Disposable> {
  return await questions.answer(WHO, async (question) => {
    if (!isWho(question) || !serves(question.guildId)) return undefined;
    const { userIds, guildId, meetingId, shows } = question;
    const meeting = { guildId, meetingId, ...(shows && { shows }) };
    const told = async (userId: SpeakerId): Promise<[SpeakerId, Told]> => [
      userId,
      await readerOf({ ...meeting, userId }).then(
        (reader) => reader ?? 'no',
        () => 'unsure',
      ),
    ];
    return Object.fromEntries(await Promise.all(userIds.map(told)));
  });
}

interface Waiter {
  readonly resolve: (reader: Reader | 'away' | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Asks the process that serves a server how its members read: for up to a hundred of a meeting with one question. */
export class ReadersElsewhere {
  readonly #questions: Questions;
  readonly #waiting = new Map<string, { readonly meeting: Meeting; readonly users: Map<SpeakerId, Waiter[]> }>();

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  /**
   * @returns `undefined`: not (any more); `away`: the process cannot be reached just now
   * @throws when that process could not ask Discord
   */
  readerOf({ userId, ...meeting }: Guest): Promise<Reader | 'away' | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<Reader | 'away' | undefined>();
    const key = [meeting.guildId, meeting.meetingId, meeting.shows].join(' ');
    let waiting = this.#waiting.get(key);
    if (!waiting) {
      waiting = { meeting, users: new Map() };
      this.#waiting.set(key, waiting);
      setTimeout(() => this.#askFor(key), COLLECT_MS);
    }
    waiting.users.set(userId, [...(waiting.users.get(userId) ?? []), { resolve, reject }]);
    return promise;
  }

  #askFor(key: string): void {
    const waiting = this.#waiting.get(key);
    if (!waiting) return;
    this.#waiting.delete(key);
    const users = [...waiting.users];
    for (let at = 0; at < users.length; at += MOST_AT_ONCE) {
      void this.#ask(waiting.meeting, new Map(users.slice(at, at + MOST_AT_ONCE)));
    }
  }

  async #ask(meeting: Meeting, users: ReadonlyMap<SpeakerId, readonly Waiter[]>): Promise<void> {
    const answer = await this.#questions.ask(WHO, { ...meeting, userIds: [...users.keys()] }, ANSWER_LIMIT_MS);
    const told = new Map(Object.entries(answer ?? {}));
    for (const [userId, waiters] of users) {
      const one: unknown = told.get(userId);
      for (const { resolve, reject } of waiters) {
        if (one === 'no') resolve(undefined);
        else if (one === 'unsure') reject(new Error('Discord could not be asked who may read'));
        else resolve(isReader(one) ? one : 'away');
      }
    }
  }
}

/** Tells all processes at once when the rights to read may have changed in a server, and hears it from them. */
export class RightsNews implements Disposable {
  readonly #bus: Bus;
  readonly #from = randomUUID();
  readonly #watchers = new Set<(guildId?: GuildId, userId?: SpeakerId) => void>();
  readonly #missed = new Set<GuildId>(); // changed while nobody could be told
  readonly #listening: Promise<Disposable>;
  readonly #unwatch: () => void;

  constructor(bus: Bus) {
    this.#bus = bus;
    this.#listening = bus.subscribe(CHANGED, (message) => this.#hear(message));
    this.#unwatch = bus.watchState((isUp) => isUp && this.#catchUp());
  }

  /** Something changed, as Discord tells this process. */
  changed(guildId: GuildId, userId?: SpeakerId): void {
    if (this.#bus.isUp) {
      void this.#bus.publish(CHANGED, { from: this.#from, guildId, ...(userId !== undefined && { userId }) });
    } else if (this.#missed.size < MOST_MISSED) this.#missed.add(guildId);
  }

  /** Calls back for what changes in other processes' servers; without a server: news may have been missed. */
  watch(changed: (guildId?: GuildId, userId?: SpeakerId) => void): Disposable {
    this.#watchers.add(changed);
    return { [Symbol.dispose]: () => void this.#watchers.delete(changed) };
  }

  [Symbol.dispose](): void {
    this.#unwatch();
    void this.#listening.then((listening) => listening[Symbol.dispose]());
  }

  #hear(message: BusMessage): void {
    if (!('guildId' in message && typeof message.guildId === 'string')) return;
    if ('from' in message && message.from === this.#from) return;
    const userId = 'userId' in message && typeof message.userId === 'string' ? message.userId : undefined;
    for (const changed of this.#watchers) changed(message.guildId, userId);
  }

  #catchUp(): void {
    for (const guildId of this.#missed) this.changed(guildId);
    this.#missed.clear();
    for (const changed of this.#watchers) changed();
  }
}

function isWho(question: BusMessage): question is Meeting & { readonly userIds: readonly SpeakerId[] } {
  const isMeeting = 'guildId' in question && typeof question.guildId === 'string' && 'meetingId' in question;
  const isKnown = !('shows' in question) || question.shows === undefined || question.shows === 'overlay';
  return isMeeting && isKnown && 'userIds' in question && Array.isArray(question.userIds);
}

function isReader(told: unknown): told is Reader {
  return typeof told === 'object' && told !== null;
}
