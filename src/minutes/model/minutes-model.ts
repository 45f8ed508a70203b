import type { SpeakerId } from '../../core/ids.ts';
import type { Attendance, GapReason, MeetingEnding } from '../../core/record.ts';
import type { Correction } from '../../core/segment.ts';
import type { Glossary } from '../../core/settings.ts';
import type { SummaryMaker } from '../../core/summary.ts';
import type { Locale } from '../../i18n/locales.ts';

/**
 * The data from which every format of minutes is made. Names and texts are unescaped: each format escapes them in its
 * own way.
 */
export interface MinutesModel {
  readonly title: string;
  readonly about?: string; // what the event says of itself for which the meeting was held
  readonly channelName: string;
  readonly beganAt: Date;
  readonly timeZone: string; // in which times of day are shown; an IANA name
  readonly summary?: SummaryModel; // missing when too little was said
  readonly durationMs: number; // so far, while the meeting runs
  readonly ending: MeetingEnding | undefined; // missing while the meeting runs
  readonly attendees: readonly Attendee[]; // by when they first joined
  readonly stageAudience?: number; // the most people who listened to the stage at a time; missing: there was no stage
  readonly talkTimes: readonly TalkTime[]; // the most talkative first
  readonly spoken: readonly { readonly name: string; readonly languages: readonly string[] }[];
  readonly translatedInto: readonly string[];
  readonly losses: readonly Loss[];
  /** Lost packets that the decoder filled in, of people with a second or more in total. */
  readonly concealed: readonly { readonly name: string; readonly lengthMs: number }[];
  readonly passages: readonly Passage[];
  readonly locale: Locale; // of headings and notes
  readonly shownIn?: string; // the only language in which lines are shown; missing: as spoken, with translations
}

export interface Attendee {
  readonly renamed?: NonNullable<Attendance['renamed']>; // somebody put the name right
  readonly speakerId: SpeakerId;
  readonly name: string;
  readonly stays: readonly { readonly joinedMs: number; readonly leftMs?: number }[];
}

export interface TalkTime {
  readonly speakerId: SpeakerId;
  readonly name: string;
  readonly talkMs: number;
  readonly share: number; // 0 to 1, of the sum of everybody's talk time
}

/** A span of the meeting that the transcript may be missing. */
export interface Loss {
  readonly speakerId: SpeakerId | undefined;
  readonly name: string | undefined; // missing when it concerns everybody
  readonly startMs: number;
  readonly endMs: number;
  readonly reason: GapReason;
}

/** What one person said without a long pause, and without anybody else beginning in between. */
export interface Passage {
  readonly name: string;
  readonly startMs: number;
  readonly lines: readonly Line[];
}

/** One utterance. `text` is missing when only translations of it are known. */
export interface Line {
  readonly utteranceId: string;
  readonly speakerId: SpeakerId;
  readonly startMs: number;
  readonly endMs: number;
  readonly text?: string;
  readonly language?: string; // of `text`
  readonly isConfirmed: boolean;
  readonly isUntranslated?: true; // there is no text in the requested language
  readonly corrected?: Correction; // somebody put what was spoken right: translations are of the original
  readonly isOfOriginal?: true; // `text` is such a translation
  readonly translations: readonly { readonly language: string; readonly text: string }[];
}

/** The options for showing minutes. */
export interface View {
  /**
   * ISO 639-1: each line that was translated into this language is shown in it. Missing: as spoken, with all
   * translations.
   */
  readonly language?: string;
  readonly timeZone?: string; // an IANA name; the default is UTC
  readonly glossary?: Glossary;
  readonly locale?: Locale; // of headings and notes; the default is English
}

/** A summary, ready to be shown. Its texts are unescaped: each format escapes them in its own way. */
export interface SummaryModel {
  readonly language?: string; // of the texts; missing when the summary consists of quotes
  readonly title?: string;
  readonly sections: readonly SummarySection[]; // without empty ones
  readonly note: string; // how the summary was made
  readonly maker?: SummaryMaker; // missing when the summary consists of quotes
}

/** Of questions, `questions` holds those that stayed open; only quotations tell `answered` ones. */
export type SectionKind = 'keyPoints' | 'decisions' | 'actions' | 'questions' | 'answered';

export interface SummarySection {
  readonly kind: SectionKind;
  readonly heading: string;
  readonly bullets: readonly Bullet[];
}

export interface Bullet {
  readonly text: string;
  readonly who?: string; // who said it, or whose task it is
  readonly due?: string;
  readonly sources: readonly Source[]; // at least one
}

/** Where something was said. */
export interface Source {
  readonly utteranceId: string;
  readonly startMs: number;
  readonly url?: string; // of the Discord message, if known
  readonly quote?: Quote; // missing when the bullet itself quotes these words
}

/** The words that a model's bullet cites, so that a reader sees who said them and can compare them with the bullet; or what a quoted bullet answers or is answered by. */
export interface Quote {
  readonly who: string;
  readonly text: string; // short
}
