import type { ChannelId } from './ids.ts';

export interface GuildSettings {
  readonly spoken: string; // ISO 639-1 code or 'auto'
  readonly translateTo: readonly string[];
  readonly transcriptChannelId?: ChannelId;
  readonly minutesChannelId?: ChannelId;
  readonly timeZone?: string; // of dates and times in minutes: an IANA name; UTC unless chosen
  readonly webhook?: { readonly url: string; readonly secret: string }; // that minutes are sent on to
  readonly glossary?: Glossary; // how terms are written in the channel and in minutes
  readonly optInOnly?: boolean; // nobody is heard who did not say yes
  readonly managerRoleId?: string; // who has it may do what managers may
  readonly allowedChannelIds?: readonly ChannelId[]; // where voices may be transcribed; missing or empty: everywhere
  readonly autoStartChannelId?: ChannelId; // where a meeting begins by itself
  readonly autoStartPeople?: number; // once so many are there
  readonly audioChannelIds?: readonly ChannelId[]; // whose audio files are transcribed without being asked
  readonly style?: TranscriptStyle; // 'grow' unless chosen
  readonly nameBefore?: string; // the bot's nickname, while a mark cuts it short; empty: it had none
  readonly speakerWebhooks?: boolean; // on unless chosen
  readonly thread?: boolean; // off unless chosen
  readonly languageThreads?: boolean; // off unless chosen
}

export interface MemberSettings {
  readonly spoken?: string; // instead of the guild's
  readonly reads?: string; // in which language they read what only they see; missing: as it was spoken
  readonly optedOut: boolean;
  readonly optedIn?: boolean; // said yes; counts where the server hears only those
}

/** A word or name that the recogniser does not know, and how a server wants it written. */
export interface Term {
  readonly written: string;
  /** What it is heard as. All small letters: in any case; with a capital: only so. Empty: as it is written, in any case. */
  readonly heard: readonly string[];
  readonly translations: Readonly<Record<string, string>>; // by ISO 639-1 code, where it is another word there
}

export type Glossary = readonly Term[];

/**
 * What people see of an utterance: one message that grows while it is spoken, its final only, or its final in a digest
 * of several people's words every so often.
 */
export type TranscriptStyle = 'grow' | 'finals' | 'digest';

/** How a guild wants its transcripts to look. */
export interface TranscriptLook {
  readonly style: TranscriptStyle;
  readonly thread: boolean; // in a thread of the meeting's own; a change is for the next meeting
  readonly timeZone?: string; // of the day that the thread is called by: an IANA name
  readonly speakerWebhooks: boolean; // under the speakers' own names and pictures, where that is permitted
  readonly languageThreads: readonly string[]; // languages with a thread of their own, instead of under the original
}

/** How transcripts look in this guild; what it has not chosen has its default. */
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

/** To which host a server's minutes are sent on, as people are told of it: the rest of the address may be a secret. */
export function sentOnTo({ webhook }: Pick<GuildSettings, 'webhook'>): string | undefined {
  return webhook && new URL(webhook.url).host;
}
