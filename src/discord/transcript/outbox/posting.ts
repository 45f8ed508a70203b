import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { TranscriptStyle } from '../../../core/settings.ts';
import { plainerOf } from '../../limits/slide.ts';
import { failureOf, type LastingFailure } from '../../messages/failure.ts';
import { mayWait } from '../../messages/importance.ts';
import type { Urgency } from '../../messages/pace.ts';
import { retryDelayMs } from '../../messages/retry-delay.ts';
import type { Post, Sender } from '../../messages/sender.ts';
import type { Desk } from './desk.ts';
import { type Entry, isGrowing, type Line } from './line.ts';
import type { Step } from './loop.ts';
import { MessageDraft } from './message-draft.ts';
import { joinsLast, type LastMessage, nextPost, type PostBudget, type Situation } from './next-message.ts';
import { Refusals } from './refusals.ts';

/** Posts what is pending as new messages, one after another. */
export class Posting {
  chosenStyle: TranscriptStyle = 'grow';
  isAwaited = false; // somebody waits until everything is posted
  readonly #desk: Desk;
  readonly #refusals = new Refusals();
  readonly #languages = new Set<string>(); // of translations that are expected: room is left for them

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** As the server chose it, or plainer while Discord takes too few requests. */
  get style(): TranscriptStyle {
    return plainerOf(this.chosenStyle, this.#desk.parts.costliestStyle?.() ?? 'grow');
  }

  expectTranslations(language: string): void {
    this.#languages.add(language);
  }

  /** Adds a line to the last message when it may join that, else to what is pending. */
  addLine(line: Line): void {
    const { drafts, pending } = this.#desk;
    const { last } = drafts;
    if (last && joinsLast(line, this.#situation())) drafts.addLine(line, last);
    else pending.addLine(line);
  }

  /** Forgets an entry that nobody may read any more. */
  forgetEntry(entry: Entry): void {
    this.#desk.pending.removeEntry(entry);
    this.#refusals.forgetEntry(entry);
  }

  /** The next message, as far as anything can be posted now. */
  planStep(): Step | undefined {
    const { webhook, signal } = this.#desk.parts;
    this.#sayWhatIsLost();
    const next = nextPost(this.#situation());
    switch (next?.kind) {
      case undefined:
        return undefined;
      case 'open webhook':
        return { waitMs: 0, run: async () => await webhook?.lookUp(signal) };
      case 'post': {
        const sender = next.as === 'bot' ? this.#desk.bot() : this.#speakerSender(next.entries[0]);
        return sender && { waitMs: next.waitMs, run: () => this.#postBatch(next.entries, sender) };
      }
    }
  }

  #speakerSender(entry: Entry | undefined): Sender | undefined {
    return entry?.kind === 'line' ? this.#desk.parts.webhook?.senderFor(entry.profile) : undefined;
  }

  #sayWhatIsLost(): void {
    const { parts, pending } = this.#desk;
    if (parts.webhook?.takeLoss()) this.#sayFirst(parts.words().t('posting.ownName'));
    const count = pending.takeGivenUp();
    if (count > 0) this.#sayFirst(parts.words().t('posting.givenUp', { count }));
  }

  #sayFirst(text: string): void {
    this.#desk.pending.putBack([{ kind: 'sentence', text }]);
  }

  /** All that decides about the next message, as it is now. */
  #situation(): Situation {
    const { parts, pending, drafts, bot } = this.#desk;
    const { webhook, places } = parts;
    return {
      style: this.style,
      pending: pending.entries,
      waitedMs: this.style === 'digest' ? performance.now() - pending.sinceMs : 0, // only a digest asks
      last: drafts.last && this.#lookAt(drafts.last),
      languages: this.#languages,
      bot: budgetOf(bot().posts),
      webhook:
        webhook?.isUsable && places.isHome
          ? { ...budgetOf(webhook), isOpen: webhook.isOpen, isScarce: webhook.isScarce }
          : undefined,
      refusedNames: this.#refusals.names,
      growing: { bot: drafts.countGrowing('bot'), speaker: drafts.countGrowing('speaker') },
      isOneByOne: this.#refusals.isOneByOne,
      isAwaited: this.isAwaited,
    };
  }

  #lookAt({ entries, sender, place, isOld }: MessageDraft): LastMessage {
    return {
      entries,
      isSpeaker: sender.isSpeaker,
      takesMore: place === this.#desk.parts.places.index && !isOld,
      editDelayMs: sender.edits.delayMs(),
      postDelayMs: sender.posts.delayMs(),
    };
  }

  async #postBatch(batch: readonly Entry[], sender: Sender): Promise<void> {
    const { parts, pending, drafts, reportDelivery, wake } = this.#desk;
    const draft = new MessageDraft(pending.takeBatch(batch), parts.places.index, sender);
    drafts.begin(draft);
    this.#refusals.noteAttempt();
    const { content, delivered } = draft.draft();
    const nonce = randomBytes(9).toString('base64url');
    const isSilent = draft.entries.every(({ kind }) => kind === 'line');
    const failure = await this.#createMessage(draft, { content, nonce, isSilent });
    if (failure) {
      this.#onFailed(draft, failure);
      return;
    }
    this.#refusals.noteTaken();
    reportDelivery(draft, delivered);
    if (!draft.isUpToDate) drafts.markDue(draft);
    wake();
  }

  /** Tries until the message is there. @returns why it never will be */
  async #createMessage(draft: MessageDraft, post: Post): Promise<LastingFailure | undefined> {
    const { places, signal } = this.#desk.parts;
    const { sender } = draft;
    let isDoubtful = false; // an attempt may have come through
    for (let attempt = 1; ; attempt += 1) {
      try {
        draft.place = places.index;
        draft.channelId = await places.channel(signal);
        if (isDoubtful) draft.id = await sender.recover?.(draft.channelId, post, signal);
        isDoubtful = false;
        const { channelId } = draft;
        const create = () => sender.create(channelId, post, signal);
        draft.id ??= await (draft.entries.every(isGrowing) ? mayWait(create) : create());
        return undefined;
      } catch (error) {
        signal.throwIfAborted();
        isDoubtful = true;
        const failure = failureOf(error);
        if (failure.kind !== 'try again') return failure;
        await delay(retryDelayMs(attempt), undefined, { signal });
      }
    }
  }

  /** All entries of the message are pending again; then the failure has its consequence. */
  #onFailed(draft: MessageDraft, failure: LastingFailure): void {
    const { parts, pending, drafts, moveOn, close, loseWebhook } = this.#desk;
    drafts.abandon(draft);
    pending.putBack(draft.entries, this.#desk.farewell());
    switch (failure.kind) {
      case 'channel gone':
        if (draft.place === parts.places.index) moveOn(failure.because);
        break;
      case 'logged out':
        close();
        break;
      case 'rate limited':
        draft.sender.posts.holdFor(failure.waitMs);
        break;
      case 'crowded out':
        draft.sender.posts.holdGrowthFor(failure.waitMs);
        break;
      case 'webhook gone':
        loseWebhook(draft.sender);
        break;
      case 'webhook moved':
        loseWebhook(draft.sender);
        this.#sayFirst(parts.words().t(failure.isTidy ? 'posting.webhookMoved' : 'posting.webhookMovedLeft'));
        parts.complain('The webhook for the speakers’ names writes in another channel now: it is given up');
        break;
      case 'refused':
      case 'too large':
      case 'message gone':
        // The name may be what is refused: the bot's own is not.
        if (draft.sender.isSpeaker) this.#refusals.refuseNamesOf(draft.entries);
        else if (draft.entries.length > 1) this.#refusals.goOneByOne(draft.entries.length);
        else this.#leaveOutFirst(failure.kind);
        break;
    }
  }

  /** Discord refused the first entry alone: it is to blame, or the place when even a sentence of the bot is refused. */
  #leaveOutFirst(because: string): void {
    const { parts, pending, moveOn } = this.#desk;
    const [entry] = pending.entries;
    if (!entry) return;
    pending.removeEntry(entry);
    if (entry.kind === 'sentence') {
      this.#refusals.leaveOut(entry);
      pending.putBack(this.#refusals.takeLeftOut());
      moveOn('unwritable');
      return;
    }
    parts.complain(`A message could not be posted: ${because}`);
    const text = parts.words().t('posting.refused', { name: entry.name, time: `<t:${entry.atS}:T>` });
    const apology = { kind: 'sentence', text } as const;
    this.#refusals.leaveOut(entry, apology);
    pending.putBack([apology]);
  }
}

function budgetOf(writer: { delayMs(urgency: Urgency): number; readonly atOnce: number }): PostBudget {
  const delayMs = { 'must go': writer.delayMs('must go'), 'may wait': writer.delayMs('may wait') };
  return { delayMs, atOnce: writer.atOnce };
}
