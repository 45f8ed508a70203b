import { z } from 'zod';
import type { GuildSettings, MemberSettings } from '../../core/settings.ts';
import { MAX_CONTEXT_CHARS, SUMMARY_TEMPLATES } from '../../core/summary.ts';
import { readTimeZone } from '../../core/time/time-zone.ts';

const language = z.string().regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i);
const pause = z.enum(['quick', 'normal', 'patient']);
const snowflake = z.string().regex(/^\d{1,20}$/);

const term = z.object({
  written: z.string(),
  heard: z.array(z.string()),
  translations: z.record(z.string(), z.string()),
});

/** The schema of a guild's stored settings, with defaults for what is missing. */
export const guildValues = z.object({
  spoken: z.union([z.literal('auto'), language]).default('auto'),
  translateTo: z.array(language).default([]),
  transcriptChannelId: snowflake.exactOptional(),
  minutesChannelId: snowflake.exactOptional(),
  timeZone: z
    .string()
    .refine((name) => readTimeZone(name) !== undefined)
    .exactOptional(),
  webhook: z
    .object({
      url: z.url({ protocol: /^https?$/ }),
      secret: z.string().min(1),
      lines: z.boolean().exactOptional(),
    })
    .exactOptional(),
  glossary: z.array(term).exactOptional(),
  summary: z
    .object({
      template: z.enum(SUMMARY_TEMPLATES).exactOptional(),
      context: z.string().max(MAX_CONTEXT_CHARS).exactOptional(),
    })
    .exactOptional(),
  optInOnly: z.boolean().exactOptional(),
  managerRoleId: snowflake.exactOptional(),
  allowedChannelIds: z.array(snowflake).exactOptional(),
  autoStartChannelId: snowflake.exactOptional(),
  autoStartPeople: z.number().int().min(1).max(99).exactOptional(),
  events: z.boolean().exactOptional(),
  audioChannelIds: z.array(snowflake).exactOptional(),
  speakerWebhooks: z.boolean().exactOptional(),
  thread: z.boolean().exactOptional(),
  languageThreads: z.boolean().exactOptional(),
  api: z.boolean().exactOptional(),
  style: z.enum(['grow', 'finals', 'digest']).exactOptional(),
  nameBefore: z.string().max(32).exactOptional(),
  pause: pause.exactOptional(),
}) satisfies z.ZodType<GuildSettings>;

/** The schema of a member's stored settings. */
export const memberValues = z.object({
  spoken: z.union([z.literal('auto'), language]).exactOptional(),
  reads: language.exactOptional(),
  pause: pause.exactOptional(),
  optedOut: z.boolean().default(false),
  optedIn: z.boolean().exactOptional(),
}) satisfies z.ZodType<MemberSettings>;

/** For a guild whose stored settings cannot be read: it may have chosen to hear only people who opted in, and no programs. */
export const UNREADABLE_GUILD: GuildSettings = { ...guildValues.parse({}), optInOnly: true, api: false };

/** For a member whose stored settings cannot be read: they may have opted out. */
export const UNREADABLE_MEMBER: MemberSettings = { optedOut: true };
