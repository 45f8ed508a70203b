import type { ShownCorrection } from '../correcting/correction.ts';
import type { SpeakerId } from '../ids.ts';
import { Latest } from '../latest.ts';
import type { MeetingJournal } from '../ports/journal.ts';
import type { Person } from '../ports/people.ts';
import type { TranscriptChannel } from '../ports/transcript.ts';
import type { SignOfLife } from '../record.ts';
import type { FinalSegment, PartialSegment, TranscriptSegment, TranslationSegment } from '../segment.ts';
import { lookOf } from '../settings.ts';
import { segmentInOwnWords } from '../text/glossary.ts';
import type { MeetingClock } from '../time/clock.ts';
import { SpokenOrder } from '../time/spoken-order.ts';
import type { Audience } from './audience.ts';
import type { Figures } from './figures.ts';
import type { SegmentTaker } from './hearing/speakers.ts';
import type { MeetingRules } from './rules.ts';

const REMEMBERED_FINALS = 500; // translations follow their final within seconds

interface PublishedLine {
  readonly segment: TranscriptSegment;
  readonly speaker: Person;
}

interface PublisherParts {
  readonly clock: MeetingClock;
  readonly rules: MeetingRules;
  readonly journal: Pick<MeetingJournal, 'write'>;
  readonly channel: Pick<TranscriptChannel, 'post' | 'correct'>;
  readonly audience: Pick<Audience, 'publish'>;
  readonly figures: Pick<Figures, 'noteFinal'>;
  readonly personOf: (speakerId: SpeakerId) => Person;
  readonly pending: () => SignOfLife['pending']; // finals wait for what was begun before them
}

/** Keeps what was said, then publishes it: words that still grow at once, finals in the order in which they were spoken. */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #order = new SpokenOrder();
  readonly #waitingTranslations = new Map<string, TranslationSegment[]>(); // of finals that are held back
  #hidden: PublishedLine[] | undefined; // what waits for `showFrom`
  readonly #spokenIn = new Latest<string, string>(REMEMBERED_FINALS); // language by utterance

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** Takes the words of one chain; each chain needs a taker of its own. */
  takerOfChain(): SegmentTaker {
    const growing = new Map<string, PartialSegment>(); // what was shown and is not final
    return {
      takeSegment: (segment) => this.#takeSegment(segment, growing),
      endChain: (isCut) => this.#endGrowing(growing, isCut),
    };
  }

  async #takeSegment(segment: TranscriptSegment, growing: Map<string, PartialSegment>): Promise<void> {
    if (segment.kind === 'partial') {
      this.#takePartial(segment, growing);
      return;
    }
    const { clock, journal, rules, figures } = this.#parts;
    if (segment.kind === 'final') growing.delete(segment.utteranceId);
    if (this.#isEcho(segment)) return;
    await journal.write(segment);
    if (segment.kind === 'final') {
      figures.noteFinal(segment, clock.nowMs());
      // A message that grows took its place at its first word: its final waits for nobody.
      if (lookOf(rules.guild).style === 'grow') this.#publishFinal(segment);
      else this.#order.add(segment, clock.nowMs());
    } else if (this.#order.holds(segment.utteranceId)) {
      const waiting = this.#waitingTranslations.get(segment.utteranceId) ?? [];
      this.#waitingTranslations.set(segment.utteranceId, [...waiting, segment]);
    } else this.#publish(segment);
    this.releaseFinals();
  }

  #takePartial(partial: PartialSegment, growing: Map<string, PartialSegment>): void {
    if (partial.text === '') growing.delete(partial.utteranceId);
    else growing.set(partial.utteranceId, partial);
    this.#publish(partial);
  }

  /** Words that people have seen stay, as not confirmed, unless the speaker may not be heard. */
  async #endGrowing(growing: Map<string, PartialSegment>, isCut: boolean): Promise<void> {
    for (const partial of growing.values()) {
      const end = isCut ? { ...partial, text: '' } : ({ ...partial, kind: 'final', confirmed: false } as const);
      await this.#takeSegment(end, growing);
    }
  }

  /** A translation into the language that was spoken: with `auto`, only the final says which language that is. */
  #isEcho(segment: FinalSegment | TranslationSegment): boolean {
    if (segment.kind === 'translation') return this.#spokenIn.get(segment.utteranceId) === segment.language;
    this.#spokenIn.set(segment.utteranceId, segment.language);
    return false;
  }

  /** From now on nothing is shown in the channel: it is still to be brought up to date. */
  hideFromChannel(): void {
    this.#hidden = [];
  }

  /** Shows what has waited, but for the finals that the channel shows by now. @param shown - their utterances */
  showFrom(shown: ReadonlySet<string>): void {
    const waiting = this.#hidden ?? [];
    this.#hidden = undefined;
    for (const { segment, speaker } of waiting) {
      if (segment.kind === 'final' && segment.corrected) this.#parts.channel.correct(segment);
      else if (segment.kind === 'translation' || !shown.has(segment.utteranceId))
        this.#parts.channel.post(segment, speaker);
    }
  }

  /** Publishes the finals that need not wait any longer; meant to be called several times a second. */
  releaseFinals(): void {
    // The speaker's own pending words count as well, as finals may overtake one another.
    const pending = this.#parts.pending().map(({ speakerId, sinceMs }) => ({ of: speakerId, startMs: sinceMs }));
    for (const final of this.#order.release(this.#parts.clock.nowMs(), pending)) this.#publishFinal(final);
  }

  /** Publishes every final that is held back: nothing more comes. */
  releaseAllFinals(): void {
    for (const final of this.#order.releaseAll()) this.#publishFinal(final);
  }

  /** Drops one speaker's held finals without publishing them. */
  dropSpeaker(speakerId: SpeakerId): void {
    for (const utteranceId of this.#order.drop(speakerId)) this.#waitingTranslations.delete(utteranceId);
  }

  /** Shows a corrected final where its line is. @returns what became of it in the channel */
  showCorrection(final: FinalSegment): ShownCorrection {
    const { channel, audience, personOf } = this.#parts;
    const speaker = personOf(final.speakerId);
    audience.publish({ segment: final, name: speaker.displayName });
    if (!this.#hidden) return channel.correct(final);
    this.#hidden.push({ segment: final, speaker });
    return 'shown'; // soon
  }

  /** Takes finals back from whoever follows the meeting beside its channel: an empty text removes an utterance. */
  retractFinals(finals: readonly FinalSegment[]): void {
    for (const { confirmed: _, ...final } of finals) {
      this.#parts.audience.publish({ segment: { ...final, kind: 'partial', text: '' }, name: '' });
    }
  }

  #publishFinal(final: FinalSegment): void {
    this.#publish(final);
    for (const translation of this.#waitingTranslations.get(final.utteranceId) ?? []) this.#publish(translation);
    this.#waitingTranslations.delete(final.utteranceId);
  }

  #publish(segment: TranscriptSegment): void {
    const { rules, channel, audience, personOf } = this.#parts;
    const written = segmentInOwnWords(segment, rules.guild.glossary ?? []); // the journal keeps what was heard
    const speaker = personOf(segment.speakerId);
    if (this.#hidden) this.#hide(this.#hidden, { segment: written, speaker });
    else channel.post(written, speaker);
    audience.publish({ segment: written, name: speaker.displayName });
  }

  /** Of words that grow, only the newest are worth showing later. */
  #hide(hidden: PublishedLine[], line: PublishedLine): void {
    const { segment } = line;
    if (segment.kind === 'translation') {
      hidden.push(line);
      return;
    }
    const isEarlier = (other: PublishedLine) =>
      other.segment.kind === 'partial' && other.segment.utteranceId === segment.utteranceId;
    const at = hidden.findIndex(isEarlier);
    if (at === -1) hidden.push(line);
    else hidden[at] = line;
  }
}
