import type { SpeakerId } from '../../core/ids.ts';
import type { FinalSegment, TranscriptSegment } from '../../core/segment.ts';
import { nearest, sameLanguage } from '../../core/text/language.ts';
import type { Limits } from '../limits.ts';
import { grow, type SpokenText, type Transcription, type Translation } from '../sockets/protocol.ts';
import { type PublishedFinal, PublishedFinals } from './published-finals.ts';

const SAME_END_MS = 100; // two recognitions of the same words end within this of each other
const MAX_FINISHED = 256; // ids that are known again
const MAX_GROWING = 32; // at once on a socket; a person has one, or two where a pause was missed
const MAX_ORPHANS = 2 * MAX_GROWING;
const MAX_TRANSLATIONS = 32; // of a final, in as many languages
const MAX_EARLY = 2 * MAX_TRANSLATIONS; // translations that came before their final
const REPLAY_PATIENCE_MS = 45_000; // words that were shown are told as they stand when their audio waits for longer

/** What the utterances need to know of the stream they belong to. Positions are samples of its tape. */
export interface Surroundings {
  readonly speakerId: SpeakerId;
  readonly nextId: () => string; // unique in the meeting
  readonly samplesIn: (ms: number) => number;
  readonly msAt: (sample: number, side: 'start' | 'end') => number;
  readonly emit: (segment: TranscriptSegment) => void;
  readonly misplaced: () => void; // the times of a final made no sense
}

/** What the socket that brought a message knows about it. */
export interface Source {
  /** Missing: a time that cannot be meant. */
  readonly place: (timeMs: number, side: 'start' | 'end') => number | undefined;
  /** Audio before this sample went to an earlier socket, too: its words may come back. */
  readonly sentBefore: number;
  /** The speech that was sent last, for words that do not say where they belong. */
  readonly sentLast: () => { readonly from: number; readonly to: number };
  readonly translateTo: readonly string[];
  readonly tailMayChange: boolean;
}

/** Where an utterance belongs. */
interface Spot {
  readonly from: number;
  readonly to: number;
  readonly isPlaced: boolean; // by us, as its times make no sense
}

/** An utterance that is still growing. */
interface Growing extends Spot {
  readonly utteranceId: string;
  readonly words: SpokenText;
  readonly language: string;
  readonly giveUpMs: number;
}

/** An utterance whose socket is gone: its audio is to be sent again. */
interface Orphan extends Growing {
  readonly wasSent: boolean; // over the present socket
  readonly isPublished: boolean; // unconfirmed, for the time being
}

/**
 * Makes segments of what the sockets of one speaker say: each final once, however often its audio had to be sent,
 * translations under their final, and nothing shown that is then forgotten.
 */
export class Utterances {
  readonly #around: Surroundings;
  readonly #limits: Limits;
  readonly #growing = new Map<string, Growing>(); // by the socket's id
  #orphans: Orphan[] = []; // in the order in which they were begun
  readonly #finished = new Map<string, PublishedFinal>(); // by the socket's id
  readonly #published: PublishedFinals;
  #early: Translation[] = []; // whose final is not here yet, in the order in which they came
  #untranslated: PublishedFinal[] = []; // those of which translations are awaited
  #lastEnd = 0; // of the last final, a sample of the tape
  #unconfirmed = 0;

  constructor(around: Surroundings, limits: Limits) {
    this.#around = around;
    this.#limits = limits;
    this.#published = new PublishedFinals(around.samplesIn);
  }

  /** How many were told as they stood, as their final did not come. */
  get unconfirmed(): number {
    return this.#unconfirmed;
  }

  /** Where the last final ended. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  /** Where the oldest utterance begins that was shown but is not final. */
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

  /** Where the oldest final begins whose translations are still to come. */
  get untranslatedFrom(): number | undefined {
    let from: number | undefined;
    for (const final of this.#untranslated) from = Math.min(from ?? final.from, final.from);
    return from;
  }

  /** Returns false when the message brought nothing new. */
  takeTranscription(message: Transcription, source: Source, nowMs: number): boolean {
    const finished = this.#finished.get(message.id);
    if (finished !== undefined) return this.#correctFinal(finished, message, source); // a finished id may be sent again
    const before = this.#growing.get(message.id);
    const words = grow(before?.words, message, source.tailMayChange);
    if (words === undefined) return false;
    // The same once more is a sign of life, and no progress: patience is not renewed by it.
    if (!message.isFinal && before !== undefined && !isNews(before.words, words)) return false;
    const spot = this.#spotOf(words, before, source);
    if (words.text.trim() === '') return this.#takeBackPartial(message, before, { ...spot, words });
    const repeated = before === undefined && !spot.isPlaced ? this.#findRepeated(spot, source) : undefined;
    if (message.isFinal) {
      this.#growing.delete(message.id);
      if (repeated !== undefined) return this.#takeRepetition(repeated, spot, message, source, nowMs);
      const utteranceId = before?.utteranceId ?? this.#adoptOrphan(spot);
      this.#publishFinal(message, { ...spot, utteranceId, words }, source, nowMs);
      return true;
    }
    if (repeated !== undefined) return false;
    if (before === undefined) this.#makeRoomForGrowing();
    const utteranceId = before?.utteranceId ?? this.#adoptOrphan(spot) ?? this.#around.nextId();
    const giveUpMs = nowMs + this.#limits.unconfirmedMs;
    const growing = { ...spot, utteranceId, words, language: message.language, giveUpMs };
    this.#growing.set(message.id, growing);
    this.#around.emit({ kind: 'partial', ...this.#segmentFields(growing), language: message.language });
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
    if (sameLanguage(message.language, final.segment.language)) return false; // into what was spoken: that is shown already
    final.translated.add(message.language);
    const asked = nearest(message.language, final.awaited, (language) => language);
    final.awaited.delete(asked ?? message.language);
    this.#forgetTranslated();
    const { speakerId, utteranceId, startMs, endMs } = final.segment;
    const { language, text } = message;
    this.#around.emit({ kind: 'translation', speakerId, utteranceId, startMs, endMs, language, text });
    return true;
  }

  /** The socket is gone, and its ids with it; what was growing may come again over the next one. */
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
  }

  /** Everything before `sample` was sent over the present socket: its answer cannot be far. */
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

  /** The audio before `sample` is not kept any more: what it said can only be told as it stands. */
  forgetAudioBefore(sample: number): void {
    while (this.#orphans[0] !== undefined && this.#orphans[0].to <= sample) this.#publishFirstOrphan();
  }

  /** Gives up what has been awaited for too long. */
  expireOverdue(nowMs: number): void {
    for (const [id, growing] of this.#growing) {
      if (growing.giveUpMs > nowMs) continue;
      this.#growing.delete(id);
      this.#finishId(id, this.#publishUnconfirmed(growing));
    }
    while (this.#orphans[0]?.wasSent && this.#orphans[0].giveUpMs <= nowMs) this.#publishFirstOrphan();
    // What still waits to be sent again is shown meanwhile; its final will replace it.
    for (let i = 0; i < this.#orphans.length; i++) {
      const orphan = this.#orphans[i];
      if (orphan === undefined || orphan.wasSent || orphan.isPublished || orphan.giveUpMs > nowMs) continue;
      this.#orphans[i] = { ...orphan, isPublished: true };
      this.#emitUnconfirmed(orphan);
    }
    for (const final of this.#untranslated) if (final.giveUpMs <= nowMs) final.awaited.clear();
    this.#forgetTranslated();
  }

  /** Nothing more will come: what was shown is told as it stands. */
  publishPending(): void {
    while (this.#orphans.length > 0) this.#publishFirstOrphan();
    this.expireOverdue(Number.POSITIVE_INFINITY);
  }

  /**
   * No words, after all: what was shown is taken back. The id stays open, as words may follow under it; and when its
   * audio was sent, it is not waited for any more.
   */
  #takeBackPartial(message: Transcription, before: Growing | undefined, said: Spot & { words: SpokenText }): boolean {
    this.#growing.delete(message.id);
    const utteranceId = before?.utteranceId ?? (message.isFinal ? this.#adoptOrphan(said) : undefined);
    if (message.isFinal && !said.isPlaced) this.#moveLastEnd(said);
    if (utteranceId === undefined) return false;
    this.#around.emit({
      kind: 'partial',
      ...this.#segmentFields({ ...said, utteranceId }),
      language: message.language,
    });
    return true;
  }

  /** Audio that was sent twice came back twice: it corrects what was shown of it, and brings the translations. */
  #takeRepetition(
    final: PublishedFinal,
    { from, to }: Spot,
    message: Transcription,
    source: Source,
    nowMs: number,
  ): boolean {
    this.#published.markSaidAgain(from, to);
    final.giveUpMs = nowMs + this.#limits.translationMs;
    const isAll = from <= final.from + this.#around.samplesIn(SAME_END_MS);
    const isNew = isAll && this.#correctFinal(final, message, source);
    this.#finishId(message.id, final);
    return isNew;
  }

  #publishFinal(
    message: Transcription,
    said: Spot & { utteranceId: string | undefined; words: SpokenText },
    source: Source,
    nowMs: number,
  ): void {
    this.#moveLastEnd(said);
    const utteranceId = said.utteranceId ?? this.#around.nextId();
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
    if (said.isPlaced) this.#around.misplaced();
    this.#rememberFinal(final);
    this.#around.emit(final.segment);
    this.#finishId(message.id, final);
  }

  /** A final came for this: everything before its end is told, or will not be any more. */
  #moveLastEnd({ from, to }: Spot): void {
    // What the lost socket showed before this, and the new one passed over without a word.
    while (this.#orphans[0] !== undefined && this.#orphans[0].to <= from) this.#publishFirstOrphan();
    this.#lastEnd = Math.max(this.#lastEnd, to);
  }

  /** What is said about this id from now on is about something finished. */
  #finishId(id: string, final: PublishedFinal): void {
    this.#finished.set(id, final);
    const early = this.#early.filter((translation) => translation.id === id);
    if (early.length > 0) this.#early = this.#early.filter((translation) => translation.id !== id);
    for (const translation of early) this.#publishTranslation(final, translation);
    const [oldest] = this.#finished.keys();
    if (this.#finished.size > MAX_FINISHED && oldest !== undefined) this.#finished.delete(oldest);
  }

  /** However many utterances a socket begins: the one that it began first is told as it stands. */
  #makeRoomForGrowing(): void {
    const [oldest] = this.#growing;
    if (oldest === undefined || this.#growing.size < MAX_GROWING) return;
    this.#growing.delete(oldest[0]);
    this.#finishId(oldest[0], this.#publishUnconfirmed(oldest[1]));
  }

  /** The final of an utterance that was given up replaces what was told in its stead. */
  #correctFinal(final: PublishedFinal, { isFinal, segment }: Transcription, source: Source): boolean {
    const text = segment?.text.trim() ?? '';
    if (!isFinal || segment === undefined || text === '' || final.segment.confirmed) return false;
    const end = segment.endMs === undefined ? undefined : source.place(segment.endMs, 'end');
    final.to = Math.max(final.to, end ?? final.to);
    this.#lastEnd = Math.max(this.#lastEnd, final.to);
    const endMs = Math.max(final.segment.endMs, this.#around.msAt(final.to, 'end'));
    final.segment = { ...final.segment, endMs, text, confirmed: true };
    this.#around.emit(final.segment);
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
    this.#around.emit(segment);
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

  /** Where an utterance belongs: where it says, or, when that makes no sense, at the audio that was sent last. */
  #spotOf({ startMs, endMs }: SpokenText, before: Growing | undefined, source: Source): Spot {
    if (before?.isPlaced !== true && startMs !== undefined && endMs !== undefined) {
      const end = source.place(endMs, 'end'); // first: the later time may tell that the service counts otherwise
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

  /** The id under which a lost socket already showed these words. Later pieces of the same words are dropped. */
  #adoptOrphan({ from, to, isPlaced }: Spot): string | undefined {
    const overlaps = (orphan: Growing) => orphan.from < to && orphan.to > from;
    const found = isPlaced ? -1 : this.#orphans.findIndex(overlaps);
    if (found < 0) return undefined;
    return this.#orphans.splice(found, 1)[0]?.utteranceId;
  }

  /** What was an earlier socket said of these words. What was shown and overtaken by the final of something later was not told. */
  #findRepeated({ from, to }: Spot, { sentBefore }: Source): PublishedFinal | undefined {
    const coveredTo = this.#lastEnd + this.#around.samplesIn(SAME_END_MS);
    if (this.#orphans.some((orphan) => orphan.to <= coveredTo && orphan.from < to && orphan.to > from))
      return undefined;
    return this.#published.findRepeated(from, to, sentBefore);
  }

  #segmentFields(said: { utteranceId: string; words: SpokenText; from: number; to: number }) {
    const startMs = this.#around.msAt(said.from, 'start');
    return {
      utteranceId: said.utteranceId,
      speakerId: this.#around.speakerId,
      startMs,
      endMs: Math.max(startMs, this.#around.msAt(said.to, 'end')),
      text: said.words.text.trim(),
    };
  }
}

/** Whether a partial says more than the one before it: other words, or the same over a longer time. */
function isNews(before: SpokenText, now: SpokenText): boolean {
  return now.text !== before.text || (now.endMs ?? 0) > (before.endMs ?? 0);
}
