import { randomBytes } from 'node:crypto';
import type { Client } from 'discord.js';
import type { ChannelId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import type { Person, Usher, Ushers } from '../core/ports.ts';
import type { MeetingHead } from '../core/record.ts';
import type { Words } from '../i18n/words.ts';
import { escapeName } from './escape.ts';
import { guildWords } from './guild-words.ts';
import { hearMeRow } from './hear-me.ts';
import { MessageApi } from './message-api.ts';
import type { NameMark } from './name-mark.ts';

/** People often come together: so long we wait for more of them. */
const GATHER_MS = 2_000;
/** And then for those after them, so that a stream of people does not push what is said out of sight. */
const APART_MS = 20_000;
const MOST_NAMES = 10;

interface UsherParts {
  readonly client: Client<true>;
  readonly mark: Pick<NameMark, 'put' | 'remove'>;
  readonly log: Log;
  /** Ends all posting: the process is going down. */
  readonly signal: AbortSignal;
}

/** Greets who comes to a meeting where its text is read, and marks the bot's name while it runs. */
export class DiscordUshers implements Ushers {
  readonly #parts: UsherParts;

  constructor(parts: UsherParts) {
    this.#parts = parts;
  }

  open(head: MeetingHead, where: () => ChannelId): Usher {
    this.#parts.mark.put(head.guildId);
    return new MeetingUsher(head, where, this.#parts);
  }
}

class MeetingUsher implements Usher {
  readonly #head: MeetingHead;
  readonly #where: () => ChannelId;
  readonly #parts: UsherParts;
  #optInOnly = false;
  #hasAsked = false;
  #newcomers: Person[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastMs = Number.NEGATIVE_INFINITY;
  #isOver = false;

  constructor(head: MeetingHead, where: () => ChannelId, parts: UsherParts) {
    this.#head = head;
    this.#where = where;
    this.#parts = parts;
  }

  configure(optInOnly: boolean): void {
    this.#optInOnly = optInOnly;
    if (!optInOnly || this.#hasAsked) return;
    this.#hasAsked = true;
    this.#say((words) => words.t('consent.ask', { voice: this.#voice }));
  }

  greet(person: Person): void {
    this.#newcomers.push(person);
    const dueMs = Math.max(GATHER_MS, this.#lastMs + APART_MS - performance.now());
    if (!this.#isOver) this.#timer ??= setTimeout(() => this.#greetAll(), dueMs);
  }

  leave(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#parts.mark.remove(this.#head.guildId);
  }

  #greetAll(): void {
    this.#timer = undefined;
    this.#lastMs = performance.now();
    const people = this.#newcomers.splice(0);
    this.#say((words) => {
      const values = { voice: this.#voice, names: namesOf(people, words), count: people.length };
      return words.t(this.#optInOnly ? 'consent.greetAsking' : 'consent.greet', values);
    });
  }

  get #voice(): string {
    return `<#${this.#head.voiceChannelId}>`;
  }

  #say(sentence: (words: Words) => string): void {
    const { client, log, signal } = this.#parts;
    const channelId = this.#where();
    const words = guildWords(client, this.#head.guildId);
    const message = {
      content: sentence(words),
      nonce: randomBytes(9).toString('base64url'),
      isSilent: true,
      ...(this.#optInOnly && { components: [hearMeRow(words)] }),
    };
    new MessageApi(client).create(channelId, message, signal).catch((error: unknown) => {
      // The transcript meets the same trouble, and then moves or tells.
      if (!signal.aborted) log.warn({ err: error, meeting: this.#head.id }, 'Newcomers could not be greeted');
    });
  }
}

function namesOf(people: readonly Person[], words: Words): string {
  const names = people.slice(0, MOST_NAMES).map(({ displayName }) => escapeName(displayName));
  const more = people.length - names.length;
  return words.list(more === 0 ? names : [...names, words.t('consent.more', { count: more })]);
}
