import { checkMode } from '../../../core/log.ts';
import type { TranscriptStyle } from '../../../core/settings.ts';
import { escapeNotice } from '../../formatting/escape.ts';
import { MAX_CONTENT } from '../../formatting/limits.ts';
import type { GoneReason } from '../../messages/failure.ts';
import { BotSender } from '../../messages/sender.ts';
import { SpeakerSender } from '../../messages/speaker-webhook.ts';
import type { Desk, OutboxParts } from './desk.ts';
import { Drafts, type LeftMessage } from './drafts.ts';
import { Editing } from './editing.ts';
import { type BotSentence, type Entry, isGrowing, type Line, render } from './line.ts';
import { Loop } from './loop.ts';
import { MessageDraft } from './message-draft.ts';
import { Pending } from './pending.ts';
import { Posting } from './posting.ts';

type Mode = 'resting' | 'writing' | 'closed';

/**
 * Gets entries into a channel: in order, in as few messages as the rate limits ask for, and none lost.
 *
 * One loop posts what is pending, another edits messages that show less than they should. Each has one request on its
 * way at most, and decides what to send only when it may send it; `next-message` says what that is. Every call from
 * outside starts the loops that it needs, and everything that is called in one tick goes out together.
 *
 * - `resting`: neither loop runs. No message needs an edit, and all pending lines still grow. Ends when something is
 *   due.
 * - `writing`: a loop runs. Ends when neither has anything left to do.
 * - `closed`: nothing is pending, and no message needs an edit. Never ends: no place is left, Discord has logged the
 *   bot out, the process goes down, or a step threw.
 *
 * `checkMode` checks this when the outbox begins to rest, and when it closes.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #pending = new Pending();
  readonly #drafts = new Drafts();
  readonly #posting: Posting;
  readonly #editing: Editing;
  readonly #loops: { readonly posting: Loop; readonly editing: Loop };
  readonly #waiting = new Set<() => void>(); // for everything to be posted
  #mode: Mode = 'resting';
  #bot: BotSender;
  #farewell: BotSentence | undefined; // says at a new place why the old one was left
  #goneBecause: GoneReason | undefined; // no place is left

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    const { api, places, signal } = parts;
    this.#bot = new BotSender(api, () => places.known);
    const desk: Desk = {
      parts,
      pending: this.#pending,
      drafts: this.#drafts,
      bot: () => this.#bot,
      farewell: () => this.#farewell,
      reportDelivery: (draft, delivered) => this.#reportDelivery(draft, delivered),
      loseWebhook: (sender) => {
        if (sender instanceof SpeakerSender) parts.webhook?.forgetKey(sender);
      },
      moveOn: (because) => this.#moveOn(because),
      close: () => this.#close(),
      wake: () => this.#wake(),
    };
    this.#posting = new Posting(desk);
    this.#editing = new Editing(desk);
    const loopOf = (work: Posting | Editing) =>
      new Loop({
        plan: () => (this.#mode === 'closed' ? undefined : work.planStep()),
        stopped: (failure) => this.#onLoopStopped(failure),
        signal,
      });
    this.#loops = { posting: loopOf(this.#posting), editing: loopOf(this.#editing) };
  }

  get style(): TranscriptStyle {
    return this.#posting.style;
  }

  changeStyle(style: TranscriptStyle): void {
    this.#posting.chosenStyle = style;
    this.#wake();
  }

  /** Shows a line: in the last message when it may join that, else in the next. */
  addLine(line: Line): void {
    this.#posting.addLine(line);
    this.#wake();
  }

  addSentence(sentence: BotSentence): void {
    this.#pending.addSentence(sentence);
    this.#wake();
  }

  /** Shows lines right behind one that is still pending, else at the end. */
  insertLinesAfter(line: Line, lines: readonly Line[]): void {
    this.#pending.insertLinesAfter(line, lines);
    this.#wake();
  }

  /** Shows `newLine` where `line` is, or is to be. A line that was withdrawn, or given up, is nowhere. */
  replaceLine(line: Line, newLine: Line): void {
    if (!this.#drafts.replaceLine(line, newLine)) this.#pending.replaceLine(line, newLine);
    this.#wake();
  }

  /** Takes back what people see of an entry, and shows it nowhere any more. */
  withdrawEntry(entry: Entry): void {
    this.#drafts.removeEntry(entry);
    this.#posting.forgetEntry(entry);
    this.#wake();
  }

  /** Takes over a message that an earlier process posted, as it is. Call it before anything is added. */
  adoptMessage({ message: { channelId, id, content, writtenAs }, entries }: LeftMessage): void {
    const sender = writtenAs ? this.#parts.webhook?.senderFor({ username: writtenAs.username }) : this.#bot;
    if (!sender) return; // nobody can change it any more
    const draft = new MessageDraft(entries, this.#parts.places.index, sender);
    draft.markPosted(channelId, id, content);
    this.#drafts.adopt(draft);
    for (const line of draft.takeUnreported()) this.#parts.posted(line, channelId, id);
  }

  /** Translations into this language will come: room is left for them. */
  expectTranslations(language: string): void {
    this.#posting.expectTranslations(language);
  }

  /** Whether a line can be replaced: not when its message was deleted, or is in a channel that was left. */
  mayReplace(line: Line): boolean {
    const draft = this.#drafts.homeOf(line);
    return draft ? draft.place === this.#parts.places.index : this.#pending.has(line);
  }

  /** How many characters are left in the message of `line`, or in one of its own, when `newLine` replaces it. */
  roomWith(line: Line, newLine: Line): number {
    return this.#drafts.homeOf(line)?.roomWith(line, newLine) ?? MAX_CONTENT - render([newLine]).length;
  }

  /** Resolves when nothing is left to do, or the signal aborts. Never rejects. */
  drained(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        this.#posting.isAwaited = this.#waiting.size > 0;
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      this.#posting.isAwaited = true;
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
      this.#wake();
    });
  }

  /** Starts, or wakes, the loops that have something to do. Returns at once. */
  #wake(): void {
    if (this.#mode === 'closed') {
      this.#close(); // drops what came in since then
      return;
    }
    const { posting, editing } = this.#loops;
    posting.wake();
    editing.wake();
    this.#enterMode(posting.isRunning || editing.isRunning ? 'writing' : 'resting');
  }

  #onLoopStopped(failure: { readonly error: unknown } | undefined): void {
    if (!failure) {
      this.#wake();
      return;
    }
    if (!this.#parts.signal.aborted) this.#parts.complain('A transcript failed', failure.error);
    this.#close();
  }

  #enterMode(mode: Mode): void {
    if (mode !== this.#mode && this.#mode !== 'closed') {
      this.#mode = mode;
      if (mode !== 'writing') this.#checkMode(mode);
    }
    if (this.#mode !== 'writing') for (const done of [...this.#waiting]) done();
  }

  #checkMode(mode: 'resting' | 'closed'): void {
    checkMode(this.#parts.log, mode, {
      'no message needs an edit': this.#drafts.due.size === 0,
      'all that is pending still grows': this.#pending.entries.every(isGrowing),
      'nothing is pending where nothing can be posted': mode === 'resting' || this.#pending.entries.length === 0,
    });
  }

  /** Ends all posting. The journal has everything that people said. */
  #close(): void {
    this.#dropEverything();
    this.#enterMode('closed');
  }

  #dropEverything(): void {
    this.#drafts.forgetAll();
    const unposted = this.#pending.takeAll();
    if (unposted.length === 0) return;
    if (this.#parts.lost && this.#goneBecause) this.#parts.lost(unposted, this.#goneBecause);
    else this.#parts.complain(`${unposted.length} lines could not be posted`);
  }

  #reportDelivery(draft: MessageDraft, delivered: () => void): void {
    const { posted, remarked, shown } = this.#parts;
    const { channelId, id } = draft;
    delivered();
    if (channelId !== undefined && id !== undefined) {
      for (const line of draft.takeUnreported()) posted(line, channelId, id);
      for (const about of draft.takeRemarks()) remarked(about, channelId, id);
    }
    for (const line of draft.takeFinished()) shown(line);
  }

  /**
   * Goes to the next place, as the current one takes nothing any more, with the reason and everything not posted yet.
   */
  #moveOn(because: GoneReason): void {
    const { api, places, words, complain } = this.#parts;
    complain(`A transcript has to leave its channel: ${because}`);
    const unseen = this.#editing.takeUnseen();
    this.#drafts.forgetAll();
    const goesOn = places.moveOn();
    this.#bot = new BotSender(api, () => places.known);
    // People have to know the first reason: the places in between took nothing.
    const isUnread = this.#farewell !== undefined && this.#pending.removeEntry(this.#farewell);
    if (!this.#farewell || !isUnread)
      this.#farewell = { kind: 'sentence', text: escapeNotice(places.farewell(because, words())) };
    this.#pending.putBack([this.#farewell, ...unseen]);
    if (!goesOn) {
      this.#goneBecause ??= because;
      this.#close();
    }
    this.#wake();
  }
}
