import type { GuildSettings, TranscriptLook } from './ports.ts';

/** How transcripts look in this guild; what it has not chosen has its default. */
export function lookOf({ style = 'grow', speakerWebhooks = true, thread = false }: GuildSettings): TranscriptLook {
  return { style, speakerWebhooks, thread };
}
