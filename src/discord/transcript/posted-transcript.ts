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
import { doubtMark } from '../formatting/doubt-mark.ts';
import { escapeInline, escapeNotice, unescapeInline } from '../formatting/escape.ts';
import { MAX_CONTENT_WITH_MARGIN } from '../formatting/limits.ts';
import { splitAtWords } from '../formatting/split.ts';
import type { OwnMessage } from '../messages/own-messages.ts';
import type { SpeakerWebhook } from '../messages/speaker-webhook.ts';
import { LeftBehind } from './left-behind.ts';
import { noticeText } from './notice-text.ts';
import type { LeftMessage } from './outbox/drafts.ts';
import {
  type BotSentence,
  type Line,
  type LineState,
  linesOf,
  newestOf,
  piecesOf,
  type Said,
  saidBy,
  translationLinesOf,
} from './outbox/line.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { PostingPlaces } from './outbox/posting-places.ts';

/** Translations come seconds after their final: older utterances than this many are forgotten. */
const MAX_REMEMBERED = 500;
/** With less room than this in its message, a text goes elsewhere as a whole. */
const WORTH_FILLING = 100;
/** For what stands behind a text to say how sure it is. */
const MARK_ROOM = 20;

/** An utterance that was told, so that what comes later (more words, translations, a better text) finds its place. */
interface Utterance {
  readonly said: Said;
  lines: readonly Line[]; // usually one: long texts are cut
  readonly texts: Map<string, string>; // what was last told, by language; '' is the original, once it is final
}

/** One channel's transcript: decides which lines there are and what they say; the outbox gets them there. */
export class PostedTranscript implements TranscriptChannel {
  readonly #textChannelId: ChannelId;
  readonly #places: PostingPlaces;
  readonly #beganAtMs: number;
  readonly #outbox: Outbox;
  readonly #webhook: SpeakerWebhook | undefined;
  readonly #ownMessages: (sinceMs: number, signal: AbortSignal) => Promise<readonly OwnMessage[]>;
  readonly #pictureOf: (id: SpeakerId) => string | undefined; // of somebody who is there
  readonly #complain: (because: string, error: unknown) => void;
  readonly #words: () => Words; // now: a server may change its language
  readonly #utterances = new Latest<string, Utterance>(MAX_REMEMBERED);
  readonly #early = new Latest<string, TranslationSegment[]>(MAX_REMEMBERED); // translations that came before their final
  readonly #remarks: BotSentence[] = []; // that name somebody, the newest

  constructor(
    head: MeetingHead,
    outbox: Outbox,
    places: PostingPlaces,
    webhook: SpeakerWebhook | undefined,
    words: () => Words,
    read: (sinceMs: number, signal: AbortSignal) => Promise<readonly OwnMessage[]>,
    pictureOf: (id: SpeakerId) => string | undefined,
    complain: (because: string, error: unknown) => void,
  ) {
    this.#webhook = webhook;
    this.#ownMessages = read;
    this.#pictureOf = pictureOf;
    this.#complain = complain;
    this.#textChannelId = head.textChannelId;
    this.#places = places;
    this.#words = words;
    this.#beganAtMs = head.beganAt.getTime();
    this.#outbox = outbox;
  }

  get channelId(): ChannelId {
    return this.#places.known ?? this.#textChannelId;
  }

  configure({ style, speakerWebhooks }: TranscriptLook): void {
    if (this.#webhook) this.#webhook.isWanted = speakerWebhooks;
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
        this.translate(segment);
        break;
    }
  }

  /** Shows a translation under its line. */
  translate(translation: TranslationSegment): void {
    const utterance = this.#utterances.get(translation.utteranceId);
    if (utterance?.texts.has('')) this.#showTranslation(utterance, translation);
    else {
      const early = this.#early.get(translation.utteranceId) ?? [];
      this.#early.set(translation.utteranceId, [...early, translation]);
    }
  }

  notice(notice: Notice): void {
    this.say(noticeText(notice, this.#words()), 'speakerId' in notice ? notice.speakerId : undefined);
  }

  /** A sentence of the bot's own. @param about - whom it names */
  say(text: string, about?: SpeakerId): void {
    for (const piece of splitAtWords(escapeNotice(text), MAX_CONTENT_WITH_MARGIN)) {
      const remark = { kind: 'sentence', text: piece, ...(about !== undefined && { about }) } as const;
      if (about !== undefined) this.#remarks.push(remark);
      this.#outbox.addSentence(remark);
    }
    this.#remarks.splice(0, Math.max(0, this.#remarks.length - MAX_REMEMBERED));
  }

  async takeUp(record: MeetingRecord, signal: AbortSignal): Promise<readonly FinalSegment[]> {
    const left = new LeftBehind(record, doubtMark(this.#words()));
    const seen: FinalSegment[] = [];
    for (const message of await this.#leftMessages(record, signal)) {
      const read = left.read(message);
      if (read) seen.push(...this.#adopt(read, record));
    }
    const names = namesIn(record);
    for (const final of record.finals) {
      const { speakerId: id } = final;
      const avatarUrl = this.#pictureOf(id);
      const person = { id, displayName: names.get(id) ?? '', isBot: false };
      const speaker = { ...person, ...(avatarUrl !== undefined && { avatarUrl }) };
      if (this.#utterances.has(final.utteranceId) || !left.isPosted(final.utteranceId)) this.post(final, speaker);
    }
    for (const translation of record.translations) {
      if (this.#utterances.has(translation.utteranceId)) this.translate(translation);
    }
    return seen;
  }

  /** Where the channel cannot be read, the journal alone has to tell what was posted. */
  async #leftMessages({ head }: MeetingRecord, signal: AbortSignal): Promise<readonly OwnMessage[]> {
    try {
      const messages = await this.#ownMessages(head.beganAt.getTime(), signal);
      const webhook = this.#webhook;
      if (!webhook) return messages;
      const isWebhookUsed = messages.some(({ writtenAs }) => writtenAs !== undefined);
      if (isWebhookUsed && !webhook.isOpen) await webhook.open(signal);
      return await Promise.all(messages.map((message) => webhook.reread(message, signal)));
    } catch (error) {
      this.#complain('What was posted before could not be read', error);
      return [];
    }
  }

  /** @returns words of which no final is known: they stay, as not confirmed */
  #adopt(left: LeftMessage, record: MeetingRecord): FinalSegment[] {
    this.#outbox.adoptMessage(left);
    const unfinished: FinalSegment[] = [];
    for (const line of left.entries) {
      if (line.kind === 'sentence') continue;
      const { utteranceId, speakerId, startMs, endMs } = line;
      const final = record.finals.find((candidate) => candidate.utteranceId === utteranceId);
      const known = this.#utterances.get(utteranceId);
      const utterance: Utterance = known ?? { said: line, lines: [], texts: new Map() };
      utterance.lines = [...utterance.lines, line];
      this.#utterances.set(utteranceId, utterance);
      for (const translation of record.translations) {
        const { language, text } = translation;
        const isShown =
          translation.utteranceId === utteranceId && line.translations.get(language) === escapeInline(text);
        if (isShown) utterance.texts.set(language, text);
      }
      if (final && line.state !== 'growing') utterance.texts.set('', final.text);
      if (final || line.state !== 'growing') continue;
      this.#replaceLine(utterance, line, { ...line, state: 'unconfirmed' });
      const text = unescapeInline(line.text);
      utterance.texts.set('', text);
      const language = languageOf(record, speakerId);
      unfinished.push({ kind: 'final', confirmed: false, utteranceId, speakerId, startMs, endMs, text, language });
    }
    return unfinished;
  }

  drained(signal: AbortSignal): Promise<void> {
    return this.#outbox.drained(signal);
  }

  forget(speakerId: SpeakerId): void {
    for (const [id, { said, lines }] of this.#utterances) {
      if (said.speakerId !== speakerId) continue;
      for (const line of lines) this.#outbox.withdrawEntry(line);
      this.#utterances.delete(id);
      this.#early.delete(id);
    }
    for (const remark of this.#remarks) if (remark.about === speakerId) this.#outbox.withdrawEntry(remark);
  }

  // ------------------------------------------------------------------------------------------ what is being spoken

  #postPartial(partial: PartialSegment, speaker: Person): void {
    if (this.#outbox.style !== 'grow') return;
    const known = this.#utterances.get(partial.utteranceId);
    if (known?.texts.has('')) return; // its final was quicker
    if (partial.text.trim() === '') {
      this.#withdraw(partial.utteranceId);
      return;
    }
    const [line] = known?.lines ?? [];
    if (!known || !line || !this.#outbox.mayReplace(line)) {
      this.#postLines(known ?? this.#begin(partial, speaker), partial, 'growing');
      return;
    }
    const text = newestOf(partial.text, this.#roomFor(line)); // a reader of long speech wants to see it go on
    if (text === undefined) return;
    this.#replaceLine(known, line, { ...line, text, endMs: partial.endMs });
  }

  #withdraw(utteranceId: string): void {
    for (const line of this.#utterances.get(utteranceId)?.lines ?? []) this.#outbox.withdrawEntry(line);
    this.#utterances.delete(utteranceId);
  }

  // ------------------------------------------------------------------------------------------------ what was said

  #postFinal(final: FinalSegment, speaker: Person): void {
    const known = this.#utterances.get(final.utteranceId);
    const state = final.confirmed ? 'final' : 'unconfirmed';
    const [line] = known?.lines ?? [];
    if (known?.texts.get('') === final.text && line?.state === state) return;
    const utterance = known ?? this.#begin(final, speaker);
    utterance.texts.set('', final.text);
    if (piecesOf(final.text).length === 0) {
      for (const line of utterance.lines) this.#outbox.withdrawEntry(line);
      utterance.lines = [];
    } else if (!line || !this.#replaceText(utterance, line, final, state)) this.#postLines(utterance, final, state);
    for (const translation of this.#early.get(final.utteranceId) ?? []) this.#showTranslation(utterance, translation);
    this.#early.delete(final.utteranceId);
  }

  #begin(segment: PartialSegment | FinalSegment, speaker: Person): Utterance {
    const utterance = {
      said: saidBy(speaker, segment, this.#beganAtMs, doubtMark(this.#words())),
      lines: [],
      texts: new Map(),
    };
    this.#utterances.set(segment.utteranceId, utterance);
    return utterance;
  }

  #postLines(utterance: Utterance, { text, endMs }: PartialSegment | FinalSegment, state: LineState): void {
    const newest = state === 'growing' ? newestOf(text) : undefined;
    const pieces = newest === undefined ? piecesOf(text) : [newest];
    utterance.lines = linesOf(utterance.said, pieces, state, endMs);
    for (const line of utterance.lines) this.#outbox.addLine(line);
  }

  /** The final takes the place of what was shown, as far as there is room. False when its place is gone. */
  #replaceText(utterance: Utterance, line: Line, { text, endMs }: FinalSegment, state: LineState): boolean {
    if (utterance.lines.length > 1 || !this.#outbox.mayReplace(line)) return false;
    const pieces = this.#cutFor(line, text);
    const [first] = pieces;
    if (first === undefined || (pieces.length > 1 && first.length < WORTH_FILLING)) {
      this.#outbox.withdrawEntry(line);
      return false;
    }
    const newLine = { ...line, text: first, state, endMs };
    const rest = linesOf(utterance.said, pieces.slice(1), state, endMs);
    utterance.lines = [newLine, ...rest];
    this.#outbox.replaceLine(line, newLine);
    this.#outbox.insertLinesAfter(newLine, rest);
    return true;
  }

  /** A text in pieces of which the first fits where the line stands. */
  #cutFor(line: Line, text: string): string[] {
    const room = this.#roomFor(line);
    return room > 0 ? piecesOf(text, room) : [];
  }

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
    if (this.#outbox.mayReplace(line) && this.#outbox.roomWith(line, newLine) >= 0)
      this.#replaceLine(utterance, line, newLine);
    else this.#outbox.insertLinesAfter(line, translationLinesOf(utterance.said, language, escaped));
  }

  #replaceLine(utterance: Utterance, line: Line, newLine: Line): void {
    utterance.lines = utterance.lines.map((one) => (one === line ? newLine : one));
    this.#outbox.replaceLine(line, newLine);
  }
}

/** What was probably spoken. */
function languageOf({ finals }: MeetingRecord, speakerId: SpeakerId): string {
  const own = finals.findLast((final) => final.speakerId === speakerId);
  return (own ?? finals.at(-1))?.language ?? 'und';
}
