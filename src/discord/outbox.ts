import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'discord.js';
import type { ChannelId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import { channelOf, type Destination } from './destination.ts';
import { escapeNotice } from './escape.ts';
import { continues, type Entry, expectedLength, type Line, MAX_CONTENT, type Notice } from './line.ts';
import { type Failure, failureOf, MessageApi } from './message-api.ts';
import { Pace } from './pace.ts';
import { PostedMessage } from './posted-message.ts';
import { retryDelayMs } from './retry-delay.ts';

/** While Discord is in trouble so much waits, hours of talk; then the oldest is given up, and people are told. */
const MAX_PENDING = 5_000;

export interface OutboxParts {
  readonly client: Client<true>;
  readonly log: Log;
  /** Where to go on when this channel is gone, best first. Asked when it happens. */
  readonly fallbacks: (channelId: ChannelId) => readonly Destination[];
  /** Ends all posting: the process is going down. */
  readonly signal: AbortSignal;
}

/**
 * Gets entries into a channel: in order, as few messages as the rate limits ask for, and none lost.
 *
 * Two loops run while there is something to do, and only then: one posts what is pending, one edits messages that should
 * show more than they do. Each has one request in flight, and waits for its rate limit before it decides what to send.
 */
export class Outbox {
  readonly #channelId: ChannelId;
  readonly #parts: OutboxParts;
  readonly #api: MessageApi;
  readonly #channelName: string;
  readonly #noncePrefix = randomBytes(6).toString('base64url');
  #messagesMade = 0;

  readonly #pending: Entry[] = [];
  readonly #needsEdit = new Set<PostedMessage>();
  readonly #homes = new WeakMap<Entry, PostedMessage>();
  readonly #languages = new Set<string>(); // of translations seen so far: room is left for them
  #last: PostedMessage | undefined;
  #givenUp = 0; // as too much was pending
  #postSingly = 0; // so many entries go alone, as one among them was refused

  #places: Destination[];
  #place = 0;
  #placeNotice: Notice | undefined;
  #posts = new Pace();
  #edits = new Pace();
  #editFailures = 0;

  #isPosting = false;
  #isEditing = false;
  #isClosed = false;
  readonly #waiting = new Set<() => void>();

  constructor(channelId: ChannelId, parts: OutboxParts) {
    this.#channelId = channelId;
    this.#parts = parts;
    this.#api = new MessageApi(parts.client);
    this.#places = [{ kind: 'channel', channelId }];
    const channel = parts.client.channels.cache.get(channelId);
    this.#channelName = channel && 'name' in channel && channel.name ? `#${channel.name}` : 'the transcript channel';
  }

  // ------------------------------------------------------------------------------------------- what it should show

  /** Puts a line at the end: into the last message when it goes on there, else on the way to the next. */
  add(line: Line): void {
    const last = this.#last;
    if (!last || !this.#mayJoin(line, last)) {
      this.#pending.push(line);
      return;
    }
    last.entries.push(line);
    this.#homes.set(line, last);
    this.changed(line);
  }

  #mayJoin(line: Line, last: PostedMessage): boolean {
    return (
      this.#pending.length === 0 &&
      continues(line, last.entries.at(-1)) &&
      expectedLength([...last.entries, line], this.#languages) <= MAX_CONTENT &&
      this.#edits.delayMs <= this.#posts.delayMs
    );
  }

  put(notice: Notice): void {
    this.#pending.push(notice);
  }

  /** Puts lines right behind one that is still pending, else at the end. */
  insertAfter(line: Line, lines: readonly Line[]): void {
    const at = this.#pending.indexOf(line);
    this.#pending.splice(at < 0 ? this.#pending.length : at + 1, 0, ...lines);
  }

  /** Translations into this language come: room is left for them. */
  expectTranslations(language: string): void {
    this.#languages.add(language);
  }

  /** Not any more when its message was deleted, or stands in a channel that was left. */
  mayChange(line: Line): boolean {
    const message = this.#homes.get(line);
    return message ? message.place === this.#place : this.#pending.includes(line);
  }

  /** Whether the message that a line stands in (or would be, alone) keeps Discord's limit. */
  fits(line: Line): boolean {
    return (this.#homes.get(line) ?? new PostedMessage([line], this.#place)).isWithinLimit;
  }

  changed(line: Line): void {
    const message = this.#homes.get(line);
    if (message?.id !== undefined) this.#needsEdit.add(message);
  }

  // --------------------------------------------------------------------------------------------- getting it there

  /** Sees to what was put in or changed. Returns at once. */
  wake(): void {
    if (this.#isClosed) {
      this.#dropPending();
      return;
    }
    const tooMany = Math.max(0, this.#pending.length - MAX_PENDING);
    this.#givenUp += this.#pending.splice(0, tooMany).length;
    if (!this.#isPosting && this.#pending.length > 0) {
      this.#isPosting = true;
      void this.#guard(this.#postPending()).finally(() => {
        this.#isPosting = false;
        this.#afterLoop();
      });
    }
    if (!this.#isEditing && this.#nextEdit()) {
      this.#isEditing = true;
      void this.#guard(this.#editChanged()).finally(() => {
        this.#isEditing = false;
        this.#afterLoop();
      });
    }
  }

  #afterLoop(): void {
    this.wake();
    this.#settle();
  }

  /** A loop ends early only when the process goes down, or by a defect of ours: posting must not spin on either. */
  async #guard(loop: Promise<void>): Promise<void> {
    try {
      await loop;
    } catch (error) {
      if (!this.#parts.signal.aborted) this.#parts.log.error({ err: error }, 'A transcript channel failed');
      this.#close();
    }
  }

  async #postPending(): Promise<void> {
    while (this.#pending.length > 0 && !this.#isClosed) {
      await this.#posts.ready(this.#parts.signal);
      const entries = this.#takeBatch();
      if (entries.length > 0) await this.#create(entries);
    }
  }

  /** As many of the pending entries as one message holds, with room for the translations to come. */
  #takeBatch(): Entry[] {
    if (this.#givenUp > 0) {
      const text = `${this.#givenUp} lines could not be posted while Discord was in trouble. They stand in the minutes.`;
      this.#pending.unshift({ kind: 'notice', text });
      this.#givenUp = 0;
    }
    let count = 1;
    if (this.#postSingly > 0) this.#postSingly -= 1;
    else {
      const longer = () => this.#pending.slice(0, count + 1);
      while (count < this.#pending.length && expectedLength(longer(), this.#languages) <= MAX_CONTENT) count += 1;
    }
    return this.#pending.splice(0, count);
  }

  async #create(entries: Entry[]): Promise<void> {
    const message = new PostedMessage(entries, this.#place);
    for (const entry of entries) this.#homes.set(entry, message);
    this.#last = message;
    this.#messagesMade += 1;
    const nonce = `${this.#noncePrefix}-${this.#messagesMade}`;
    const { content, delivered } = message.draft();
    const isSilent = entries.every(({ kind }) => kind === 'line');
    const { signal } = this.#parts;
    for (let attempt = 1; message.id === undefined; attempt += 1) {
      try {
        message.place = this.#place;
        const channelId = await this.#currentChannel();
        message.id = (await this.#api.create(channelId, { content, nonce, isSilent }, signal, this.#posts)).id;
      } catch (error) {
        signal.throwIfAborted();
        if (!this.#mayRetry(message, failureOf(error))) return;
        await delay(retryDelayMs(attempt), undefined, { signal });
      }
    }
    delivered();
    if (!message.isUpToDate) this.#needsEdit.add(message);
    this.wake();
  }

  /** Decides about a message that could not be posted: true to try it again as it is. */
  #mayRetry(message: PostedMessage, failure: Failure): boolean {
    switch (failure.kind) {
      case 'try again':
        return true;
      case 'channel gone':
        this.#takeBack(message);
        if (message.place === this.#place) this.#moveOn(failure.because);
        return false;
      case 'logged out':
        this.#takeBack(message);
        this.#close();
        return false;
      case 'refused':
      case 'too large':
      case 'message gone':
        this.#takeBack(message);
        this.#giveUp(message.entries.length, failure.kind);
        return false;
    }
  }

  /** What stood in it is pending again. */
  #takeBack(message: PostedMessage): void {
    for (const entry of message.entries) this.#homes.delete(entry);
    const at = this.#placeNotice !== undefined && this.#pending[0] === this.#placeNotice ? 1 : 0;
    this.#pending.splice(at, 0, ...message.entries);
    if (this.#last === message) this.#last = undefined;
  }

  /** One among the first entries may be to blame: they are tried alone, and only that one is missing in the end. */
  #giveUp(count: number, because: string): void {
    if (count > 1) {
      this.#postSingly = count;
      return;
    }
    const entry = this.#pending.shift();
    this.#parts.log.warn({ channel: this.#channelId, because }, 'A message could not be posted');
    if (entry?.kind !== 'line') return;
    const text = `A line by ${entry.name} at <t:${entry.atS}:T> could not be posted. It stands in the minutes.`;
    this.#pending.unshift({ kind: 'notice', text });
  }

  async #editChanged(): Promise<void> {
    for (let next = this.#nextEdit(); next && !this.#isClosed; next = this.#nextEdit()) {
      await this.#edits.ready(this.#parts.signal);
      const message = this.#nextEdit(); // something more urgent may have come meanwhile
      if (message) await this.#update(message);
    }
  }

  /** Finals before translations, else the one that waits longest. */
  #nextEdit(): PostedMessage | undefined {
    let oldest: PostedMessage | undefined;
    for (const message of this.#needsEdit) {
      if (message.hidesLine) return message;
      oldest ??= message;
    }
    return oldest;
  }

  async #update(message: PostedMessage): Promise<void> {
    this.#needsEdit.delete(message);
    if (message.isUpToDate || message.id === undefined) return;
    const { content, delivered } = message.draft();
    try {
      const channelId = await this.#currentChannel();
      await this.#api.edit(channelId, message.id, content, this.#parts.signal, this.#edits);
      this.#editFailures = 0;
      delivered();
    } catch (error) {
      this.#parts.signal.throwIfAborted();
      this.#onEditFailed(message, error);
    }
  }

  #onEditFailed(message: PostedMessage, error: unknown): void {
    const failure = failureOf(error);
    switch (failure.kind) {
      case 'try again':
        this.#editFailures += 1;
        this.#edits.holdFor(retryDelayMs(this.#editFailures));
        this.#needsEdit.add(message);
        break;
      case 'channel gone':
        this.#needsEdit.add(message);
        if (message.place === this.#place) this.#moveOn(failure.because);
        break;
      case 'logged out':
        this.#close();
        break;
      case 'message gone': // deleted by hand: what stood in it stays deleted, what is new is posted
      case 'refused':
      case 'too large':
        if (this.#last === message) this.#last = undefined;
        this.#pending.unshift(...this.#abandon(message));
        this.wake();
        break;
    }
  }

  /** What a message should show and does not; it shows nothing new from now on. */
  #abandon(message: PostedMessage): Entry[] {
    for (const entry of message.entries) this.#homes.delete(entry);
    return message.unseen();
  }

  // ------------------------------------------------------------------------------------------------ another place

  async #currentChannel(): Promise<ChannelId> {
    const place = this.#places[this.#place];
    if (!place) throw new Error('Cannot post: no channel is left');
    const channelId = await channelOf(place, this.#api, this.#parts.signal);
    this.#places[this.#place] = { kind: 'channel', channelId };
    return channelId;
  }

  /** The current place takes nothing any more: what is not posted goes to the next, with the reason. */
  #moveOn(because: string): void {
    const { log, fallbacks } = this.#parts;
    if (this.#place === 0) {
      const others = fallbacks(this.#channelId).filter(
        (to) => to.kind === 'direct' || to.channelId !== this.#channelId,
      );
      this.#places = [...this.#places, ...others];
    }
    log.warn({ channel: this.#channelId, because }, 'A transcript channel cannot be posted to any more');
    const unseen = [...this.#needsEdit].flatMap((message) => this.#abandon(message));
    this.#needsEdit.clear();
    this.#last = undefined;
    this.#posts = new Pace();
    this.#edits = new Pace();
    const earlier = this.#placeNotice === undefined ? -1 : this.#pending.indexOf(this.#placeNotice);
    if (earlier >= 0) this.#pending.splice(earlier, 1);
    else {
      const text = `I cannot write in ${this.#channelName} any more: ${because}. The transcript goes on here.`;
      this.#placeNotice = { kind: 'notice', text: escapeNotice(text) };
    }
    this.#pending.unshift(...(this.#placeNotice ? [this.#placeNotice] : []), ...unseen);
    this.#place += 1;
    if (this.#place >= this.#places.length) this.#close();
    this.wake();
  }

  // ------------------------------------------------------------------------------------------------------ the end

  /** Resolves when nothing is left to do, or the signal aborts. Never rejects. */
  drained(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
      this.#settle();
    });
  }

  /** Nothing can be posted any more. What people said is in the journal. */
  #close(): void {
    this.#isClosed = true;
    this.#needsEdit.clear();
    this.#dropPending();
    this.#settle();
  }

  #dropPending(): void {
    const unposted = this.#pending.splice(0).length;
    if (unposted > 0) this.#parts.log.warn({ channel: this.#channelId, unposted }, 'Lines could not be posted');
  }

  #settle(): void {
    const isIdle = !this.#isPosting && !this.#isEditing && this.#pending.length === 0 && this.#needsEdit.size === 0;
    if (isIdle || this.#isClosed) for (const done of [...this.#waiting]) done();
  }
}
