import type { GuildSettings, TranscriptLook } from './ports.ts';

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
