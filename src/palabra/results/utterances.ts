import type { SpeakerId } from '../../core/ids.ts';
import { Latest } from '../../core/latest.ts';
import { checkMode, type Log } from '../../core/log.ts';
import type { FinalSegment, TranscriptSegment } from '../../core/segment.ts';
import { nearest, sameLanguage } from '../../core/text/language.ts';
import type { Limits } from '../limits.ts';
import { grow, type SpokenText, type Transcription, type Translation } from '../sockets/protocol.ts';
import { type PublishedFinal, PublishedFinals } from './published-finals.ts';

const SAME_END_MS = 100; // two recognitions of the same words end within this of each other
const MAX_FINISHED = 256; // ids whose later messages are recognised
const MAX_GROWING = 32; // at once on a socket; a person has one, or two where a pause was missed
const MAX_ORPHANS = 2 * MAX_GROWING;
const MAX_TRANSLATIONS = 32; // of one final
const MAX_EARLY = 2 * MAX_TRANSLATIONS; // translations that came before their final
const REPLAY_PATIENCE_MS = 45_000; // partials are published unconfirmed when their audio waits longer to be sent again

/** The stream whose utterances these are. Positions are samples of its tape. */
export interface StreamContext {
  readonly speakerId: SpeakerId;
  readonly log: Pick<Log, 'error'>;
  readonly nextId: () => string; // unique in the meeting
  readonly samplesIn: (ms: number) => number;
  readonly msAt: (sample: number, side: 'start' | 'end') => number;
  readonly emit: (segment: TranscriptSegment) => void;
  readonly misplaced: () => void; // called for a final whose times made no sense
}

/** The socket that brought a message. */
export interface MessageSource {
  /** The sample that one of the recogniser's times means; `undefined` when the time makes no sense. */
  readonly place: (timeMs: number, side: 'start' | 'end') => number | undefined;
  /** Audio before this sample went to an earlier socket, too: its words may come back. */
  readonly sentBefore: number;
  /** The speech that was sent last, for words that do not say where they belong. */
  readonly sentLast: () => { readonly from: number; readonly to: number };
  readonly translateTo: readonly string[];
  readonly tailMayChange: boolean;
}

/** Where on the tape an utterance lies. */
interface Position {
  readonly from: number;
  readonly to: number;
  readonly isPlaced: boolean; // its times make no sense: this is the speech that was sent last
}

/** An utterance that the present socket has shown and not finished. */
interface Growing extends Position {
  readonly utteranceId: string;
  readonly words: SpokenText;
  readonly language: string;
  readonly giveUpMs: number;
}

/** An utterance that was growing when its socket was lost: its audio is sent again. */
interface Orphan extends Growing {
  readonly wasSent: boolean; // over the present socket
  readonly isPublished: boolean; // as an unconfirmed final, which the real one will replace
}

/**
 * Turns the messages of one speaker's sockets into segments: each final once, however often its audio was sent, its
 * translations under its id, and no partial without a final after it.
 *
 * The modes of an utterance:
 * - **growing**: partials were published; the present socket knows it by an id that is not finished.
 *   Its final ends this (then *finished*), 10 s without news do, or more than 32 that grow (then *finished*, unconfirmed);
 *   an empty text (then it is forgotten); the loss of its socket (then *orphaned*).
 * - **orphaned**: partials were published; no socket knows it; the orphans are in the order of the tape.
 *   Words of the same audio from the next socket end this (then *growing* or *finished*, under the same utterance id); that
 *   socket passes over them, their audio is forgotten, or no answer comes (then *finished*, unconfirmed).
 * - **finished**: its final was published; `lastEnd` is not before its end; messages under its id correct or translate it.
 *   The loss of its socket ends this, or 256 later utterances; `PublishedFinals` keeps its place on the tape for longer.
 *
 * A finished utterance is *untranslated* as well while translations are awaited. Without a socket nothing grows, and no id
 * is known; after `publishPending` nothing is growing, orphaned or untranslated. `checkMode` checks where a mode begins.
 */
export class Utterances {
  readonly #context: StreamContext;
  readonly #limits: Limits;
  readonly #growing = new Map<string, Growing>(); // by the socket's id
  #orphans: Orphan[] = []; // in the order of the tape
  readonly #finished = new Latest<string, PublishedFinal>(MAX_FINISHED); // by the socket's id
  readonly #published: PublishedFinals;
  #early: Translation[] = []; // came before their final, in the order of arrival
  #untranslated: PublishedFinal[] = []; // their translations are awaited
  #lastEnd = 0; // where the latest final ends
  #unconfirmed = 0;

  constructor(context: StreamContext, limits: Limits) {
    this.#context = context;
    this.#limits = limits;
    this.#published = new PublishedFinals(context.samplesIn);
  }

  /** How many utterances were published unconfirmed, as their final did not come. */
  get unconfirmed(): number {
    return this.#unconfirmed;
  }

  /** Where the latest final ends, as a sample of the tape. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  /** Where the oldest utterance begins that has partials and no final. */
  get unfinishedFrom(): number | undefined {
    let from: number | undefined;
    for (const growing of this.#growing.values()) from = Math.min(from ?? growing.from, growing.from);
    for (const orphan of this.#orphans) from = Math.min(from ?? orphan.from, orphan.from);
    return from;
  }

  /** Whether the present socket is in the middle of an utterance. */
  get isGrowing(): boolean {
    return this.#growing.size > 0;
  }

  /** Where the oldest final begins whose translations are awaited. */
  get untranslatedFrom(): number | undefined {
    let from: number | undefined;
    for (const final of this.#untranslated) from = Math.min(from ?? final.from, final.from);
    return from;
  }

  /** Returns false when the message brought nothing new. */
  takeTranscription(message: Transcription, source: MessageSource, nowMs: number): boolean {
    const finished = this.#finished.get(message.id);
    if (finished !== undefined) return this.#correctFinal(finished, message, source); // services repeat finished ids
    const before = this.#growing.get(message.id);
    const words = grow(before?.words, message, source.tailMayChange);
    if (words === undefined) return false;
    // The same words once more are a sign of life but no progress: they do not extend the patience.
    if (!message.isFinal && before !== undefined && !isNews(before.words, words)) return false;
    const position = this.#positionOf(words, before, source);
    if (words.text.trim() === '') return this.#takeBackPartial(message, before, { ...position, words });
    const repeated = before === undefined && !position.isPlaced ? this.#findRepeated(position, source) : undefined;
    if (message.isFinal) {
      this.#growing.delete(message.id);
      if (repeated !== undefined) return this.#takeRepetition(repeated, position, message, source, nowMs);
      const utteranceId = before?.utteranceId ?? this.#adoptOrphan(position);
      this.#publishFinal(message, { ...position, utteranceId, words }, source, nowMs);
      return true;
    }
    if (repeated !== undefined) return false;
    if (before === undefined) this.#makeRoomForGrowing();
    const utteranceId = before?.utteranceId ?? this.#adoptOrphan(position) ?? this.#context.nextId();
    const giveUpMs = nowMs + this.#limits.unconfirmedMs;
    const growing = { ...position, utteranceId, words, language: message.language, giveUpMs };
    this.#growing.set(message.id, growing);
    if (before === undefined) {
      checkMode(this.#context.log, 'growing', {
        'its id is not finished': !this.#finished.has(message.id),
        'no orphan is shown under its utterance id': this.#orphans.every(
          (orphan) => orphan.utteranceId !== utteranceId,
        ),
      });
    }
    this.#context.emit({ kind: 'partial', ...this.#segmentFields(growing), language: message.language });
    return true;
  }

  /** Returns false when the message brought nothing new. */
  takeTranslation(message: Translation): boolean {
    if (message.text === '') return false;
    const final = this.#finished.get(message.id);
    if (final !== undefined) return this.#publishTranslation(final, message);
    this.#early.push(message);
    if (this.#early.length > MAX_EARLY) this.#early.shift();
    return false;
  }

  #publishTranslation(final: PublishedFinal, message: Translation): boolean {
    if (final.translated.has(message.language) || final.translated.size >= MAX_TRANSLATIONS) return false;
    if (sameLanguage(message.language, final.segment.language)) return false; // the language that was spoken
    final.translated.add(message.language);
    const asked = nearest(message.language, final.awaited, (language) => language);
    final.awaited.delete(asked ?? message.language);
    this.#forgetTranslated();
    const { speakerId, utteranceId, startMs, endMs } = final.segment;
    const { language, text } = message;
    this.#context.emit({ kind: 'translation', speakerId, utteranceId, startMs, endMs, language, text });
    return true;
  }

  /**
   * The socket is gone, and its ids mean nothing any more. Its growing utterances are orphaned, as the next socket may
   * bring them again.
   */
  socketGone(nowMs: number): void {
    const giveUpMs = nowMs + REPLAY_PATIENCE_MS;
    const orphaned = [...this.#growing.values()].map((growing) => ({ ...growing, isPublished: false }));
    this.#orphans = [...this.#orphans, ...orphaned]
      .map((each) => ({ ...each, wasSent: false, giveUpMs }))
      .sort((a, b) => a.from - b.from);
    while (this.#orphans.length > MAX_ORPHANS) this.#publishFirstOrphan();
    this.#growing.clear();
    this.#finished.clear();
    this.#early = [];
    this.#published.socketGone();
    for (const final of this.#untranslated) final.giveUpMs = Math.max(final.giveUpMs, nowMs + REPLAY_PATIENCE_MS);
    checkMode(this.#context.log, 'without a socket', {
      'nothing grows': this.#growing.size === 0,
      'no id is known': this.#finished.size === 0,
      'orphans are in the order of the tape': this.#orphans.every(
        (each, i) => each.from >= (this.#orphans[i - 1]?.from ?? 0),
      ),
    });
  }

  /** Everything before `sample` was sent over the present socket: from now on its answer is due. */
  markSentUntil(sample: number, nowMs: number): void {
    const { unconfirmedMs, translationMs } = this.#limits;
    for (let i = 0; i < this.#orphans.length; i++) {
      const orphan = this.#orphans[i];
      if (orphan === undefined || orphan.wasSent || orphan.to > sample) continue;
      this.#orphans[i] = { ...orphan, wasSent: true, giveUpMs: nowMs + unconfirmedMs };
    }
    for (const final of this.#untranslated) {
      if (final.to <= sample) final.giveUpMs = Math.min(final.giveUpMs, nowMs + unconfirmedMs + translationMs);
    }
  }

  /** The audio before `sample` is not kept any more: orphans in it are published unconfirmed. */
  forgetAudioBefore(sample: number): void {
    while (this.#orphans[0] !== undefined && this.#orphans[0].to <= sample) this.#publishFirstOrphan();
  }

  /** Publishes unconfirmed the utterances that were awaited for too long, and gives up overdue translations. */
  expireOverdue(nowMs: number): void {
    for (const [id, growing] of this.#growing) {
      if (growing.giveUpMs > nowMs) continue;
      this.#growing.delete(id);
      this.#finishId(id, this.#publishUnconfirmed(growing));
    }
    while (this.#orphans[0]?.wasSent && this.#orphans[0].giveUpMs <= nowMs) this.#publishFirstOrphan();
    // An orphan whose audio still waits to be sent is published meanwhile; its final will replace that.
    for (let i = 0; i < this.#orphans.length; i++) {
      const orphan = this.#orphans[i];
      if (orphan === undefined || orphan.wasSent || orphan.isPublished || orphan.giveUpMs > nowMs) continue;
      this.#orphans[i] = { ...orphan, isPublished: true };
      this.#emitUnconfirmed(orphan);
    }
    for (const final of this.#untranslated) if (final.giveUpMs <= nowMs) final.awaited.clear();
    this.#forgetTranslated();
  }

  /** No more messages will come: publishes every growing and orphaned utterance unconfirmed. */
  publishPending(): void {
    while (this.#orphans.length > 0) this.#publishFirstOrphan();
    this.expireOverdue(Number.POSITIVE_INFINITY);
    checkMode(this.#context.log, 'published', {
      'every utterance is finished': this.unfinishedFrom === undefined,
      'no translation is awaited': this.untranslatedFrom === undefined,
    });
  }

  /**
   * An empty text: an empty partial takes back what was shown. The id stays open, as words may follow under it. After
   * an empty final, nothing waits for words of its audio any more.
   */
  #takeBackPartial(
    message: Transcription,
    before: Growing | undefined,
    said: Position & { words: SpokenText },
  ): boolean {
    this.#growing.delete(message.id);
    const utteranceId = before?.utteranceId ?? (message.isFinal ? this.#adoptOrphan(said) : undefined);
    if (message.isFinal && !said.isPlaced) this.#moveLastEnd(said);
    if (utteranceId === undefined) return false;
    this.#context.emit({
      kind: 'partial',
      ...this.#segmentFields({ ...said, utteranceId }),
      language: message.language,
    });
    return true;
  }

  /**
   * A final of audio that was sent twice and has a final already: it corrects that one if it was unconfirmed, and
   * translations come under its id.
   */
  #takeRepetition(
    final: PublishedFinal,
    { from, to }: Position,
    message: Transcription,
    source: MessageSource,
    nowMs: number,
  ): boolean {
    this.#published.markSaidAgain(from, to);
    final.giveUpMs = nowMs + this.#limits.translationMs;
    const isAll = from <= final.from + this.#context.samplesIn(SAME_END_MS);
    const isNew = isAll && this.#correctFinal(final, message, source);
    this.#finishId(message.id, final);
    return isNew;
  }

  #publishFinal(
    message: Transcription,
    said: Position & { utteranceId: string | undefined; words: SpokenText },
    source: MessageSource,
    nowMs: number,
  ): void {
    this.#moveLastEnd(said);
    const utteranceId = said.utteranceId ?? this.#context.nextId();
    const awaited = source.translateTo.filter((language) => !sameLanguage(language, message.language));
    const final: PublishedFinal = {
      segment: {
        kind: 'final',
        ...this.#segmentFields({ ...said, utteranceId }),
        language: message.language,
        confirmed: true,
        ...(said.isPlaced && { isPlaced: true }),
      },
      from: said.from,
      to: said.to,
      translated: new Set(),
      awaited: new Set(awaited),
      giveUpMs: nowMs + this.#limits.translationMs,
      isEarlier: false,
      saidAgainTo: Number.NEGATIVE_INFINITY,
    };
    if (said.isPlaced) this.#context.misplaced();
    this.#rememberFinal(final);
    this.#context.emit(final.segment);
    this.#finishId(message.id, final);
  }

  /** A final reaches this far: all speech before its end has a final, or gets none any more. */
  #moveLastEnd({ from, to }: Position): void {
    // The lost socket showed words before this, and the new one passed over them.
    while (this.#orphans[0] !== undefined && this.#orphans[0].to <= from) this.#publishFirstOrphan();
    this.#lastEnd = Math.max(this.#lastEnd, to);
  }

  /** From now on, messages with this id correct or translate a finished utterance. */
  #finishId(id: string, final: PublishedFinal): void {
    this.#finished.set(id, final);
    checkMode(this.#context.log, 'finished', {
      'its id grows no more': !this.#growing.has(id),
      'the latest final does not end before it': this.#lastEnd >= final.to,
    });
    const early = this.#early.filter((translation) => translation.id === id);
    if (early.length > 0) this.#early = this.#early.filter((translation) => translation.id !== id);
    for (const translation of early) this.#publishTranslation(final, translation);
  }

  /** Bounds what a socket can begin: the utterance that it began first is published unconfirmed. */
  #makeRoomForGrowing(): void {
    const [oldest] = this.#growing;
    if (oldest === undefined || this.#growing.size < MAX_GROWING) return;
    this.#growing.delete(oldest[0]);
    this.#finishId(oldest[0], this.#publishUnconfirmed(oldest[1]));
  }

  /** The real final of an utterance replaces the one that was published unconfirmed. */
  #correctFinal(final: PublishedFinal, { isFinal, segment }: Transcription, source: MessageSource): boolean {
    const text = segment?.text.trim() ?? '';
    if (!isFinal || segment === undefined || text === '' || final.segment.confirmed) return false;
    const end = segment.endMs === undefined ? undefined : source.place(segment.endMs, 'end');
    final.to = Math.max(final.to, end ?? final.to);
    this.#lastEnd = Math.max(this.#lastEnd, final.to);
    const endMs = Math.max(final.segment.endMs, this.#context.msAt(final.to, 'end'));
    final.segment = { ...final.segment, endMs, text, confirmed: true };
    this.#context.emit(final.segment);
    return true;
  }

  #publishFirstOrphan(): void {
    const orphan = this.#orphans.shift();
    if (orphan === undefined) return;
    const segment = orphan.isPublished ? this.#unconfirmedOf(orphan) : this.#emitUnconfirmed(orphan);
    this.#rememberUnconfirmed(orphan, segment, true);
  }

  #publishUnconfirmed(growing: Growing): PublishedFinal {
    return this.#rememberUnconfirmed(growing, this.#emitUnconfirmed(growing), false);
  }

  #rememberUnconfirmed({ from, to }: Growing, segment: FinalSegment, isEarlier: boolean): PublishedFinal {
    const final: PublishedFinal = {
      segment,
      from,
      to,
      translated: new Set(),
      awaited: new Set(),
      giveUpMs: 0,
      isEarlier,
      saidAgainTo: Number.NEGATIVE_INFINITY,
    };
    this.#lastEnd = Math.max(this.#lastEnd, to);
    this.#rememberFinal(final);
    return final;
  }

  #emitUnconfirmed(growing: Growing): FinalSegment {
    const segment = this.#unconfirmedOf(growing);
    this.#unconfirmed += 1;
    this.#context.emit(segment);
    return segment;
  }

  #unconfirmedOf(growing: Growing): FinalSegment {
    const { language, isPlaced } = growing;
    return {
      kind: 'final',
      ...this.#segmentFields(growing),
      language,
      confirmed: false,
      ...(isPlaced && { isPlaced }),
    };
  }

  #rememberFinal(final: PublishedFinal): void {
    this.#published.rememberFinal(final);
    if (final.awaited.size > 0) this.#untranslated.push(final);
  }

  #forgetTranslated(): void {
    if (this.#untranslated.some(({ awaited }) => awaited.size === 0))
      this.#untranslated = this.#untranslated.filter(({ awaited }) => awaited.size > 0);
  }

  /**
   * Where an utterance lies on the tape: at its own times; where these make no sense, at the speech that was sent last.
   */
  #positionOf({ startMs, endMs }: SpokenText, before: Growing | undefined, source: MessageSource): Position {
    if (before?.isPlaced !== true && startMs !== undefined && endMs !== undefined) {
      const end = source.place(endMs, 'end'); // first: a late time can show that the service counts by the clock
      const from = source.place(startMs, 'start');
      if (from !== undefined && end !== undefined) {
        const to = Math.max(from, end);
        if (before !== undefined || !this.#published.isTimeTaken(from, to)) return { from, to, isPlaced: false };
      }
    }
    const sent = source.sentLast();
    const from = before?.from ?? Math.max(sent.from, Math.min(this.#lastEnd, sent.to));
    return { from, to: Math.max(from, sent.to, before?.to ?? 0), isPlaced: true };
  }

  /** The utterance id under which a lost socket showed these words. The first of several pieces takes it. */
  #adoptOrphan({ from, to, isPlaced }: Position): string | undefined {
    const overlaps = (orphan: Growing) => orphan.from < to && orphan.to > from;
    const found = isPlaced ? -1 : this.#orphans.findIndex(overlaps);
    if (found < 0) return undefined;
    return this.#orphans.splice(found, 1)[0]?.utteranceId;
  }

  /** The final that an earlier socket brought for these words. An orphan that a later final overtook has none yet. */
  #findRepeated({ from, to }: Position, { sentBefore }: MessageSource): PublishedFinal | undefined {
    const coveredTo = this.#lastEnd + this.#context.samplesIn(SAME_END_MS);
    if (this.#orphans.some((orphan) => orphan.to <= coveredTo && orphan.from < to && orphan.to > from))
      return undefined;
    return this.#published.findRepeated(from, to, sentBefore);
  }

  #segmentFields(said: { utteranceId: string; words: SpokenText; from: number; to: number }) {
    const startMs = this.#context.msAt(said.from, 'start');
    return {
      utteranceId: said.utteranceId,
      speakerId: this.#context.speakerId,
      startMs,
      endMs: Math.max(startMs, this.#context.msAt(said.to, 'end')),
      text: said.words.text.trim(),
    };
  }
}

/** Whether a partial says more than the one before it: other words, or the same over a longer time. */
function isNews(before: SpokenText, now: SpokenText): boolean {
  return now.text !== before.text || (now.endMs ?? 0) > (before.endMs ?? 0);
}
