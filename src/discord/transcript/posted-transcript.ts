import type { ShownCorrection } from '../../core/correcting/correction.ts';
import type { ChannelId, SpeakerId } from '../../core/ids.ts';
import { Latest } from '../../core/latest.ts';
import type { Notice } from '../../core/notice.ts';
import type { Person } from '../../core/ports/people.ts';
import type { TranscriptChannel } from '../../core/ports/transcript.ts';
import type { MeetingHead, MeetingRecord } from '../../core/record.ts';
import type { FinalSegment, PartialSegment, TranscriptSegment, TranslationSegment } from '../../core/segment.ts';
import type { TranscriptLook } from '../../core/settings.ts';
import { namesIn } from '../../core/text/names.ts';
import type { Words } from '../../i18n/words.ts';
import { escapeInline, escapeNotice } from '../formatting/escape.ts';
import { MAX_CONTENT_WITH_MARGIN } from '../formatting/limits.ts';
import { lineMarks } from '../formatting/line-marks.ts';
import { splitAtWords } from '../formatting/split.ts';
import type { OwnMessage } from '../messages/own-messages.ts';
import type { SpeakerWebhook } from '../messages/speaker-webhook.ts';
import { correctLines } from './correct-lines.ts';
import { LeftBehind, shownIn } from './left-behind.ts';
import { noticeText } from './notice-text.ts';
import type { LeftMessage } from './outbox/drafts.ts';
import {
  type BotSentence,
  headOf,
  type Line,
  type LineHead,
  type LineState,
  linesOf,
  newestOf,
  piecesOf,
  translationLinesOf,
} from './outbox/line.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { PostingPlaces } from './outbox/posting-places.ts';

/** Translations come seconds after their final: older utterances than this many are forgotten. */
const MAX_REMEMBERED = 500;
/** With less room than this in its message, a text goes elsewhere as a whole. */
const WORTH_FILLING = 100;
/** Room for the mark behind words that were never confirmed, or were corrected. */
const MARK_ROOM = 24;

export interface PostedTranscriptParts {
  readonly head: MeetingHead;
  readonly outbox: Outbox;
  readonly places: PostingPlaces;
  readonly webhook: SpeakerWebhook | undefined;
  readonly words: () => Words; // asked each time: a server may change its language
  /** The bot's messages that earlier processes of the meeting left in its place; none when it cannot be read. */
  readonly leftMessages: (signal: AbortSignal) => Promise<readonly OwnMessage[]>;
  /** The picture of somebody who is in the server. */
  readonly pictureOf: (id: SpeakerId) => string | undefined;
}

/**
 * An utterance that people can see, so that what comes later (more words, translations, a better text) finds its place.
 */
interface Utterance {
  readonly head: LineHead;
  lines: readonly Line[]; // usually one: long texts are cut
  readonly apart: Line[]; // translations that had no room under them
  readonly texts: Map<string, string>; // the last text of each language; '' is the original, once it is final
}

/** One channel's transcript: decides which lines there are and what they say; the outbox gets them there. */
export class PostedTranscript implements TranscriptChannel {
  readonly #parts: PostedTranscriptParts;
  readonly #outbox: Outbox;
  readonly #utterances = new Latest<string, Utterance>(MAX_REMEMBERED);
  readonly #early = new Latest<string, TranslationSegment[]>(MAX_REMEMBERED); // they came before their final
  readonly #remarks: BotSentence[] = []; // the newest that name somebody
  readonly #ofOriginal = new Latest<string, true>(MAX_REMEMBERED); // utterances whose texts here are translations of that

  constructor(parts: PostedTranscriptParts) {
    this.#parts = parts;
    this.#outbox = parts.outbox;
  }

  get channelId(): ChannelId {
    return this.#parts.places.known ?? this.#parts.head.textChannelId;
  }

  configure({ style, speakerWebhooks }: TranscriptLook): void {
    const { webhook } = this.#parts;
    if (webhook) webhook.isWanted = speakerWebhooks;
    this.#outbox.changeStyle(style);
  }

  post(segment: TranscriptSegment, speaker: Person): void {
    switch (segment.kind) {
      case 'partial':
        this.#postPartial(segment, speaker);
        break;
      case 'final':
        this.#postFinal(segment, speaker);
        break;
      case 'translation':
        this.postTranslation(segment);
        break;
    }
  }

  /** Shows a translation under its line, or keeps it until the line is final. */
  postTranslation(translation: TranslationSegment): void {
    const { utteranceId } = translation;
    const utterance = this.#utterances.get(utteranceId);
    if (utterance?.texts.has('')) this.#showTranslation(utterance, translation);
    else this.#early.set(utteranceId, [...(this.#early.get(utteranceId) ?? []), translation]);
  }

  notice(notice: Notice): void {
    this.postSentence(noticeText(notice, this.#parts.words()), 'speakerId' in notice ? notice.speakerId : undefined);
  }

  /** Posts a sentence of the bot. @param about - the person it names */
  postSentence(text: string, about?: SpeakerId): void {
    for (const piece of splitAtWords(escapeNotice(text), MAX_CONTENT_WITH_MARGIN)) {
      const sentence = { kind: 'sentence', text: piece, ...(about !== undefined && { about }) } as const;
      if (about !== undefined) this.#remarks.push(sentence);
      this.#outbox.addSentence(sentence);
    }
    this.#remarks.splice(0, Math.max(0, this.#remarks.length - MAX_REMEMBERED));
  }

  async resumeFrom(record: MeetingRecord, signal: AbortSignal): Promise<readonly FinalSegment[]> {
    const left = new LeftBehind(record, lineMarks(this.#parts.words()));
    const unkept: FinalSegment[] = [];
    for (const message of await this.#parts.leftMessages(signal)) {
      const read = left.read(message);
      if (read) unkept.push(...this.#adoptMessage(read, record));
    }
    const names = namesIn(record);
    for (const final of record.finals) {
      const { utteranceId, speakerId: id } = final;
      if (!this.#utterances.has(utteranceId) && left.isPosted(utteranceId)) continue; // somebody deleted it
      const avatarUrl = this.#parts.pictureOf(id);
      const person = { id, displayName: names.get(id) ?? '', isBot: false };
      this.post(final, { ...person, ...(avatarUrl !== undefined && { avatarUrl }) });
    }
    for (const translation of record.translations) {
      if (this.#utterances.has(translation.utteranceId)) this.postTranslation(translation);
    }
    return unkept;
  }

  /** @returns words of which the journal holds no final: they stay, those that were growing marked as not confirmed */
  #adoptMessage(left: LeftMessage, record: MeetingRecord): FinalSegment[] {
    this.#outbox.adoptMessage(left);
    return left.entries.flatMap((line) => {
      if (line.kind === 'sentence') return [];
      const { texts, unkept } = shownIn(line, record, left.message.changedAtMs);
      const utterance = this.#utterances.get(line.utteranceId) ?? utteranceOf(line);
      utterance.lines = [...utterance.lines, line];
      for (const [language, text] of texts) utterance.texts.set(language, text);
      this.#utterances.set(line.utteranceId, utterance);
      if (line.state === 'growing' && unkept) this.#replaceLine(utterance, line, { ...line, state: 'unconfirmed' });
      return unkept ?? [];
    });
  }

  drained(signal: AbortSignal): Promise<void> {
    return this.#outbox.drained(signal);
  }

  correct(final: FinalSegment): ShownCorrection {
    const utterance = this.#utterances.get(final.utteranceId);
    if (!utterance?.texts.has('') || utterance.lines.length === 0) return 'not here';
    const lines = utterance.lines.filter((line) => this.#outbox.mayReplace(line));
    if (lines.length < utterance.lines.length) return 'not here'; // its message is in a place that was left
    const outcome = correctLines(lines, final.text, {
      roomOf: (line, newLine) => this.#outbox.roomWith(line, newLine),
      replace: (line, newLine) => this.#replaceLine(utterance, line, newLine),
      remove: (line) => {
        utterance.lines = utterance.lines.filter((one) => one !== line);
        this.#outbox.withdrawEntry(line);
      },
    });
    if (outcome === 'no room') return outcome;
    utterance.texts.set('', final.text);
    for (const [at, line] of utterance.apart.entries()) {
      const newLine = { ...line, state: 'corrected' } as const;
      if (!this.#outbox.mayReplace(line) || this.#outbox.roomWith(line, newLine) < 0) continue;
      utterance.apart[at] = newLine;
      this.#outbox.replaceLine(line, newLine);
    }
    return outcome;
  }

  /** The texts of these utterances, shown here or still to come, are translations of what was corrected since. */
  markOfOriginal(utteranceIds: readonly string[]): void {
    for (const id of utteranceIds) {
      this.#ofOriginal.set(id, true);
      const utterance = this.#utterances.get(id);
      for (const line of utterance?.lines ?? []) {
        const newLine = { ...line, state: 'ofOriginal' } as const;
        if (utterance && this.#outbox.mayReplace(line) && this.#outbox.roomWith(line, newLine) >= 0)
          this.#replaceLine(utterance, line, newLine);
      }
    }
  }

  forget(speakerId: SpeakerId): void {
    for (const [id, { head }] of this.#utterances) if (head.speakerId === speakerId) this.#withdrawUtterance(id);
    for (const remark of this.#remarks) if (remark.about === speakerId) this.#outbox.withdrawEntry(remark);
  }

  #withdrawUtterance(id: string): void {
    const { lines = [], apart = [] } = this.#utterances.get(id) ?? {};
    for (const line of [...lines, ...apart]) this.#outbox.withdrawEntry(line);
    this.#utterances.delete(id);
    this.#early.delete(id);
  }

  #postPartial(partial: PartialSegment, speaker: Person): void {
    if (this.#outbox.style !== 'grow') return;
    const known = this.#utterances.get(partial.utteranceId);
    if (known?.texts.has('')) return; // its final was quicker
    if (partial.text.trim() === '') {
      this.#withdrawUtterance(partial.utteranceId);
      return;
    }
    const [line] = known?.lines ?? [];
    if (!known || !line || !this.#outbox.mayReplace(line)) {
      this.#postLines(known ?? this.#beginUtterance(partial, speaker), partial, 'growing');
      return;
    }
    const text = newestOf(partial.text, this.#roomFor(line)); // a reader of long speech wants to see it go on
    if (text !== undefined) this.#replaceLine(known, line, { ...line, text, endMs: partial.endMs });
  }

  #postFinal(final: FinalSegment, speaker: Person): void {
    const known = this.#utterances.get(final.utteranceId);
    const state = this.#stateOf(final);
    const [line] = known?.lines ?? [];
    if (known?.texts.get('') === final.text && line?.state === state) return;
    const utterance = known ?? this.#beginUtterance(final, speaker);
    utterance.texts.set('', final.text);
    if (piecesOf(final.text).length === 0) {
      for (const line of utterance.lines) this.#outbox.withdrawEntry(line);
      utterance.lines = [];
    } else if (!line || !this.#replaceText(utterance, line, final, state)) this.#postLines(utterance, final, state);
    for (const translation of this.#early.get(final.utteranceId) ?? []) this.#showTranslation(utterance, translation);
    this.#early.delete(final.utteranceId);
  }

  #stateOf({ utteranceId, confirmed, corrected }: FinalSegment): LineState {
    if (corrected) return 'corrected';
    if (this.#ofOriginal.has(utteranceId)) return 'ofOriginal';
    return confirmed ? 'final' : 'unconfirmed';
  }

  #beginUtterance(segment: PartialSegment | FinalSegment, speaker: Person): Utterance {
    const { head, words } = this.#parts;
    const utterance = utteranceOf(headOf(speaker, segment, head.beganAt, lineMarks(words())));
    this.#utterances.set(segment.utteranceId, utterance);
    return utterance;
  }

  #postLines(utterance: Utterance, { text, endMs }: PartialSegment | FinalSegment, state: LineState): void {
    const newest = state === 'growing' ? newestOf(text) : undefined;
    utterance.lines = linesOf(utterance.head, newest === undefined ? piecesOf(text) : [newest], state, endMs);
    for (const line of utterance.lines) this.#outbox.addLine(line);
  }

  /**
   * Puts a final in the place of what people saw so far, as far as there is room.
   *
   * @returns false when the place is gone
   */
  #replaceText(utterance: Utterance, line: Line, { text, endMs }: FinalSegment, state: LineState): boolean {
    if (utterance.lines.length > 1 || !this.#outbox.mayReplace(line)) return false;
    const room = this.#roomFor(line);
    const [first, ...others] = room > 0 ? piecesOf(text, room) : [];
    if (first === undefined || (others.length > 0 && first.length < WORTH_FILLING)) {
      this.#outbox.withdrawEntry(line);
      return false;
    }
    const newLine = { ...line, text: first, state, endMs };
    const rest = linesOf(utterance.head, others, state, endMs);
    utterance.lines = [newLine, ...rest];
    this.#outbox.replaceLine(line, newLine);
    this.#outbox.insertLinesAfter(newLine, rest);
    return true;
  }

  /** How long a text may be where this line is. */
  #roomFor(line: Line): number {
    return this.#outbox.roomWith(line, line) + line.text.length - MARK_ROOM;
  }

  #showTranslation(utterance: Utterance, { language, text }: TranslationSegment): void {
    const escaped = escapeInline(text);
    if (escaped === '' || utterance.texts.get(language) === text) return;
    utterance.texts.set(language, text);
    this.#outbox.expectTranslations(language);
    const line = utterance.lines.at(-1);
    if (!line) return; // its final had nothing to read
    const newLine = { ...line, translations: new Map(line.translations).set(language, escaped) };
    if (this.#outbox.mayReplace(line) && this.#outbox.roomWith(line, newLine) >= 0) {
      this.#replaceLine(utterance, line, newLine);
      return;
    }
    const apart = translationLinesOf(utterance.head, language, escaped, line.state);
    utterance.apart.push(...apart);
    this.#outbox.insertLinesAfter(line, apart);
  }

  #replaceLine(utterance: Utterance, line: Line, newLine: Line): void {
    utterance.lines = utterance.lines.map((one) => (one === line ? newLine : one));
    this.#outbox.replaceLine(line, newLine);
  }
}

function utteranceOf(head: LineHead): Utterance {
  return { head, lines: [], apart: [], texts: new Map() };
}
