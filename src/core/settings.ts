import type { ChannelId } from './ids.ts';
import type { SummaryBrief } from './summary.ts';

export interface GuildSettings {
  readonly spoken: string; // ISO 639-1 code or 'auto'
  readonly translateTo: readonly string[];
  readonly transcriptChannelId?: ChannelId;
  readonly minutesChannelId?: ChannelId;
  readonly timeZone?: string; // of dates and times in minutes: an IANA name; UTC unless chosen
  /** Gets the minutes, too, and with `lines` everything as soon as it is final. */
  readonly webhook?: { readonly url: string; readonly secret: string; readonly lines?: boolean };
  readonly glossary?: Glossary; // how terms are written in the channel and in minutes
  readonly summary?: SummaryBrief; // what a model that summarises is told
  readonly optInOnly?: boolean; // only people who opted in are heard
  readonly managerRoleId?: string; // its members may do what managers may
  readonly allowedChannelIds?: readonly ChannelId[]; // where voices may be transcribed; missing or empty: everywhere
  readonly autoStartChannelId?: ChannelId; // in which a meeting begins automatically
  readonly autoStartPeople?: number; // how many people it takes for that
  readonly events?: boolean; // meetings begin and end with the server's events; off unless chosen
  readonly audioChannelIds?: readonly ChannelId[]; // in which audio files are transcribed automatically
  readonly style?: TranscriptStyle; // 'grow' unless chosen
  readonly nameBefore?: string; // the bot's own nickname while a mark is part of it; empty: it had none
  readonly speakerWebhooks?: boolean; // on unless chosen
  readonly thread?: boolean; // off unless chosen
  readonly languageThreads?: boolean; // off unless chosen
  readonly api?: boolean; // keys of members' programs work; on unless chosen
  readonly pause?: PauseLength; // 'normal' unless chosen
}

export interface MemberSettings {
  readonly spoken?: string; // instead of the guild's
  readonly reads?: string; // the language of answers that only they see; missing: as spoken
  readonly pause?: PauseLength; // instead of the guild's
  readonly optedOut: boolean;
  readonly optedIn?: boolean; // counts where the server hears only people who opted in
}

/**
 * How long somebody is silent before their sentence is over: `quick` for short exchanges, `patient` for people who think
 * while they speak.
 */
export type PauseLength = 'quick' | 'normal' | 'patient';

/** A word or name that the recogniser does not know, and how a server wants it written. */
export interface Term {
  readonly written: string;
  /** How it is heard. All lower case: matches in any case; with a capital: matches only so. Empty: as written, in any case. */
  readonly heard: readonly string[];
  readonly translations: Readonly<Record<string, string>>; // by ISO 639-1 code, where that language has another word
}

export type Glossary = readonly Term[];

/**
 * How people see an utterance: as a message that grows while it is spoken, as its final only, or as its final in a digest
 * of several people's words.
 */
export type TranscriptStyle = 'grow' | 'finals' | 'digest';

/** How a guild wants its transcripts to look. */
export interface TranscriptLook {
  readonly style: TranscriptStyle;
  readonly thread: boolean; // in a thread for each meeting; a change applies to the next meeting
  readonly timeZone?: string; // for the date in the thread's name: an IANA name
  readonly speakerWebhooks: boolean; // under the speakers' names and pictures, where the bot has the permission
  readonly languageThreads: readonly string[]; // languages that get a thread of their own instead of lines under the original
}

/** How a guild's transcripts look, with defaults for what it has not chosen. */
export function lookOf(guild: GuildSettings): TranscriptLook {
  const {
    style = 'grow',
    speakerWebhooks = true,
    thread = false,
    languageThreads = false,
    translateTo,
    timeZone,
  } = guild;
  return {
    style,
    speakerWebhooks,
    thread,
    languageThreads: languageThreads ? translateTo : [],
    ...(timeZone !== undefined && { timeZone }),
  };
}

/** The host of a server's webhook, which people are told. The rest of the address may be a secret. */
export function sentOnTo({ webhook }: Pick<GuildSettings, 'webhook'>): string | undefined {
  return webhook && new URL(webhook.url).host;
}
