import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChannelId, MessageId, SpeakerId } from '../../../core/ids.ts';
import type { TranscriptStyle } from '../../../core/settings.ts';
import type { Words } from '../../../i18n/words.ts';
import { escapeNotice } from '../../formatting/escape.ts';
import { type Failure, failureOf, type GoneReason } from '../../messages/failure.ts';
import type { MessageApi } from '../../messages/message-api.ts';
import type { Urgency } from '../../messages/pace.ts';
import { retryDelayMs } from '../../messages/retry-delay.ts';
import { BotSender, type Sender } from '../../messages/sender.ts';
import { SpeakerSender, type SpeakerWebhook } from '../../messages/speaker-webhook.ts';
import { Alarm } from './alarm.ts';
import { type BotSentence, type Entry, isGrowing, type Line } from './line.ts';
import type { LeftMessage } from './message-draft.ts';
import { MessageDraft, type Waits } from './message-draft.ts';
import { joinsLast, type LastMessage, nextEdit, nextPost, type PostBudget, type Situation } from './next-message.ts';
import { Pending } from './pending.ts';
import type { PostingPlaces } from './posting-places.ts';

/** Translations follow their text, and words that are still being spoken will be followed by a final. */
const URGENCIES: Readonly<Record<Waits, Urgency>> = { text: 'at once', more: 'should go', growth: 'may wait' };

export interface OutboxParts {
  readonly api: MessageApi;
  readonly places: PostingPlaces;
  /** Writes as the speakers, in the first place. */
  readonly webhook?: SpeakerWebhook;
  readonly words: () => Words; // now: a server may change its language
  /** Ends all posting: the process is going down. */
  readonly signal: AbortSignal;
  /** A line stands in a message. */
  readonly posted: (line: Line, channelId: ChannelId, messageId: MessageId) => void;
  readonly shown: (line: Line) => void; // its final text
  /** A remark about somebody stands in a message. */
  readonly remarked: (about: SpeakerId, channelId: ChannelId, messageId: MessageId) => void;
  /** No place is left for these. Without it they are given up. */
  readonly lost?: (entries: readonly Entry[], because: GoneReason) => void;
  /** For the log: never what anybody said. */
  readonly complain: (because: string, error?: unknown) => void;
}

/** What a loop does next. */
interface Step {
  readonly waitMs: number;
  readonly run: () => Promise<void>;
}

/**
 * Gets entries into a channel: in order, as few messages as the rate limits ask for, and none lost.
 *
 * Two loops run while there is something to do, and only then: one posts what is pending, one edits messages that should
 * show more than they do. Each has one request in flight, and decides only when it may send what it sends.
 */
export class Outbox {
  style: TranscriptStyle = 'grow';
  readonly #parts: OutboxParts;
  readonly #places: PostingPlaces;
  #bot: BotSender;
  readonly #noncePrefix = randomBytes(6).toString('base64url');
  #messagesMade = 0;

  readonly #pending = new Pending();
  readonly #needsEdit = new Set<MessageDraft>();
  readonly #homes = new WeakMap<Entry, MessageDraft>();
  readonly #open = new Set<MessageDraft>(); // in which somebody's words still grow
  readonly #languages = new Set<string>(); // of translations seen so far: room is left for them
  readonly #namesRefused = new Set<string>(); // by Discord, for a webhook
  #last: MessageDraft | undefined;
  #postSingly = 0; // so many entries go alone, as one among them was refused
  /** Refused since the current place last took a message: these are to blame, or the place is. */
  readonly #refusedHere: Entry[] = [];
  #apology: BotSentence | undefined; // for the last of them
  #placeNotice: BotSentence | undefined;
  #goneBecause: GoneReason | undefined; // no place is left
  #editing: MessageDraft | undefined; // in the request that is on its way
  #editFailures = 0;

  readonly #news = new Alarm();
  #isPosting = false;
  #isEditing = false;
  #isClosed = false;
  readonly #waiting = new Set<() => void>();

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#places = parts.places;
    this.#bot = new BotSender(parts.api, () => parts.places.known);
  }

  #words(): Words {
    return this.#parts.words();
  }

  // ------------------------------------------------------------------------------------------- what it should show

  /** Puts a line where it belongs: into the last message when it may join that, else on the way to the next. */
  add(line: Line): void {
    const last = this.#last;
    if (!last || !joinsLast(line, this.#situation())) {
      this.#pending.add(line);
      return;
    }
    last.entries.push(line);
    this.#homes.set(line, last);
    if (isGrowing(line)) this.#open.add(last);
    this.changed(line);
  }

  /** All that decides about the next message, as it is now. */
  #situation(): Situation {
    const { webhook } = this.#parts;
    const isWebhookUsable = webhook?.isUsable && this.#places.isHome;
    return {
      style: this.style,
      pending: this.#pending.entries,
      waitedMs: this.style === 'digest' ? performance.now() - this.#pending.sinceMs : 0, // only a digest asks
      last: this.#last && this.#lookAt(this.#last),
      languages: this.#languages,
      bot: budgetOf(this.#bot.posts),
      webhook: isWebhookUsable
        ? { ...budgetOf(webhook), isOpen: webhook.isOpen, isScarce: webhook.isScarce }
        : undefined,
      refusedNames: this.#namesRefused,
      growing: { bot: this.#countGrowing('bot'), speaker: this.#countGrowing('speaker') },
      isOneByOne: this.#postSingly > 0,
      isAwaited: this.#waiting.size > 0,
    };
  }

  #lookAt({ entries, sender, place, isOld }: MessageDraft): LastMessage {
    return {
      entries,
      isSpeaker: sender.isSpeaker,
      takesMore: place === this.#places.index && !isOld,
      editDelayMs: sender.edits.delayMs(),
      postDelayMs: sender.posts.delayMs(),
    };
  }

  /** Messages whose last words an edit still has to make final. */
  #countGrowing(as: 'speaker' | 'bot'): number {
    let count = 0;
    for (const message of this.#open) {
      if (!message.isOpen && message.waits !== 'text') this.#open.delete(message);
      else if (message.sender.isSpeaker === (as === 'speaker')) count += 1;
    }
    return count;
  }

  /** Takes over a message that an earlier process posted, with what it shows. Before anything is added. */
  adopt({ message: { channelId, id, content, writtenAs }, entries }: LeftMessage): void {
    const sender = writtenAs ? this.#parts.webhook?.as({ username: writtenAs.username }) : this.#bot;
    if (!sender) return; // nobody can change it any more
    const message = new MessageDraft([...entries], this.#places.index, sender);
    message.stands(channelId, id, content);
    for (const entry of entries) this.#homes.set(entry, message);
    for (const line of message.takeUnreported()) this.#parts.posted(line, channelId, id);
  }

  put(notice: BotSentence): void {
    this.#pending.put(notice);
  }

  /** Puts lines right behind one that is still pending, else at the end. */
  insertAfter(line: Line, lines: readonly Line[]): void {
    this.#pending.insertAfter(line, lines);
  }

  /** Translations into this language come: room is left for them. */
  expectTranslations(language: string): void {
    this.#languages.add(language);
  }

  /** Not any more when its message was deleted, or stands in a channel that was left. */
  mayChange(line: Line): boolean {
    const message = this.#homes.get(line);
    return message ? message.place === this.#places.index : this.#pending.has(line);
  }

  /** How many characters more the message takes in which a line stands, or would be, alone. */
  roomAt(line: Line): number {
    return (this.#homes.get(line) ?? new MessageDraft([line], this.#places.index, this.#bot)).room;
  }

  changed(line: Line): void {
    const message = this.#homes.get(line);
    if (message?.id !== undefined) this.#needsEdit.add(message);
  }

  /** Takes back what was shown of a line: nothing came of it. */
  withdraw(entry: Entry): void {
    const message = this.#homes.get(entry);
    message?.remove(entry);
    if (message?.id !== undefined) this.#needsEdit.add(message);
    this.#pending.remove(entry);
  }

  // --------------------------------------------------------------------------------------------- getting it there

  /** Sees to what was put in or changed. Returns at once. */
  wake(): void {
    if (this.#isClosed) {
      this.#dropPending();
      return;
    }
    this.#news.ring();
    if (!this.#isPosting && this.#planPost()) {
      this.#isPosting = true;
      void this.#loop(() => this.#planPost()).finally(() => {
        this.#isPosting = false;
        this.#afterLoop();
      });
    }
    if (!this.#isEditing && this.#planEdit()) {
      this.#isEditing = true;
      void this.#loop(() => this.#planEdit()).finally(() => {
        this.#isEditing = false;
        this.#afterLoop();
      });
    }
  }

  #afterLoop(): void {
    this.wake();
    this.#settle();
  }

  /** It ends early only when the process goes down, or by a defect of ours: posting must not spin on either. */
  async #loop(plan: () => Step | undefined): Promise<void> {
    const { signal, complain } = this.#parts;
    try {
      await undefined; // what comes in the same moment goes along
      for (let step = plan(); step && !this.#isClosed; step = plan()) {
        if (step.waitMs > 0) await this.#news.sleep(step.waitMs, signal);
        else await step.run();
      }
    } catch (error) {
      if (!signal.aborted) complain('A transcript channel failed', error);
      this.#close();
    }
  }

  // ------------------------------------------------------------------------------------------------- new messages

  #planPost(): Step | undefined {
    this.#sayWhatIsLost();
    const next = nextPost(this.#situation());
    switch (next?.kind) {
      case undefined:
        return undefined;
      case 'open webhook':
        return { waitMs: 0, run: async () => await this.#parts.webhook?.open(this.#parts.signal) };
      case 'post': {
        const sender = next.as === 'bot' ? this.#bot : this.#senderFor(next.entries[0]);
        return sender && { waitMs: next.waitMs, run: () => this.#create(this.#pending.take(next.entries), sender) };
      }
    }
  }

  #senderFor(entry: Entry | undefined): Sender | undefined {
    return entry?.kind === 'line' ? this.#parts.webhook?.as(entry.profile) : undefined;
  }

  #sayWhatIsLost(): void {
    if (this.#parts.webhook?.takeLoss()) {
      this.#pending.putBack([{ kind: 'sentence', text: this.#words().t('posting.ownName') }]);
    }
    const givenUp = this.#pending.takeGivenUp();
    if (givenUp > 0) {
      this.#pending.putBack([{ kind: 'sentence', text: this.#words().t('posting.givenUp', { count: givenUp }) }]);
    }
  }

  async #create(entries: Entry[], sender: Sender): Promise<void> {
    const { signal } = this.#parts;
    const message = new MessageDraft(entries, this.#places.index, sender);
    for (const entry of entries) this.#homes.set(entry, message);
    this.#last = message;
    this.#postSingly = Math.max(0, this.#postSingly - 1);
    if (message.isOpen) this.#open.add(message);
    this.#messagesMade += 1;
    const nonce = `${this.#noncePrefix}-${this.#messagesMade}`;
    const { content, delivered } = message.draft();
    const post = { content, nonce, isSilent: entries.every(({ kind }) => kind === 'line') };
    let isDoubtful = false; // an attempt may have come through
    for (let attempt = 1; message.id === undefined; attempt += 1) {
      try {
        message.place = this.#places.index;
        message.channelId = await this.#places.channel(signal);
        if (isDoubtful) message.id = await sender.recover?.(message.channelId, post, signal);
        isDoubtful = false;
        message.id ??= await sender.create(message.channelId, post, signal);
      } catch (error) {
        signal.throwIfAborted();
        isDoubtful = true;
        if (!this.#mayRetry(message, failureOf(error))) return;
        await delay(retryDelayMs(attempt), undefined, { signal });
      }
    }
    this.#refusedHere.length = 0; // what was refused before is to blame itself
    this.#delivered(message, delivered);
    if (!message.isUpToDate) this.#needsEdit.add(message);
    this.wake();
  }

  #delivered(message: MessageDraft, delivered: () => void): void {
    delivered();
    for (const line of message.takeUnreported()) {
      if (message.channelId !== undefined && message.id !== undefined)
        this.#parts.posted(line, message.channelId, message.id);
    }
    for (const about of message.takeRemarks()) {
      if (message.channelId !== undefined && message.id !== undefined)
        this.#parts.remarked(about, message.channelId, message.id);
    }
    for (const line of message.takeFinished()) this.#parts.shown(line);
  }

  /** Decides about a message that could not be posted: true to try it again as it is. */
  #mayRetry(message: MessageDraft, failure: Failure): boolean {
    switch (failure.kind) {
      case 'try again':
        return true;
      case 'channel gone':
        this.#takeBack(message);
        if (message.place === this.#places.index) this.#moveOn(failure.because);
        return false;
      case 'logged out':
        this.#takeBack(message);
        this.#close();
        return false;
      case 'rate limited':
        message.sender.posts.holdFor(failure.waitMs);
        this.#takeBack(message);
        return false;
      case 'webhook gone':
      case 'webhook moved':
        this.#loseWebhook(message);
        this.#takeBack(message);
        if (failure.kind === 'webhook moved') this.#sayMoved(failure.isTidy);
        return false;
      case 'refused':
      case 'too large':
      case 'message gone':
        this.#takeBack(message);
        // It may be the name that is refused: the bot's own is not.
        if (message.sender.isSpeaker) this.#refuseNames(message);
        else this.#giveUp(message.entries.length, failure.kind);
        return false;
    }
  }

  #refuseNames(message: MessageDraft): void {
    for (const entry of message.entries) if (entry.kind === 'line') this.#namesRefused.add(entry.profile.username);
  }

  #loseWebhook({ sender }: MessageDraft): void {
    if (sender instanceof SpeakerSender) this.#parts.webhook?.lost(sender);
  }

  #sayMoved(isTidy: boolean): void {
    const text = this.#words().t(isTidy ? 'posting.webhookMoved' : 'posting.webhookMovedLeft');
    this.#pending.putBack([{ kind: 'sentence', text }]);
    this.#parts.complain('The webhook for the speakers’ names writes in another channel now: it is given up');
  }

  /** What stood in it is pending again. */
  #takeBack(message: MessageDraft): void {
    for (const entry of message.entries) this.#homes.delete(entry);
    this.#open.delete(message);
    this.#pending.putBack(message.entries, this.#placeNotice);
    if (this.#last === message) this.#last = undefined;
  }

  /**
   * One among the first entries may be to blame: they are tried alone, and only that one is missing in the end.
   *
   * When our own plain sentence about it is refused as well, it is not the text but the place.
   */
  #giveUp(count: number, because: string): void {
    if (count > 1) {
      this.#postSingly = count;
      return;
    }
    const [entry] = this.#pending.entries;
    if (!entry) return;
    this.#pending.remove(entry);
    if (entry !== this.#apology) this.#refusedHere.push(entry);
    if (entry.kind === 'sentence') {
      this.#pending.putBack(this.#refusedHere.splice(0));
      this.#moveOn('unwritable');
      return;
    }
    this.#parts.complain(`A message could not be posted: ${because}`);
    const text = this.#words().t('posting.refused', { name: entry.name, time: `<t:${entry.atS}:T>` });
    this.#apology = { kind: 'sentence', text };
    this.#pending.putBack([this.#apology]);
  }

  // --------------------------------------------------------------------------------------------------------- edits

  #planEdit(): Step | undefined {
    const due = [...this.#needsEdit].map((message) => {
      const { waits, sender, editableAtMs } = message;
      const heldMs = Math.max(0, editableAtMs - performance.now());
      return { message, waits, heldMs, delayMs: sender.edits.delayMs(URGENCIES[waits]) };
    });
    const next = nextEdit(due);
    return next && { waitMs: next.waitMs, run: () => this.#update(next.edit.message) };
  }

  async #update(message: MessageDraft): Promise<void> {
    this.#needsEdit.delete(message);
    const { id, channelId } = message;
    if (message.isUpToDate || id === undefined || channelId === undefined) return;
    const { content, delivered } = message.draft();
    this.#editing = message;
    if (message.waits === 'text') message.sender.edits.noteText();
    try {
      if (content === '') await message.sender.remove(channelId, id, this.#parts.signal);
      else await message.sender.edit(channelId, id, content, this.#parts.signal);
      this.#editing = undefined;
      this.#editFailures = 0;
      this.#delivered(message, delivered);
      if (content === '') this.#forget(message);
    } catch (error) {
      this.#parts.signal.throwIfAborted();
      // Its place may have been left meanwhile, and what it did not show taken along.
      const isOurs = this.#editing === message;
      this.#editing = undefined;
      if (isOurs) this.#onEditFailed(message, failureOf(error));
    }
  }

  #onEditFailed(message: MessageDraft, failure: Failure): void {
    switch (failure.kind) {
      case 'try again':
        this.#editFailures += 1;
        message.sender.edits.holdFor(retryDelayMs(this.#editFailures));
        this.#needsEdit.add(message);
        break;
      case 'rate limited':
        if (failure.isOfMessage) this.#hold(message, failure.waitMs);
        else message.sender.edits.holdFor(failure.waitMs);
        this.#needsEdit.add(message);
        break;
      case 'webhook gone':
      case 'webhook moved':
        this.#loseWebhook(message);
        this.#tidy(message);
        this.#pending.putBack(this.#abandon(message), this.#placeNotice);
        break;
      case 'channel gone':
        this.#pending.putBack(this.#abandon(message), this.#placeNotice);
        if (message.place === this.#places.index) this.#moveOn(failure.because);
        break;
      case 'logged out':
        this.#close();
        break;
      case 'message gone': // deleted by hand: what stood in it stays deleted, what is new is posted
      case 'refused':
      case 'too large':
        this.#pending.putBack(this.#abandon(message), this.#placeNotice);
        break;
    }
    this.wake();
  }

  /** Discord takes no edit of this one for a while: what has joined it and is not seen yet goes elsewhere. */
  #hold(message: MessageDraft, waitMs: number): void {
    message.editableAtMs = performance.now() + waitMs;
    const invisible = message.takeInvisible();
    for (const entry of invisible) this.#homes.delete(entry);
    this.#pending.putBack(invisible);
  }

  /** What a message should show and does not; it shows nothing new from now on. */
  #abandon(message: MessageDraft): Entry[] {
    for (const entry of message.entries) this.#homes.delete(entry);
    this.#needsEdit.delete(message); // something in it may have changed while its last edit was on its way
    this.#forget(message);
    return message.unseen();
  }

  /** Nobody can finish what it shows any more; it may go when the bot may delete it, and is no loss. */
  #tidy(message: MessageDraft): void {
    const { id, channelId, holdsText } = message;
    if (id === undefined || channelId === undefined || holdsText) return;
    this.#bot.remove(channelId, id, this.#parts.signal).catch(() => {}); // needs Manage Messages, which is not ours as a rule
  }

  #forget(message: MessageDraft): void {
    this.#open.delete(message);
    if (this.#last === message) this.#last = undefined;
  }

  // ------------------------------------------------------------------------------------------------- another place

  /** The current place takes nothing any more: what is not posted goes to the next, with the reason. */
  #moveOn(because: GoneReason): void {
    this.#parts.complain(`A transcript channel cannot be posted to any more: ${because}`);
    const changing = new Set(this.#editing ? [this.#editing, ...this.#needsEdit] : this.#needsEdit);
    const unseen = [...changing].flatMap((message) => this.#abandon(message));
    this.#editing = undefined;
    this.#needsEdit.clear();
    this.#open.clear();
    this.#last = undefined;
    const goesOn = this.#places.moveOn();
    this.#bot = new BotSender(this.#parts.api, () => this.#places.known);
    if (this.#placeNotice && this.#pending.remove(this.#placeNotice)) {
      // The first reason is what people have to know; the places between took nothing.
    } else this.#placeNotice = { kind: 'sentence', text: escapeNotice(this.#places.farewell(because, this.#words())) };
    this.#pending.putBack([this.#placeNotice, ...unseen]);
    if (!goesOn) {
      this.#goneBecause ??= because;
      this.#close();
    }
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
      this.wake();
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
    const unposted = this.#pending.clear();
    if (unposted.length === 0) return;
    if (this.#parts.lost && this.#goneBecause) this.#parts.lost(unposted, this.#goneBecause);
    else this.#parts.complain(`${unposted.length} lines could not be posted`);
  }

  #settle(): void {
    const isIdle = !this.#isPosting && !this.#isEditing && this.#needsEdit.size === 0;
    const isDone = isIdle && this.#pending.entries.every(isGrowing);
    if (isDone || this.#isClosed) for (const done of [...this.#waiting]) done();
  }
}

function budgetOf(writer: { delayMs(urgency: Urgency): number; readonly atOnce: number }): PostBudget {
  const delayMs = { 'must go': writer.delayMs('must go'), 'may wait': writer.delayMs('may wait') };
  return { delayMs, atOnce: writer.atOnce };
}
