import type { SpeakerId } from '../../core/ids.ts';
import type { FinalSegment, TranscriptSegment } from '../../core/segment.ts';
import { nearest, sameLanguage } from '../../core/text/language.ts';
import type { Limits } from '../limits.ts';
import { grow, type SpokenText, type Transcription, type Translation } from '../sockets/protocol.ts';
import { type Told, ToldFinals } from './told-finals.ts';

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
  readonly stretch: SpokenText;
  readonly language: string;
  readonly giveUpMs: number;
}

/** An utterance whose socket is gone: its audio is to be sent again. */
interface Orphan extends Growing {
  readonly wasSent: boolean; // over the present socket
  readonly isTold: boolean; // unconfirmed, for the time being
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
  readonly #finished = new Map<string, Told>(); // by the socket's id
  readonly #told: ToldFinals;
  #early: Translation[] = []; // whose final is not here yet, in the order in which they came
  #untranslated: Told[] = []; // those of which translations are awaited
  #lastEnd = 0; // of the last final, a sample of the tape
  #unconfirmed = 0;

  constructor(around: Surroundings, limits: Limits) {
    this.#around = around;
    this.#limits = limits;
    this.#told = new ToldFinals(around.samplesIn);
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
    for (const told of this.#untranslated) from = Math.min(from ?? told.from, told.from);
    return from;
  }

  /** Returns false when the message brought nothing new. */
  hear(message: Transcription, source: Source, nowMs: number): boolean {
    const finished = this.#finished.get(message.id);
    if (finished !== undefined) return this.#correct(finished, message, source); // a finished id may be sent again
    const before = this.#growing.get(message.id);
    const stretch = grow(before?.stretch, message, source.tailMayChange);
    if (stretch === undefined) return false;
    // The same once more is a sign of life, and no progress: patience is not renewed by it.
    if (!message.isFinal && before !== undefined && !isNews(before.stretch, stretch)) return false;
    const spot = this.#spotOf(stretch, before, source);
    if (stretch.text.trim() === '') return this.#hearNothing(message, before, { ...spot, stretch });
    const repeated = before === undefined && !spot.isPlaced ? this.#repeated(spot, source) : undefined;
    if (message.isFinal) {
      this.#growing.delete(message.id);
      if (repeated !== undefined) return this.#hearAgain(repeated, spot, message, source, nowMs);
      const utteranceId = before?.utteranceId ?? this.#adopt(spot);
      this.#finish(message, { ...spot, utteranceId, stretch }, source, nowMs);
      return true;
    }
    if (repeated !== undefined) return false;
    if (before === undefined) this.#makeRoom();
    const utteranceId = before?.utteranceId ?? this.#adopt(spot) ?? this.#around.nextId();
    const giveUpMs = nowMs + this.#limits.unconfirmedMs;
    const growing = { ...spot, utteranceId, stretch, language: message.language, giveUpMs };
    this.#growing.set(message.id, growing);
    this.#around.emit({ kind: 'partial', ...this.#spoken(growing), language: message.language });
    return true;
  }

  /** Returns false when the message brought nothing new. */
  hearTranslation(message: Translation): boolean {
    if (message.text === '') return false;
    const told = this.#finished.get(message.id);
    if (told !== undefined) return this.#translate(told, message);
    this.#early.push(message);
    if (this.#early.length > MAX_EARLY) this.#early.shift();
    return false;
  }

  #translate(told: Told, message: Translation): boolean {
    if (told.translated.has(message.language) || told.translated.size >= MAX_TRANSLATIONS) return false;
    if (sameLanguage(message.language, told.segment.language)) return false; // into what was spoken: that is shown already
    told.translated.add(message.language);
    const asked = nearest(message.language, told.awaited, (language) => language);
    told.awaited.delete(asked ?? message.language);
    this.#forgetTranslated();
    const { speakerId, utteranceId, startMs, endMs } = told.segment;
    const { language, text } = message;
    this.#around.emit({ kind: 'translation', speakerId, utteranceId, startMs, endMs, language, text });
    return true;
  }

  /** The socket is gone, and its ids with it; what was growing may come again over the next one. */
  socketGone(nowMs: number): void {
    const giveUpMs = nowMs + REPLAY_PATIENCE_MS;
    const orphaned = [...this.#growing.values()].map((growing) => ({ ...growing, isTold: false }));
    this.#orphans = [...this.#orphans, ...orphaned]
      .map((each) => ({ ...each, wasSent: false, giveUpMs }))
      .sort((a, b) => a.from - b.from);
    while (this.#orphans.length > MAX_ORPHANS) this.#tellFirstOrphan();
    this.#growing.clear();
    this.#finished.clear();
    this.#early = [];
    this.#told.socketGone();
    for (const told of this.#untranslated) told.giveUpMs = Math.max(told.giveUpMs, nowMs + REPLAY_PATIENCE_MS);
  }

  /** Everything before `sample` was sent over the present socket: its answer cannot be far. */
  sentUntil(sample: number, nowMs: number): void {
    const { unconfirmedMs, translationMs } = this.#limits;
    for (let i = 0; i < this.#orphans.length; i++) {
      const orphan = this.#orphans[i];
      if (orphan === undefined || orphan.wasSent || orphan.to > sample) continue;
      this.#orphans[i] = { ...orphan, wasSent: true, giveUpMs: nowMs + unconfirmedMs };
    }
    for (const told of this.#untranslated) {
      if (told.to <= sample) told.giveUpMs = Math.min(told.giveUpMs, nowMs + unconfirmedMs + translationMs);
    }
  }

  /** The audio before `sample` is not kept any more: what it said can only be told as it stands. */
  keptFrom(sample: number): void {
    while (this.#orphans[0] !== undefined && this.#orphans[0].to <= sample) this.#tellFirstOrphan();
  }

  /** Gives up what has been awaited for too long. */
  expire(nowMs: number): void {
    for (const [id, growing] of this.#growing) {
      if (growing.giveUpMs > nowMs) continue;
      this.#growing.delete(id);
      this.#know(id, this.#tellUnconfirmed(growing));
    }
    while (this.#orphans[0]?.wasSent && this.#orphans[0].giveUpMs <= nowMs) this.#tellFirstOrphan();
    // What still waits to be sent again is shown meanwhile; its final will replace it.
    for (let i = 0; i < this.#orphans.length; i++) {
      const orphan = this.#orphans[i];
      if (orphan === undefined || orphan.wasSent || orphan.isTold || orphan.giveUpMs > nowMs) continue;
      this.#orphans[i] = { ...orphan, isTold: true };
      this.#emitUnconfirmed(orphan);
    }
    for (const told of this.#untranslated) if (told.giveUpMs <= nowMs) told.awaited.clear();
    this.#forgetTranslated();
  }

  /** Nothing more will come: what was shown is told as it stands. */
  giveUp(): void {
    while (this.#orphans.length > 0) this.#tellFirstOrphan();
    this.expire(Number.POSITIVE_INFINITY);
  }

  /**
   * No words, after all: what was shown is taken back. The id stays open, as words may follow under it; and when its
   * audio was sent, it is not waited for any more.
   */
  #hearNothing(message: Transcription, before: Growing | undefined, said: Spot & { stretch: SpokenText }): boolean {
    this.#growing.delete(message.id);
    const utteranceId = before?.utteranceId ?? (message.isFinal ? this.#adopt(said) : undefined);
    if (message.isFinal && !said.isPlaced) this.#reach(said);
    if (utteranceId === undefined) return false;
    this.#around.emit({ kind: 'partial', ...this.#spoken({ ...said, utteranceId }), language: message.language });
    return true;
  }

  /** Audio that was sent twice came back twice: it corrects what was shown of it, and brings the translations. */
  #hearAgain(told: Told, { from, to }: Spot, message: Transcription, source: Source, nowMs: number): boolean {
    this.#told.saidAgain(from, to);
    told.giveUpMs = nowMs + this.#limits.translationMs;
    const isAll = from <= told.from + this.#around.samplesIn(SAME_END_MS);
    const isNew = isAll && this.#correct(told, message, source);
    this.#know(message.id, told);
    return isNew;
  }

  #finish(
    message: Transcription,
    said: Spot & { utteranceId: string | undefined; stretch: SpokenText },
    source: Source,
    nowMs: number,
  ): void {
    this.#reach(said);
    const utteranceId = said.utteranceId ?? this.#around.nextId();
    const awaited = source.translateTo.filter((language) => !sameLanguage(language, message.language));
    const told: Told = {
      segment: {
        kind: 'final',
        ...this.#spoken({ ...said, utteranceId }),
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
    this.#remember(told);
    this.#around.emit(told.segment);
    this.#know(message.id, told);
  }

  /** A final came for this: everything before its end is told, or will not be any more. */
  #reach({ from, to }: Spot): void {
    // What the lost socket showed before this, and the new one passed over without a word.
    while (this.#orphans[0] !== undefined && this.#orphans[0].to <= from) this.#tellFirstOrphan();
    this.#lastEnd = Math.max(this.#lastEnd, to);
  }

  /** What is said about this id from now on is about something finished. */
  #know(id: string, told: Told): void {
    this.#finished.set(id, told);
    const early = this.#early.filter((translation) => translation.id === id);
    if (early.length > 0) this.#early = this.#early.filter((translation) => translation.id !== id);
    for (const translation of early) this.#translate(told, translation);
    const [oldest] = this.#finished.keys();
    if (this.#finished.size > MAX_FINISHED && oldest !== undefined) this.#finished.delete(oldest);
  }

  /** However many utterances a socket begins: the one that it began first is told as it stands. */
  #makeRoom(): void {
    const [oldest] = this.#growing;
    if (oldest === undefined || this.#growing.size < MAX_GROWING) return;
    this.#growing.delete(oldest[0]);
    this.#know(oldest[0], this.#tellUnconfirmed(oldest[1]));
  }

  /** The final of an utterance that was given up replaces what was told in its stead. */
  #correct(told: Told, { isFinal, segment }: Transcription, source: Source): boolean {
    const text = segment?.text.trim() ?? '';
    if (!isFinal || segment === undefined || text === '' || told.segment.confirmed) return false;
    const end = segment.endMs === undefined ? undefined : source.place(segment.endMs, 'end');
    told.to = Math.max(told.to, end ?? told.to);
    this.#lastEnd = Math.max(this.#lastEnd, told.to);
    const endMs = Math.max(told.segment.endMs, this.#around.msAt(told.to, 'end'));
    told.segment = { ...told.segment, endMs, text, confirmed: true };
    this.#around.emit(told.segment);
    return true;
  }

  #tellFirstOrphan(): void {
    const orphan = this.#orphans.shift();
    if (orphan === undefined) return;
    const segment = orphan.isTold ? this.#unconfirmedOf(orphan) : this.#emitUnconfirmed(orphan);
    this.#keepUnconfirmed(orphan, segment, true);
  }

  #tellUnconfirmed(growing: Growing): Told {
    return this.#keepUnconfirmed(growing, this.#emitUnconfirmed(growing), false);
  }

  #keepUnconfirmed({ from, to }: Growing, segment: FinalSegment, isEarlier: boolean): Told {
    const told: Told = {
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
    this.#remember(told);
    return told;
  }

  #emitUnconfirmed(growing: Growing): FinalSegment {
    const segment = this.#unconfirmedOf(growing);
    this.#unconfirmed += 1;
    this.#around.emit(segment);
    return segment;
  }

  #unconfirmedOf(growing: Growing): FinalSegment {
    const { language, isPlaced } = growing;
    return { kind: 'final', ...this.#spoken(growing), language, confirmed: false, ...(isPlaced && { isPlaced }) };
  }

  #remember(told: Told): void {
    this.#told.remember(told);
    if (told.awaited.size > 0) this.#untranslated.push(told);
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
        if (before !== undefined || !this.#told.isTaken(from, to)) return { from, to, isPlaced: false };
      }
    }
    const sent = source.sentLast();
    const from = before?.from ?? Math.max(sent.from, Math.min(this.#lastEnd, sent.to));
    return { from, to: Math.max(from, sent.to, before?.to ?? 0), isPlaced: true };
  }

  /** The id under which a lost socket already showed these words. Later pieces of the same words are dropped. */
  #adopt({ from, to, isPlaced }: Spot): string | undefined {
    const overlaps = (orphan: Growing) => orphan.from < to && orphan.to > from;
    const found = isPlaced ? -1 : this.#orphans.findIndex(overlaps);
    if (found < 0) return undefined;
    return this.#orphans.splice(found, 1)[0]?.utteranceId;
  }

  /** What was told of this stretch. What was shown and overtaken by the final of something later was not told. */
  #repeated({ from, to }: Spot, { sentBefore }: Source): Told | undefined {
    const told = this.#lastEnd + this.#around.samplesIn(SAME_END_MS);
    if (this.#orphans.some((orphan) => orphan.to <= told && orphan.from < to && orphan.to > from)) return undefined;
    return this.#told.repeatedBy(from, to, sentBefore);
  }

  #spoken(said: { utteranceId: string; stretch: SpokenText; from: number; to: number }) {
    const startMs = this.#around.msAt(said.from, 'start');
    return {
      utteranceId: said.utteranceId,
      speakerId: this.#around.speakerId,
      startMs,
      endMs: Math.max(startMs, this.#around.msAt(said.to, 'end')),
      text: said.stretch.text.trim(),
    };
  }
}

/** Whether a partial says more than the one before it: other words, or the same over a longer time. */
function isNews(before: SpokenText, now: SpokenText): boolean {
  return now.text !== before.text || (now.endMs ?? 0) > (before.endMs ?? 0);
}
