import { Latest } from '../../core/latest.ts';
import type { Notice } from '../../core/notice.ts';
import type { Person } from '../../core/ports/people.ts';
import type { TranscriptChannel } from '../../core/ports/transcript.ts';
import type { MeetingRecord } from '../../core/record.ts';
import type { FinalSegment, TranslationSegment } from '../../core/segment.ts';
import type { TranscriptLook } from '../../core/settings.ts';
import { relatedLanguage } from '../../core/text/language.ts';
import { SpokenOrder } from '../../core/time/spoken-order.ts';

/** Most translations come within a second of their final. After this, later words no longer wait for one. */
const WAIT_MS = 3_000;
/** As many utterances as the original transcript remembers. */
const MAX_REMEMBERED = 500;

/** A transcript that takes every text as a final, translations as well. */
export interface OneTranscript extends TranscriptChannel {
  /** These texts are translations of what somebody has corrected since. */
  markOfOriginal(utteranceIds: readonly string[]): void;
}

/** Shows a meeting in one language only, spoken or translated, in the order in which people began to speak. */
export class LanguageThread {
  readonly #language: string;
  readonly #transcript: OneTranscript;
  readonly #order = new SpokenOrder();
  readonly #speakers = new Map<string, Person>(); // of texts that are held back, by utterance
  /** Finals whose translation is still to come, by utterance. */
  readonly #awaited = new Map<string, { readonly startMs: number; readonly sinceMs: number }>();
  readonly #translations = new Latest<string, TranslationSegment>(MAX_REMEMBERED);
  #timer: NodeJS.Timeout | undefined;

  constructor(language: string, transcript: OneTranscript) {
    this.#language = language;
    this.#transcript = transcript;
  }

  configure(look: TranscriptLook): void {
    this.#transcript.configure({ ...look, style: look.style === 'digest' ? 'digest' : 'finals' });
  }

  /** Takes a translation into this language, or a final in any language: it is shown if it was spoken in this one. */
  post(segment: FinalSegment | TranslationSegment, speaker: Person): void {
    const { utteranceId, startMs } = segment;
    const nowMs = performance.now();
    if (segment.kind === 'final' && !relatedLanguage(segment.language, this.#language)) {
      if (!this.#translations.has(utteranceId)) this.#awaited.set(utteranceId, { startMs, sinceMs: nowMs });
      this.#releaseLines();
      return;
    }
    if (segment.kind === 'translation') this.#translations.set(utteranceId, segment);
    this.#awaited.delete(utteranceId);
    this.#speakers.set(utteranceId, speaker);
    this.#order.add(asFinal(segment), nowMs);
    this.#releaseLines();
  }

  translationOf(utteranceId: string): TranslationSegment | undefined {
    return this.#translations.get(utteranceId);
  }

  #releaseLines(): void {
    const nowMs = performance.now();
    for (const [id, { sinceMs }] of this.#awaited) if (nowMs - sinceMs >= WAIT_MS) this.#awaited.delete(id);
    const pending = [...this.#awaited].map(([of, { startMs }]) => ({ of, startMs }));
    for (const final of this.#order.release(nowMs, pending)) this.#showLine(final);
    clearTimeout(this.#timer);
    const nextMs = Math.min(...[...this.#awaited.values()].map(({ sinceMs }) => sinceMs + WAIT_MS));
    if (this.#order.size > 0) this.#timer = setTimeout(() => this.#releaseLines(), Math.ceil(nextMs - nowMs));
  }

  #showLine(final: FinalSegment): void {
    const speaker = this.#speakers.get(final.utteranceId);
    if (speaker) this.#transcript.post(final, speaker);
    if (!this.#order.holds(final.utteranceId)) this.#speakers.delete(final.utteranceId);
  }

  /** Corrects a line that was spoken in this language; the translation of another one is now of the original. */
  correct(final: FinalSegment): void {
    if (relatedLanguage(final.language, this.#language)) this.#transcript.correct(final);
    else this.#transcript.markOfOriginal([final.utteranceId]);
  }

  notice(notice: Notice): void {
    this.#transcript.notice(notice);
  }

  forget(speakerId: string): void {
    for (const utteranceId of this.#order.drop(speakerId)) this.#speakers.delete(utteranceId);
    for (const [id, translation] of this.#translations) {
      if (translation.speakerId === speakerId) this.#translations.delete(id);
    }
    this.#transcript.forget(speakerId);
  }

  async resumeFrom(record: MeetingRecord, signal: AbortSignal): Promise<void> {
    for (const translation of record.translations) {
      if (relatedLanguage(translation.language, this.#language))
        this.#translations.set(translation.utteranceId, translation);
    }
    const corrected = record.finals.filter(
      (final) => final.corrected && !relatedLanguage(final.language, this.#language),
    );
    this.#transcript.markOfOriginal(corrected.map(({ utteranceId }) => utteranceId));
    await this.#transcript.resumeFrom(inOneLanguage(record, this.#language), signal);
  }

  async drained(signal: AbortSignal): Promise<void> {
    clearTimeout(this.#timer);
    for (const final of this.#order.releaseAll()) this.#showLine(final);
    await this.#transcript.drained(signal);
  }
}

function asFinal(segment: FinalSegment | TranslationSegment): FinalSegment {
  return segment.kind === 'final' ? segment : { ...segment, kind: 'final', confirmed: true };
}

/** The part of a meeting that its thread in one language shows, from the thread's first line on. */
export function inOneLanguage(record: MeetingRecord, language: string): MeetingRecord {
  const spoken = record.finals.filter((final) => relatedLanguage(final.language, language));
  const known = new Set(spoken.map(({ utteranceId }) => utteranceId));
  const translated = record.translations.filter(
    (text) => relatedLanguage(text.language, language) && !known.has(text.utteranceId),
  );
  const texts = [...spoken, ...translated.map(asFinal)].sort((a, b) => a.startMs - b.startMs);
  const messages = record.messages.flatMap(({ language: of, ...at }) => (of === language ? at : []));
  const posted = new Set(messages.map(({ utteranceId }) => utteranceId));
  const first = Math.max(
    0,
    texts.findIndex(({ utteranceId }) => posted.has(utteranceId)),
  );
  return { ...record, finals: texts.slice(first), translations: [], messages };
}
