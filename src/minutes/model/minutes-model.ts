import type { SpeakerId } from '../../core/ids.ts';
import type { GapReason, MeetingEnding } from '../../core/record.ts';
import type { Glossary } from '../../core/settings.ts';
import type { SummaryMaker } from '../../core/summary.ts';
import type { Locale } from '../../i18n/locales.ts';

/** What every form of minutes is made from. Names and texts are as people gave them: each form escapes its own way. */
export interface MinutesModel {
  readonly title: string;
  readonly channelName: string;
  readonly beganAt: Date;
  readonly timeZone: string; // of the times of day: an IANA name
  readonly summary?: SummaryModel; // missing when too little was said
  readonly durationMs: number; // so far, while it runs
  readonly ending: MeetingEnding | undefined; // missing while it runs
  readonly attendees: readonly Attendee[]; // by when they first joined
  readonly talkTimes: readonly TalkTime[]; // the most talkative first
  readonly spoken: readonly { readonly name: string; readonly languages: readonly string[] }[];
  readonly translatedInto: readonly string[];
  readonly losses: readonly Loss[];
  readonly concealed: readonly { readonly name: string; readonly lengthMs: number }[]; // short losses filled in, a second or more in all
  readonly passages: readonly Passage[];
  readonly locale: Locale; // that headings and notes are in
  readonly shownIn?: string; // the one language that every line is shown in; missing: as spoken, with translations
}

export interface Attendee {
  readonly speakerId: SpeakerId;
  readonly name: string;
  readonly stays: readonly { readonly joinedMs: number; readonly leftMs?: number }[];
}

export interface TalkTime {
  readonly speakerId: SpeakerId;
  readonly name: string;
  readonly talkMs: number;
  readonly share: number; // of all talk time, 0 to 1; who speak at the same time are each counted
}

/** Something that was said, or may have been, and is not in the transcript. */
export interface Loss {
  readonly speakerId: SpeakerId | undefined;
  readonly name: string | undefined; // missing when it is everybody
  readonly startMs: number;
  readonly endMs: number;
  readonly reason: GapReason;
}

/** What one person said without a longer pause and without anybody else beginning in between. */
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
  readonly isUntranslated?: true; // it was asked for in another language, which there is none of
  readonly translations: readonly { readonly language: string; readonly text: string }[];
}

/** How minutes are to be shown. */
export interface View {
  /** ISO 639-1: every line in this language, as far as it was translated. Missing: as spoken, with all translations. */
  readonly language?: string;
  readonly timeZone?: string; // an IANA name; UTC unless told
  readonly glossary?: Glossary;
  readonly locale?: Locale; // of headings and notes; English unless told
}

/** What was important, ready to be shown. Texts are as a model or people gave them: each form escapes its own way. */
export interface SummaryModel {
  readonly language?: string; // that it is written in; missing when it quotes
  readonly title?: string;
  readonly sections: readonly SummarySection[]; // those with something in them
  readonly note: string; // how it was made
  readonly maker?: SummaryMaker; // missing when it quotes
}

export type SectionKind = 'keyPoints' | 'decisions' | 'actions' | 'questions';

export interface SummarySection {
  readonly kind: SectionKind;
  readonly heading: string;
  readonly bullets: readonly Bullet[];
}

export interface Bullet {
  readonly text: string;
  readonly who?: string; // whose words or whose task it is
  readonly due?: string;
  readonly sources: readonly Source[]; // one at least
}

/** Where something was said. */
export interface Source {
  readonly utteranceId: string;
  readonly startMs: number;
  readonly url?: string; // of the Discord message, where it is known
  readonly quote?: Quote; // missing where the bullet itself quotes
}

/** The words that a bullet of a model's rests on, so that a reader sees at once whose they are, and what they do not say. */
export interface Quote {
  readonly who: string;
  readonly text: string; // short
}
