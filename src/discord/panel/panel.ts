import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'discord.js';
import { ownSignal } from '../../core/concurrency/own-signal.ts';
import { isSuperseded } from '../../core/errors.ts';
import type { MessageId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { MeetingJournals } from '../../core/ports/journal.ts';
import type { LiveMeeting, MeetingStatus } from '../../core/ports/live-meetings.ts';
import type { MeetingHead, MeetingRecord } from '../../core/record.ts';
import type { TranscriptStyle } from '../../core/settings.ts';
import type { Words } from '../../i18n/words.ts';
import { guildWords } from '../formatting/guild-words.ts';
import { plainerOf } from '../limits/slide.ts';
import { failureOf } from '../messages/failure.ts';
import { mayWait } from '../messages/importance.ts';
import { isOldMessage } from '../messages/old-message.ts';
import { retryDelayMs } from '../messages/retry-delay.ts';
import { EditTimes } from './edit-times.ts';
import { PanelMessage } from './message.ts';
import { overView, type PanelView, phaseOf, runningView } from './view.ts';

const LOOK_MS = 1_000;
/** People speak at once in bursts: the sentence about it must not come and go. */
const TURNS_MS = 60_000;
/** A panel whose edits Discord refuses is posted anew, too, but not more often than this. */
const REFUSALS_APART_MS = 5 * 60_000;
const REPOSTS = 1; // deleted once, it may have been a mistake; deleted twice, nobody wants it
const LAST_ATTEMPTS = 5;
const LEAVING_MS = 3_000; // a process that goes down waits no longer for a panel

export interface PanelParts {
  readonly client: Client<true>;
  readonly journal: MeetingJournals;
  readonly log: Log;
  readonly hasLivePage?: boolean;
  /** The costliest style that Discord takes the requests for now. Missing: any. */
  readonly costliestStyle?: () => TranscriptStyle;
  readonly pricePerMinute?: number; // US dollars for a minute of audio
  readonly signal: AbortSignal;
}

type State =
  | { readonly kind: 'unposted'; readonly nonce: string }
  | { readonly kind: 'posted'; readonly id: MessageId; readonly shown: PanelView | undefined }
  | { readonly kind: 'given up' };

/**
 * The panel of one meeting: it looks at the meeting once a second, and edits its message when something has changed.
 */
export class Panel {
  readonly #head: MeetingHead;
  readonly #parts: PanelParts;
  readonly #message: PanelMessage;
  readonly #times = new EditTimes();
  #state: State;
  #isPinned: boolean;
  #reposts = 0;
  #turnsUntilMs = 0; // of performance.now()
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isRefused = false; // Discord takes no edit of it for a while
  #refusedMs = Number.NEGATIVE_INFINITY;
  #obsolete: MessageId | undefined; // the panel before this one
  readonly #stop = () => clearInterval(this.#timer);

  constructor(head: MeetingHead, parts: PanelParts) {
    this.#head = head;
    this.#parts = { ...parts, signal: ownSignal(parts.signal) };
    this.#message = new PanelMessage(parts.client, head.textChannelId);
    const id = head.places?.panelMessageId;
    this.#state = id === undefined ? unposted(`p0-${head.id}`) : { kind: 'posted', id, shown: undefined };
    this.#isPinned = id !== undefined; // as far as the bot could at the time
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

  /** Shows the meeting for the last time in this process. Never rejects. */
  async leave(meeting: LiveMeeting): Promise<void> {
    this.#stop();
    const enough = new AbortController();
    const tooLong = delay(LEAVING_MS, undefined, { signal: enough.signal }).catch(() => {});
    const told = Promise.resolve(this.#looking).then(async () => {
      const view = this.#viewOf(meeting.currentStatus(), performance.now());
      await this.#awaitRoom();
      const isTold = this.#state.kind !== 'posted' || (await this.#bring(view));
      if (!isTold && this.#isRefused) await this.#bring(view);
    });
    await Promise.race([told, tooLong]);
    enough.abort();
  }

  /** Says that the meeting is over, without controls, and unpins the panel. Never rejects. */
  async end(record: MeetingRecord, minutesUrl: string | undefined): Promise<void> {
    this.#stop();
    this.#parts.signal.removeEventListener('abort', this.#stop); // a signal with listeners is never forgotten
    await this.#looking;
    const view = overView(record, minutesUrl, this.#words);
    for (let attempt = 1; this.#state.kind === 'posted' && attempt <= LAST_ATTEMPTS; attempt += 1) {
      await this.#awaitRoom();
      if (await this.#bring(view)) break;
      const waitMs = Math.max(retryDelayMs(attempt), this.#times.untilEditMs(performance.now()));
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
    if (this.#state.kind === 'given up' || this.#times.isHeld(nowMs)) return;
    const status = meeting.currentStatus();
    this.#noteTurns(status, nowMs);
    const shown = this.#state.kind === 'posted' ? this.#state.shown : undefined;
    const isOtherPhase = shown !== undefined && shown.phase !== phaseOf(status);
    if (!this.#times.mayEdit(nowMs, isOtherPhase)) return;
    const view = this.#viewOf(status, nowMs);
    await this.#removeObsolete();
    const isOutdated = shown?.essence !== view.essence;
    const areFiguresOutdated = shown?.content !== view.content && this.#times.areFiguresDue(nowMs);
    const isItsTurn = (isOutdated || areFiguresOutdated) && this.#isItsTurn(nowMs, isOtherPhase);
    if (isItsTurn) await (isOutdated ? this.#bring(view) : mayWait(() => this.#bring(view)));
    if (!this.#isPinned && this.#state.kind === 'posted') await this.#pin(this.#state.id);
  }

  #isItsTurn(nowMs: number, isUrgent: boolean): boolean {
    const isLate = isUrgent || this.#times.isOverdue(nowMs);
    return this.#state.kind !== 'posted' || this.#message.mayEdit(isLate ? 'must go' : 'may wait');
  }

  #noteTurns({ speakers }: MeetingStatus, nowMs: number): void {
    const somebodyWaits = speakers.some(({ stt }) => stt?.state === 'waiting for a free socket');
    if (somebodyWaits) this.#turnsUntilMs = nowMs + TURNS_MS;
  }

  #viewOf(status: MeetingStatus, nowMs: number): PanelView {
    const takesTurns = nowMs < this.#turnsUntilMs;
    const { hasLivePage = false, pricePerMinute, costliestStyle } = this.#parts;
    const { style: chosen = 'grow' } = status;
    const style = plainerOf(chosen, costliestStyle?.() ?? 'grow');
    const plainerStyle = style === chosen ? undefined : style;
    return runningView(status, { words: this.#words, takesTurns, plainerStyle, hasLivePage, pricePerMinute });
  }

  /** The panel in the server's own language, as everybody reads it. */
  get #words(): Words {
    return guildWords(this.#parts.client, this.#head.guildId);
  }

  /** Posts or edits the panel. @returns false when another attempt is worth it */
  async #bring(view: PanelView): Promise<boolean> {
    const body = { content: view.content, components: view.components };
    const { signal } = this.#parts;
    try {
      if (this.#state.kind === 'posted' && !this.#mustRenew(this.#state.id)) {
        await this.#message.edit(this.#state.id, body, signal);
        this.#state = { ...this.#state, shown: view };
        this.#times.noteEdited(performance.now(), this.#message.isBusy);
      } else if (this.#state.kind !== 'given up') {
        const before = this.#state;
        const id = await this.#message.create(body, before.kind === 'posted' ? this.#nonceNow : before.nonce, signal);
        this.#state = { kind: 'posted', id, shown: view };
        this.#isRefused = false;
        this.#remember(id);
        if (before.kind === 'posted' && before.id !== id) {
          this.#obsolete = before.id;
          this.#isPinned = view.phase === 'over'; // a new one is pinned while it runs
          await this.#removeObsolete();
        }
      }
      this.#times.noteBrought(performance.now());
      return true;
    } catch (error) {
      return this.#onFailed(error);
    }
  }

  #mustRenew(id: MessageId): boolean {
    return this.#isRefused || isOldMessage(id);
  }

  /** A nonce that stays the same for one minute of attempts. */
  get #nonceNow(): string {
    return `r${Math.floor((Date.now() - this.#head.beganAt.getTime()) / 60_000)}-${this.#head.id}`;
  }

  /** Removes the panel before this one: nobody should press its buttons. */
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

  /** Draws the consequence of a failure. @returns true when another attempt is useless */
  #onFailed(error: unknown): boolean {
    const failure = failureOf(error);
    const nowMs = performance.now();
    if (failure.kind === 'try again') {
      this.#times.noteFailed(nowMs, retryDelayMs);
      return false;
    }
    if (failure.kind === 'crowded out') {
      this.#times.noteCrowdedOut(nowMs);
      return false;
    }
    if (failure.kind === 'rate limited') {
      const isNew = nowMs - this.#refusedMs >= REFUSALS_APART_MS;
      if (failure.isOfMessage && this.#state.kind === 'posted' && !this.#isRefused && isNew) {
        this.#refusedMs = nowMs;
        this.#isRefused = true; // the next look posts another one
        this.#times.renewNow(nowMs);
      } else this.#times.hold(nowMs + failure.waitMs);
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

  /**
   * Keeps the place of the panel, for the next process. Without it there would be a second panel, which does little
   * harm. Nobody waits for it: the database may be away, and the panel has more to show.
   */
  #remember(panelMessageId: MessageId): void {
    this.#parts.journal
      .of(this.#head.id)
      .setPlaces({ panelMessageId })
      .catch((error: unknown) => {
        if (isSuperseded(error)) return; // the meeting and its panel are another process's by now
        this.#parts.log.error({ err: error, meeting: this.#head.id }, 'The place of a panel could not be kept');
      });
  }

  /** Pins the panel as soon as the bot may. */
  async #pin(id: MessageId): Promise<void> {
    if (!this.#message.mayPin) return;
    this.#isPinned = true; // never tried again: a channel with 250 pins takes no more
    await this.#message.pin(id, this.#parts.signal).catch((error: unknown) => this.#onPinFailed(error));
  }

  async #unpin(id: MessageId): Promise<void> {
    if (!this.#isPinned || !this.#message.mayPin) return;
    await this.#message.unpin(id, this.#parts.signal).catch((error: unknown) => this.#onPinFailed(error));
  }

  /** Logs that a pin failed: the panel works without it. */
  #onPinFailed(error: unknown): void {
    this.#parts.log.debug({ err: error, meeting: this.#head.id }, 'A panel could not be pinned or unpinned');
  }
}

/** A nonce from the meeting: if a process is killed before it keeps the place, the next one posts no second panel. */
function unposted(nonce: string): State {
  return { kind: 'unposted', nonce };
}
