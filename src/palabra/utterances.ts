import type { SpeakerId } from '../core/ids.ts';
import { nearest, sameLanguage } from '../core/language.ts';
import type { FinalSegment, TranscriptSegment } from '../core/segment.ts';
import type { Limits } from './limits.ts';
import { grow, type Stretch, type Transcription, type Translation } from './protocol.ts';

const SAME_END_MS = 100; // two recognitions of the same words end within this of each other
const MAX_TOLD = 64; // finals remembered for what may be said about them again
const MAX_FINISHED = 4 * MAX_TOLD; // ids that are known again, those without words included
const MAX_GROWING = 32; // at once on a socket; a person has one, or two where a pause was missed
const MAX_ORPHANS = 2 * MAX_GROWING;
const MAX_TRANSLATIONS = 32; // of a final, in as many languages
const REPLAY_PATIENCE_MS = 45_000; // words that were shown are told as they stand when their audio waits for longer

/** What the utterances need to know of the stream they belong to. Positions are samples of its timeline. */
export interface Surroundings {
  readonly speakerId: SpeakerId;
  readonly nextId: () => string; // unique in the meeting
  readonly samplesIn: (ms: number) => number;
  readonly msAt: (sample: number, side: 'start' | 'end') => number;
  readonly emit: (segment: TranscriptSegment) => void;
}

/** What the socket that brought a message knows about it. */
export interface Source {
  readonly place: (timeMs: number, side: 'start' | 'end') => number;
  readonly translateTo: readonly string[];
  readonly tailMayChange: boolean;
}

/** An utterance that is still growing. */
interface Growing {
  readonly utteranceId: string;
  readonly stretch: Stretch;
  readonly from: number;
  readonly to: number;
  readonly language: string;
  readonly giveUpMs: number;
}

/** An utterance whose socket is gone: its audio is to be sent again. */
interface Orphan extends Growing {
  readonly wasSent: boolean; // over the present socket
  readonly isTold: boolean; // unconfirmed, for the time being
}

/** An utterance whose final is out. */
interface Told {
  segment: FinalSegment;
  readonly from: number;
  to: number;
  readonly translated: Set<string>;
  readonly awaited: Set<string>;
  giveUpMs: number; // on the translations
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
  readonly #finished = new Map<string, Told | undefined>(); // by the socket's id; undefined: was no line
  readonly #told: Told[] = [];
  #untranslated: Told[] = []; // those of which translations are awaited
  #lastEnd = 0; // of the last final, a sample of the timeline
  #unconfirmed = 0;

  constructor(around: Surroundings, limits: Limits) {
    this.#around = around;
    this.#limits = limits;
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
    if (this.#finished.has(message.id)) {
      return this.#correct(this.#finished.get(message.id), message, source); // a finished id may be sent again
    }
    const before = this.#growing.get(message.id);
    const stretch = grow(before?.stretch, message, source.tailMayChange);
    if (stretch === undefined) return false;
    const end = source.place(stretch.endMs, 'end'); // first: the later time may tell that the service counts otherwise
    const from = source.place(stretch.startMs, 'start');
    const to = Math.max(from, end);
    const tolerance = this.#around.samplesIn(SAME_END_MS);
    const isAgain = before === undefined && this.#isTold(from, to);
    if (message.isFinal) {
      this.#growing.delete(message.id);
      if (isAgain) {
        const told = this.#toldAt(from, to, nowMs);
        this.#know(message.id, told);
        return told !== undefined && from <= told.from + tolerance && this.#correct(told, message, source);
      }
      const utteranceId = before?.utteranceId ?? this.#adopt(from, to);
      return this.#finish(message, { utteranceId, stretch, from, to }, source, nowMs);
    }
    if (stretch.text.trim() === '' || isAgain) return false;
    if (before === undefined) this.#makeRoom();
    const utteranceId = before?.utteranceId ?? this.#adopt(from, to) ?? this.#around.nextId();
    const giveUpMs = nowMs + this.#limits.unconfirmedMs;
    const growing = { utteranceId, stretch, from, to, language: message.language, giveUpMs };
    this.#growing.set(message.id, growing);
    this.#around.emit({ kind: 'partial', ...this.#spoken(growing), language: message.language });
    return true;
  }

  /** Returns false when the message brought nothing new. */
  hearTranslation(message: Translation): boolean {
    const told = this.#finished.get(message.id);
    if (told === undefined || told.translated.has(message.language) || message.text === '') return false;
    if (told.translated.size >= MAX_TRANSLATIONS) return false;
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

  #finish(
    message: Transcription,
    said: { utteranceId: string | undefined; stretch: Stretch; from: number; to: number },
    source: Source,
    nowMs: number,
  ): boolean {
    const { from, to, stretch } = said;
    // What the lost socket showed before this, and the new one passed over without a word.
    while (this.#orphans[0] !== undefined && this.#orphans[0].to <= from) this.#tellFirstOrphan();
    this.#lastEnd = Math.max(this.#lastEnd, to);
    const text = stretch.text.trim();
    if (text === '') {
      this.#know(message.id, undefined);
      this.#takeBack(said, message.language);
      return false;
    }
    const utteranceId = said.utteranceId ?? this.#around.nextId();
    const awaited = source.translateTo.filter((language) => !sameLanguage(language, message.language));
    const told: Told = {
      segment: {
        kind: 'final',
        ...this.#spoken({ utteranceId, stretch, from, to }),
        language: message.language,
        confirmed: true,
      },
      from,
      to,
      translated: new Set(),
      awaited: new Set(awaited),
      giveUpMs: nowMs + this.#limits.translationMs,
    };
    this.#remember(told);
    this.#know(message.id, told);
    this.#around.emit(told.segment);
    return true;
  }

  /** What is said about this id from now on is about something finished. */
  #know(id: string, told: Told | undefined): void {
    this.#finished.set(id, told);
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

  /** What was shown of an utterance turned out to be no words. */
  #takeBack(
    said: { utteranceId: string | undefined; stretch: Stretch; from: number; to: number },
    language: string,
  ): void {
    const { utteranceId } = said;
    if (utteranceId !== undefined)
      this.#around.emit({ kind: 'partial', ...this.#spoken({ ...said, utteranceId }), language });
  }

  /** The final of an utterance that was given up replaces what was told in its stead. */
  #correct(told: Told | undefined, { isFinal, segment }: Transcription, source: Source): boolean {
    const text = segment?.text.trim() ?? '';
    if (!isFinal || segment === undefined || text === '' || told === undefined || told.segment.confirmed) return false;
    told.to = Math.max(told.to, source.place(segment.endMs, 'end'));
    this.#lastEnd = Math.max(this.#lastEnd, told.to);
    const endMs = Math.max(told.segment.endMs, this.#around.msAt(told.to, 'end'));
    told.segment = { ...told.segment, endMs, text, confirmed: true };
    this.#around.emit(told.segment);
    return true;
  }

  #tellFirstOrphan(): void {
    const orphan = this.#orphans.shift();
    if (orphan !== undefined) this.#tellUnconfirmed(orphan, orphan.isTold);
  }

  #tellUnconfirmed(growing: Growing, isTold = false): Told {
    const { from, to } = growing;
    const segment = isTold ? this.#unconfirmedOf(growing) : this.#emitUnconfirmed(growing);
    const told: Told = { segment, from, to, translated: new Set(), awaited: new Set(), giveUpMs: 0 };
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
    return { kind: 'final', ...this.#spoken(growing), language: growing.language, confirmed: false };
  }

  #remember(told: Told): void {
    this.#told.push(told);
    if (told.awaited.size > 0) this.#untranslated.push(told);
    if (this.#told.length > MAX_TOLD) this.#told.shift();
  }

  #forgetTranslated(): void {
    if (this.#untranslated.some(({ awaited }) => awaited.size === 0))
      this.#untranslated = this.#untranslated.filter(({ awaited }) => awaited.size > 0);
  }

  /** The id under which a lost socket already showed these words. Later pieces of the same words are dropped. */
  #adopt(from: number, to: number): string | undefined {
    const overlaps = (orphan: Growing) => orphan.from < to && orphan.to > from;
    const found = this.#orphans.findIndex(overlaps);
    if (found < 0) return undefined;
    return this.#orphans.splice(found, 1)[0]?.utteranceId;
  }

  /**
   * Whether a final covers this stretch. What was shown and overtaken by the final of something later is not covered.
   */
  #isTold(from: number, to: number): boolean {
    const told = this.#lastEnd + this.#around.samplesIn(SAME_END_MS);
    if (this.#lastEnd === 0 || to > told) return false;
    return !this.#orphans.some((orphan) => orphan.to <= told && orphan.from < to && orphan.to > from);
  }

  /** The final that was told when this stretch was recognised the first time. */
  #toldAt(from: number, to: number, nowMs: number): Told | undefined {
    const told = this.#told.findLast((each) => each.from < to && each.to > from);
    if (told !== undefined) told.giveUpMs = nowMs + this.#limits.translationMs;
    return told;
  }

  #spoken(said: { utteranceId: string; stretch: Stretch; from: number; to: number }) {
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
