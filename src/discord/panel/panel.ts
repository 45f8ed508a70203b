import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'discord.js';
import type { MessageId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { MeetingJournals } from '../../core/ports/journal.ts';
import type { LiveMeeting, MeetingStatus } from '../../core/ports/live-meetings.ts';
import type { MeetingHead, MeetingRecord } from '../../core/record.ts';
import type { Words } from '../../i18n/words.ts';
import { guildWords } from '../formatting/guild-words.ts';
import { failureOf } from '../messages/failure.ts';
import { isOldMessage } from '../messages/old-message.ts';
import { retryDelayMs } from '../messages/retry-delay.ts';
import { PanelMessage } from './message.ts';
import { overView, type PanelView, runningView } from './view.ts';

const LOOK_MS = 1_000;
/** Discord takes five edits in 5 s, and the transcript's are among them: one is the panel's, … */
const SOONEST_MS = 5_000;
/** … fewer while the transcript needs them, … */
const BUSY_MS = 15_000;
/** … and fewer for numbers alone, which change with every sentence. */
const FIGURES_MS = 20_000;
/** So long the transcript goes first; then the panel takes its turn. */
const PATIENCE_MS = 30_000;
/** People who speak at once do so in bursts: the sentence about it must not come and go. */
const TURNS_MS = 60_000;
/** A message of which no edit is taken is posted anew, too; again not so soon. */
const REFUSALS_APART_MS = 5 * 60_000;
const REPOSTS = 1; // deleted once, it may have been a mistake; twice, they do not want it
const LAST_ATTEMPTS = 5;
const LEAVING_MS = 3_000; // a process that goes down does not wait for a panel

export interface PanelParts {
  readonly client: Client<true>;
  readonly journal: MeetingJournals;
  readonly log: Log;
  readonly hasLivePage?: boolean;
  readonly pricePerMinute?: number; // US dollars for a minute of audio
  readonly signal: AbortSignal;
}

type State =
  | { readonly kind: 'unposted'; readonly nonce: string }
  | { readonly kind: 'posted'; readonly id: MessageId; readonly shown: PanelView | undefined }
  | { readonly kind: 'given up' };

/** One meeting's panel: looks at the meeting once a second, and edits its message when that shows something else. */
export class Panel {
  readonly #head: MeetingHead;
  readonly #parts: PanelParts;
  readonly #message: PanelMessage;
  #state: State;
  #isPinned: boolean;
  #reposts = 0;
  #failures = 0;
  #notBeforeMs = 0; // of performance.now()
  #figuresNotBeforeMs = 0;
  #heldUntilMs = 0; // by Discord: not even what is urgent goes before
  #broughtMs = 0;
  #turnsUntilMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isRefused = false; // Discord takes no edit of it for a while
  #refusedMs = Number.NEGATIVE_INFINITY;
  #obsolete: MessageId | undefined; // one that another has taken the place of
  readonly #stop = () => clearInterval(this.#timer);

  constructor(head: MeetingHead, parts: PanelParts) {
    this.#head = head;
    this.#parts = parts;
    this.#message = new PanelMessage(parts.client, head.textChannelId);
    const id = head.places?.panelMessageId;
    this.#state = id === undefined ? unposted(`p0-${head.id}`) : { kind: 'posted', id, shown: undefined };
    this.#isPinned = id !== undefined; // as far as we could at the time
  }

  /** Resolves after the first attempt. Never rejects. */
  async show(meeting: LiveMeeting): Promise<void> {
    const look = () => {
      this.#looking ??= this.#look(meeting).finally(() => {
        this.#looking = undefined;
      });
      return this.#looking;
    };
    this.#timer = setInterval(look, LOOK_MS);
    this.#parts.signal.addEventListener('abort', this.#stop, { once: true });
    await look();
  }

  /** Says where the meeting stands for the last time in this process. Never rejects. */
  async leave(meeting: LiveMeeting): Promise<void> {
    this.#stop();
    const enough = new AbortController();
    const tooLong = delay(LEAVING_MS, undefined, { signal: enough.signal }).catch(() => {});
    const told = Promise.resolve(this.#looking).then(async () => {
      const view = this.#viewOf(meeting.status(), performance.now());
      await this.#awaitRoom();
      const isTold = this.#state.kind !== 'posted' || (await this.#bring(view));
      if (!isTold && this.#isRefused) await this.#bring(view);
    });
    await Promise.race([told, tooLong]);
    enough.abort();
  }

  /** Says that it is over, without controls, and frees the pin. Never rejects. */
  async end(record: MeetingRecord, minutesUrl: string | undefined): Promise<void> {
    this.#stop();
    this.#parts.signal.removeEventListener('abort', this.#stop); // the signal outlives every meeting
    await this.#looking;
    const view = overView(record, minutesUrl, this.#words);
    for (let attempt = 1; this.#state.kind === 'posted' && attempt <= LAST_ATTEMPTS; attempt += 1) {
      await this.#awaitRoom();
      if (await this.#bring(view)) break;
      const waitMs = Math.max(retryDelayMs(attempt), this.#notBeforeMs - performance.now());
      await delay(waitMs, undefined, { signal: this.#parts.signal }).catch(() => {});
    }
    await this.#removeObsolete();
    if (this.#state.kind === 'posted') await this.#unpin(this.#state.id);
  }

  /** Waits while the transcript has used up the channel's limit: an edit that is refused comes no sooner. */
  async #awaitRoom(): Promise<void> {
    const waitMs = this.#message.untilRoomMs;
    if (waitMs > 0) await delay(waitMs, undefined, { signal: this.#parts.signal }).catch(() => {});
  }

  async #look(meeting: LiveMeeting): Promise<void> {
    const nowMs = performance.now();
    if (this.#state.kind === 'given up' || nowMs < this.#heldUntilMs) return;
    const view = this.#viewOf(meeting.status(), nowMs);
    const shown = this.#state.kind === 'posted' ? this.#state.shown : undefined;
    const isOtherPhase = shown !== undefined && shown.phase !== view.phase;
    if (nowMs < this.#notBeforeMs && !(isOtherPhase && this.#failures === 0)) return;
    await this.#removeObsolete();
    const isOutdated = shown?.essence !== view.essence;
    const areFiguresOutdated = shown?.content !== view.content && nowMs >= this.#figuresNotBeforeMs;
    if ((isOutdated || areFiguresOutdated) && this.#isItsTurn(nowMs, isOtherPhase)) await this.#bring(view);
    if (!this.#isPinned && this.#state.kind === 'posted') await this.#pin(this.#state.id);
  }

  #isItsTurn(nowMs: number, isUrgent: boolean): boolean {
    const isLate = isUrgent || nowMs - this.#broughtMs >= PATIENCE_MS;
    return this.#state.kind !== 'posted' || this.#message.mayEdit(isLate ? 'must go' : 'may wait');
  }

  #viewOf(status: MeetingStatus, nowMs: number): PanelView {
    const somebodyWaits = status.speakers.some(({ stt }) => stt?.state === 'waiting for a free socket');
    if (somebodyWaits) this.#turnsUntilMs = nowMs + TURNS_MS;
    const takesTurns = nowMs < this.#turnsUntilMs;
    const { hasLivePage = false, pricePerMinute } = this.#parts;
    return runningView(status, { words: this.#words, takesTurns, hasLivePage, pricePerMinute });
  }

  /** In the server's own language, as everybody reads it. */
  get #words(): Words {
    return guildWords(this.#parts.client, this.#head.guildId);
  }

  /** Posts or edits. False when it is worth another attempt. */
  async #bring(view: PanelView): Promise<boolean> {
    const body = { content: view.content, components: view.components };
    const { signal } = this.#parts;
    try {
      if (this.#state.kind === 'posted' && !this.#mustRenew(this.#state.id)) {
        await this.#message.edit(this.#state.id, body, signal);
        this.#state = { ...this.#state, shown: view };
        this.#notBeforeMs = performance.now() + (this.#message.isBusy ? BUSY_MS : SOONEST_MS);
      } else if (this.#state.kind !== 'given up') {
        const before = this.#state;
        const id = await this.#message.create(body, before.kind === 'posted' ? this.#nonceNow : before.nonce, signal);
        this.#state = { kind: 'posted', id, shown: view };
        this.#isRefused = false;
        await this.#remember(id);
        if (before.kind === 'posted' && before.id !== id) {
          this.#obsolete = before.id;
          this.#isPinned = view.phase === 'over'; // a new one is pinned while it runs
          await this.#removeObsolete();
        }
      }
      this.#failures = 0;
      this.#broughtMs = performance.now();
      this.#figuresNotBeforeMs = this.#broughtMs + FIGURES_MS;
      return true;
    } catch (error) {
      return this.#onFailed(error);
    }
  }

  #mustRenew(id: MessageId): boolean {
    return this.#isRefused || isOldMessage(id);
  }

  /** The same for the attempts of one minute. */
  get #nonceNow(): string {
    return `r${Math.floor((Date.now() - this.#head.beganAt.getTime()) / 60_000)}-${this.#head.id}`;
  }

  /** Nobody should press the buttons of a panel that shows nothing any more. */
  async #removeObsolete(): Promise<void> {
    const id = this.#obsolete;
    if (id === undefined) return;
    try {
      await this.#message.remove(id, this.#parts.signal);
      this.#obsolete = undefined;
    } catch (error) {
      if (failureOf(error).kind !== 'try again') this.#obsolete = undefined;
      this.#parts.log.debug({ err: error, meeting: this.#head.id }, 'An old panel could not be removed');
    }
  }

  /** True when another attempt is of no use. */
  #onFailed(error: unknown): boolean {
    const failure = failureOf(error);
    if (failure.kind === 'try again') {
      this.#failures += 1;
      this.#notBeforeMs = performance.now() + retryDelayMs(this.#failures);
      return false;
    }
    if (failure.kind === 'rate limited') {
      const nowMs = performance.now();
      const isNew = nowMs - this.#refusedMs >= REFUSALS_APART_MS;
      if (failure.isOfMessage && this.#state.kind === 'posted' && !this.#isRefused && isNew) {
        this.#refusedMs = nowMs;
        this.#isRefused = true; // in the next look another takes its place
        this.#notBeforeMs = nowMs;
      } else {
        this.#heldUntilMs = nowMs + failure.waitMs;
        this.#notBeforeMs = this.#heldUntilMs;
      }
      return false;
    }
    if (failure.kind === 'message gone' && this.#reposts < REPOSTS) {
      this.#reposts += 1;
      this.#state = unposted(`p${this.#reposts}-${this.#head.id}`);
      this.#isPinned = false;
      return false;
    }
    this.#parts.log.warn({ meeting: this.#head.id, because: failure.kind }, 'The panel of a meeting is given up');
    this.#state = { kind: 'given up' };
    return true;
  }

  /** After a restart it is found again. Without that there would be a second one, which is no reason to fail. */
  async #remember(panelMessageId: MessageId): Promise<void> {
    await this.#parts.journal
      .of(this.#head.id)
      .setPlaces({ panelMessageId })
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error, meeting: this.#head.id }, 'The place of a panel could not be kept');
      });
  }

  /** Where we may; where we may not yet, it is tried once we may. */
  async #pin(id: MessageId): Promise<void> {
    if (!this.#message.mayPin) return;
    this.#isPinned = true; // not tried again: 250 pins are too many whenever one asks
    await this.#message.pin(id, this.#parts.signal).catch((error: unknown) => this.#onPinFailed(error));
  }

  async #unpin(id: MessageId): Promise<void> {
    if (!this.#isPinned || !this.#message.mayPin) return;
    await this.#message.unpin(id, this.#parts.signal).catch((error: unknown) => this.#onPinFailed(error));
  }

  /** A panel that is not pinned shows what it shows all the same. */
  #onPinFailed(error: unknown): void {
    this.#parts.log.debug({ err: error, meeting: this.#head.id }, 'A panel could not be pinned or unpinned');
  }
}

/** The nonce comes from the meeting, so that a process that was killed before it kept the place leaves no second one. */
function unposted(nonce: string): State {
  return { kind: 'unposted', nonce };
}
