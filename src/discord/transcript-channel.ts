import type { ChannelId } from '../core/ids.ts';
import type { Notice } from '../core/notice.ts';
import type { Person, TranscriptChannel, TranscriptChannels } from '../core/ports.ts';
import type { FinalSegment, TranslationSegment } from '../core/segment.ts';
import type { Words } from '../i18n/words.ts';
import { channelWords } from './channel-words.ts';
import { escapeInline, escapeNotice } from './escape.ts';
import { type Line, linesOf, piecesOf, type Said, saidBy, translationLinesOf } from './line.ts';
import { noticeText } from './notice-text.ts';
import { Outbox, type OutboxParts } from './outbox.ts';
import { splitAtWords } from './split.ts';

/** Translations come seconds after their final: older utterances than this many are forgotten. */
const MAX_REMEMBERED = 500;
const MAX_NOTICE = 1_900;

/** Transcripts as messages of the bot, in any text channel. */
export class DiscordTranscriptChannels implements TranscriptChannels {
  readonly #parts: OutboxParts;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  open(channelId: ChannelId, beganAt: Date): TranscriptChannel {
    const words = () => channelWords(this.#parts.client, channelId);
    return new PostedTranscript(channelId, beganAt, new Outbox(channelId, this.#parts), words);
  }
}

/** An utterance that was told, so that what comes later (translations, a better text) finds its place. */
interface Utterance {
  readonly said: Said;
  lines: Line[]; // usually one: long texts are cut
  readonly texts: Map<string, string>; // what was last told, by language; '' is the original
}

/** One channel's transcript: decides which lines there are and what they say; the outbox gets them there. */
class PostedTranscript implements TranscriptChannel {
  readonly channelId: ChannelId;
  readonly #beganAtMs: number;
  readonly #outbox: Outbox;
  readonly #words: () => Words; // now: a server may change its language
  readonly #utterances = new Map<string, Utterance>();
  readonly #early = new Map<string, TranslationSegment[]>(); // translations that came before their final

  constructor(channelId: ChannelId, beganAt: Date, outbox: Outbox, words: () => Words) {
    this.channelId = channelId;
    this.#words = words;
    this.#beganAtMs = beganAt.getTime();
    this.#outbox = outbox;
  }

  post(segment: FinalSegment | TranslationSegment, speaker: Person): void {
    if (segment.kind === 'final') this.#postFinal(segment, speaker);
    else this.#postTranslation(segment);
    this.#outbox.wake();
  }

  notice(notice: Notice): void {
    const text = noticeText(notice, this.#words());
    for (const piece of splitAtWords(escapeNotice(text), MAX_NOTICE)) this.#outbox.put({ kind: 'notice', text: piece });
    this.#outbox.wake();
  }

  drained(signal: AbortSignal): Promise<void> {
    return this.#outbox.drained(signal);
  }

  #postFinal(final: FinalSegment, speaker: Person): void {
    const known = this.#utterances.get(final.utteranceId);
    if (known) {
      this.#correct(known, final);
      return;
    }
    const atS = Math.floor((this.#beganAtMs + final.startMs) / 1_000);
    const said = saidBy(speaker, atS, final.startMs, final.endMs);
    const utterance: Utterance = { said, lines: linesOf(said, final.text, final.confirmed), texts: new Map() };
    utterance.texts.set('', final.text);
    remember(this.#utterances, final.utteranceId, utterance);
    for (const line of utterance.lines) this.#outbox.add(line);
    for (const translation of this.#early.get(final.utteranceId) ?? []) this.#translate(utterance, translation);
    this.#early.delete(final.utteranceId);
  }

  /** The same utterance came again, better. */
  #correct(utterance: Utterance, final: FinalSegment): void {
    const [line] = utterance.lines;
    if (utterance.texts.get('') === final.text && line?.confirmed !== false) return;
    utterance.texts.set('', final.text);
    const pieces = piecesOf(final.text);
    const [text] = pieces;
    if (
      line &&
      text !== undefined &&
      pieces.length === 1 &&
      utterance.lines.length === 1 &&
      this.#outbox.mayChange(line)
    ) {
      const before = line.text;
      line.text = text;
      if (this.#outbox.fits(line)) {
        line.confirmed = final.confirmed;
        this.#outbox.changed(line);
        return;
      }
      line.text = before;
    }
    utterance.lines = linesOf(utterance.said, final.text, final.confirmed);
    for (const fresh of utterance.lines) this.#outbox.add(fresh);
  }

  #postTranslation(translation: TranslationSegment): void {
    const utterance = this.#utterances.get(translation.utteranceId);
    if (utterance) this.#translate(utterance, translation);
    else {
      const early = this.#early.get(translation.utteranceId) ?? [];
      remember(this.#early, translation.utteranceId, [...early, translation]);
    }
  }

  #translate(utterance: Utterance, { language, text }: TranslationSegment): void {
    const escaped = escapeInline(text);
    if (escaped === '' || utterance.texts.get(language) === text) return;
    utterance.texts.set(language, text);
    this.#outbox.expectTranslations(language);
    const line = utterance.lines.at(-1);
    if (!line) return; // its final had nothing to read
    if (this.#outbox.mayChange(line)) {
      const before = line.translations.get(language);
      line.translations.set(language, escaped);
      if (this.#outbox.fits(line)) {
        this.#outbox.changed(line);
        return;
      }
      if (before === undefined) line.translations.delete(language);
      else line.translations.set(language, before);
    }
    this.#outbox.insertAfter(line, translationLinesOf(utterance.said, language, escaped));
  }
}

/** Keeps the newest only. */
function remember<T>(known: Map<string, T>, key: string, value: T): void {
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > MAX_REMEMBERED && oldest !== undefined) known.delete(oldest);
}
