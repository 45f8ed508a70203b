import type { ShownCorrection } from '../../core/correcting/correction.ts';
import type { ChannelId, SpeakerId } from '../../core/ids.ts';
import type { Notice } from '../../core/notice.ts';
import type { Person } from '../../core/ports/people.ts';
import type { TranscriptChannel } from '../../core/ports/transcript.ts';
import type { MeetingRecord } from '../../core/record.ts';
import type { FinalSegment, TranscriptSegment, TranslationSegment } from '../../core/segment.ts';
import type { TranscriptLook } from '../../core/settings.ts';
import { nearest, relatedLanguage } from '../../core/text/language.ts';
import type { Words } from '../../i18n/words.ts';
import { LanguageThread, type OneTranscript } from './language-thread.ts';

/**
 * Opens the transcript of one language, which takes every text as a final.
 *
 * `lost` is called when its thread takes no more messages, with the utterances that it did not show, and why.
 */
export type OpenThread = (
  language: string,
  lost: (utteranceIds: readonly string[], because: string) => void,
) => OneTranscript;

/** The transcript in the languages that people speak. */
interface Original extends TranscriptChannel {
  postSentence(sentence: string): void;
  postTranslation(translation: TranslationSegment): void;
}

/** A meeting's transcript with a thread for each language that should have one; everything else is in the original. */
export class LanguageThreads implements TranscriptChannel {
  readonly #original: Original;
  readonly #openThread: OpenThread;
  readonly #words: () => Words;
  readonly #canOpen: boolean;
  readonly #threads = new Map<string, LanguageThread>(); // by language; some may not be in use any more
  readonly #begun = new Set<LanguageThread>(); // that have a line, or will have one
  readonly #lost = new Set<LanguageThread>();
  #wanted: readonly string[] = [];

  /** @param canOpen - whether the transcript's channel has threads: a forum's post has none */
  constructor(original: Original, openThread: OpenThread, words: () => Words, canOpen = true) {
    this.#original = original;
    this.#openThread = openThread;
    this.#words = words;
    this.#canOpen = canOpen;
  }

  get channelId(): ChannelId {
    return this.#original.channelId;
  }

  configure(look: TranscriptLook): void {
    this.#original.configure(look);
    this.#wanted = this.#canOpen ? look.languageThreads : [];
    for (const [language, thread] of this.#threads) {
      // If it is chosen again, it gets another thread.
      if (this.#lost.has(thread) && !this.#wanted.includes(language)) this.#threads.delete(language);
    }
    for (const language of this.#wanted) if (!this.#threads.has(language)) this.#open(language);
    for (const thread of this.#threads.values()) thread.configure(look);
  }

  #open(language: string): void {
    const transcript = this.#openThread(language, (utteranceIds, because) => {
      this.#onLost(language, thread, utteranceIds, because);
    });
    const thread = new LanguageThread(language, transcript);
    this.#threads.set(language, thread);
  }

  /** From now on its translations are under their lines, as they are without threads. */
  #onLost(language: string, thread: LanguageThread, utteranceIds: readonly string[], because: string): void {
    if (!this.#lost.has(thread)) {
      const words = this.#words();
      const values = { language: words.language(language), reason: because };
      this.#original.postSentence(words.t('posting.noLanguageThread', values));
    }
    this.#lost.add(thread);
    for (const utteranceId of utteranceIds) {
      const translation = thread.translationOf(utteranceId);
      if (translation) this.#original.postTranslation(translation);
    }
  }

  /** The threads in use now. */
  #inUse(): (readonly [string, LanguageThread])[] {
    return [...this.#threads].filter(
      ([language, thread]) => this.#wanted.includes(language) && !this.#lost.has(thread),
    );
  }

  post(segment: TranscriptSegment, speaker: Person): void {
    const threads = this.#inUse();
    if (segment.kind === 'translation') {
      const [, thread] = nearest(segment.language, threads, ([language]) => language) ?? [];
      if (!thread) this.#original.post(segment, speaker);
      else {
        this.#begun.add(thread);
        thread.post(segment, speaker);
      }
      return;
    }
    this.#original.post(segment, speaker);
    if (segment.kind === 'partial') return;
    for (const [language, thread] of threads) {
      if (relatedLanguage(segment.language, language)) this.#begun.add(thread);
      thread.post(segment, speaker);
    }
  }

  /** Tells the readers of the original, and of each thread that has begun. */
  notice(notice: Notice): void {
    this.#original.notice(notice);
    for (const [, thread] of this.#inUse()) if (this.#begun.has(thread)) thread.notice(notice);
  }

  correct(final: FinalSegment): ShownCorrection {
    for (const thread of this.#threads.values()) thread.correct(final);
    return this.#original.correct(final);
  }

  forget(speakerId: SpeakerId): void {
    this.#original.forget(speakerId);
    for (const thread of this.#threads.values()) thread.forget(speakerId);
  }

  async resumeFrom(record: MeetingRecord, signal: AbortSignal): Promise<readonly FinalSegment[]> {
    const threads = this.#inUse();
    const hasThread = (text: { readonly language: string }) =>
      threads.some(([language]) => relatedLanguage(text.language, language));
    const translations = record.translations.filter((translation) => !hasThread(translation));
    const seen = await this.#original.resumeFrom({ ...record, translations }, signal);
    const all = { ...record, finals: [...record.finals, ...seen] };
    for (const [language, thread] of threads) {
      if ([...all.finals, ...all.translations].some((text) => relatedLanguage(text.language, language)))
        this.#begun.add(thread);
      await thread.resumeFrom(all, signal);
    }
    return seen;
  }

  /** Waits for the threads first: whatever one of them loses goes to the original. */
  async drained(signal: AbortSignal): Promise<void> {
    await Promise.all([...this.#threads.values()].map((thread) => thread.drained(signal)));
    await this.#original.drained(signal);
  }
}
