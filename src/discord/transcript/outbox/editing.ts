import { type Failure, failureOf } from '../../messages/failure.ts';
import { mayWait } from '../../messages/importance.ts';
import type { Urgency } from '../../messages/pace.ts';
import { retryDelayMs } from '../../messages/retry-delay.ts';
import type { Desk } from './desk.ts';
import type { Entry } from './line.ts';
import type { Step } from './loop.ts';
import type { MessageDraft, Waits } from './message-draft.ts';
import { nextEdit } from './next-message.ts';

/** Translations follow their text, and a final will follow words that still grow. */
const URGENCIES: Readonly<Record<Waits, Urgency>> = { text: 'at once', more: 'should go', growth: 'may wait' };

/** Edits messages that show less than they should, one after another. */
export class Editing {
  readonly #desk: Desk;
  #inEdit: MessageDraft | undefined; // whose edit is on its way
  #failures = 0; // one after another

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The next edit, as far as any message needs one. */
  planStep(): Step | undefined {
    const due = [...this.#desk.drafts.due].map((draft) => {
      const { waits, sender, editableAtMs } = draft;
      const heldMs = Math.max(0, editableAtMs - performance.now());
      return { draft, waits, heldMs, delayMs: sender.edits.delayMs(URGENCIES[waits]) };
    });
    const next = nextEdit(due);
    return next && { waitMs: next.waitMs, run: () => this.#editMessage(next.edit.draft) };
  }

  /** The place of all messages is left. @returns what they should show and do not, as entries for another message */
  takeUnseen(): Entry[] {
    const { drafts } = this.#desk;
    const changing = new Set(this.#inEdit ? [this.#inEdit, ...drafts.due] : drafts.due);
    this.#inEdit = undefined;
    return [...changing].flatMap((draft) => {
      drafts.abandon(draft);
      return draft.unseen();
    });
  }

  async #editMessage(draft: MessageDraft): Promise<void> {
    const { parts, drafts, reportDelivery } = this.#desk;
    const { signal } = parts;
    drafts.takeDue(draft);
    const { id, channelId, sender } = draft;
    if (draft.isUpToDate || id === undefined || channelId === undefined) return;
    const { content, delivered } = draft.draft();
    this.#inEdit = draft;
    if (draft.waits === 'text') sender.edits.noteText();
    try {
      if (content === '') await sender.remove(channelId, id, signal);
      else if (draft.waits === 'growth') await mayWait(() => sender.edit(channelId, id, content, signal));
      else await sender.edit(channelId, id, content, signal);
      this.#inEdit = undefined;
      this.#failures = 0;
      reportDelivery(draft, delivered);
      if (content === '') drafts.forget(draft);
    } catch (error) {
      signal.throwIfAborted();
      // Its place may have been left meanwhile, and what it did not show taken along.
      const isAbandoned = this.#inEdit !== draft;
      this.#inEdit = undefined;
      if (!isAbandoned) this.#onFailed(draft, failureOf(error));
    }
  }

  #onFailed(draft: MessageDraft, failure: Failure): void {
    const { parts, drafts, moveOn, close, loseWebhook, wake } = this.#desk;
    switch (failure.kind) {
      case 'try again':
        this.#failures += 1;
        draft.sender.edits.holdFor(retryDelayMs(this.#failures));
        drafts.markDue(draft);
        break;
      case 'rate limited':
        if (failure.isOfMessage) this.#holdMessage(draft, failure.waitMs);
        else draft.sender.edits.holdFor(failure.waitMs);
        drafts.markDue(draft);
        break;
      case 'crowded out':
        draft.sender.edits.holdGrowthFor(failure.waitMs);
        drafts.markDue(draft);
        break;
      case 'webhook gone':
      case 'webhook moved':
        loseWebhook(draft.sender);
        this.#tidyUp(draft);
        this.#postElsewhere(draft);
        break;
      case 'channel gone':
        this.#postElsewhere(draft);
        if (draft.place === parts.places.index) moveOn(failure.because);
        break;
      case 'logged out':
        close();
        break;
      case 'message gone': // deleted by hand: what people saw in it stays deleted, what is new is posted
      case 'refused':
      case 'too large':
        this.#postElsewhere(draft);
        break;
    }
    wake();
  }

  /** Discord takes no edit of this message for a while: what has joined it and nobody sees yet goes elsewhere. */
  #holdMessage(draft: MessageDraft, waitMs: number): void {
    const { drafts, pending } = this.#desk;
    draft.editableAtMs = performance.now() + waitMs;
    pending.putBack(drafts.takeInvisible(draft));
  }

  /** What a message should show and does not goes into another; this one shows nothing new from now on. */
  #postElsewhere(draft: MessageDraft): void {
    const { drafts, pending, farewell } = this.#desk;
    drafts.abandon(draft);
    pending.putBack(draft.unseen(), farewell());
  }

  /** Deletes a message that nobody can finish any more, unless people have read a text in it. */
  #tidyUp({ id, channelId, holdsText }: MessageDraft): void {
    const { bot, parts } = this.#desk;
    if (id === undefined || channelId === undefined || holdsText) return;
    bot()
      .remove(channelId, id, parts.signal)
      .catch(() => {}); // needs Manage Messages, which the bot seldom has
  }
}
