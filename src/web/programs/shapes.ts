import { z } from 'zod';

/** What programs get besides minutes: tests hold that every answer has its shape. Readers ignore fields that they do not know. */

const id = z.string().describe('an id of Discord');
const moment = z.iso.datetime();
const person = z.object({ id, name: z.string().nullable().describe('null: nobody saw them come') });

const meeting = z.object({
  id: z.string(),
  title: z.string(),
  guildId: id,
  voiceChannel: z.object({ id, name: z.string() }),
  beganAt: moment,
  durationMs: z.int().nonnegative().nullable().describe('milliseconds; null while it runs'),
});

export const meetingList = z.object({
  meetings: z.array(meeting).describe('the newest first'),
  nextCursor: z.string().nullable().describe('for the next page; null: there is none'),
});

const hit = z.object({
  meeting: z.object({ id: z.string(), title: z.string(), beganAt: moment }),
  utteranceId: z.string(),
  speaker: person,
  saidAt: moment,
  startMs: z.int().describe('milliseconds since the meeting began'),
  language: z.string().describe('ISO 639-1 code of the text'),
  isTranslation: z.boolean(),
  text: z.string(),
  matches: z
    .array(z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() }))
    .describe('in the text, in UTF-16 units'),
  url: z.url().nullable().describe('of the Discord message; null: unknown'),
});

export const searchAnswer = z.object({
  hits: z.array(hit).describe('the newest first'),
  hasMore: z.boolean().describe('true: add words, or narrow the time, to see the others'),
});

export const problemDetails = z.object({
  type: z.string().describe('always about:blank: see code'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('for people, in English'),
  code: z.string().describe('what is wrong, in one word'),
});

export type MeetingList = z.infer<typeof meetingList>;
export type SearchAnswer = z.infer<typeof searchAnswer>;
