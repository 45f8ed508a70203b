import { z } from 'zod';
import { type Attendance, GAP_REASONS, MEETING_ENDINGS, type MeetingRecord } from '../../core/record.ts';
import type { Correction } from '../../core/segment.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import type { MinutesModel, SummaryModel, SummarySection } from '../model/minutes-model.ts';
import { nameEverybody } from '../model/names.ts';

const moment = z.int().describe('milliseconds since the meeting began');
const length = z.int().nonnegative().describe('milliseconds');
const language = z.string().describe('ISO 639-1 code');
const personId = z.string().describe("the person's Discord user id");

const person = z.object({ id: personId, name: z.string() }).describe('null: they had that erased');
const translation = z.strictObject({ language, text: z.string() });

const point = z.object({
  text: z.string(),
  who: z.string().nullable().describe('who said it, or whose task it is; null: nobody in particular'),
  sources: z
    .array(
      z.object({
        utteranceId: z.string(),
        startMs: moment,
        url: z.url().nullable().describe('of the Discord message; null: unknown'),
        quote: z
          .object({ who: z.string(), text: z.string() })
          .optional()
          .describe(
            'the beginning of the words that the point cites, or of those that a quoted point answers or is answered by; missing when the point itself quotes them',
          ),
      }),
    )
    .min(1),
});

/**
 * Minutes as data, version 1. `exportMinutes` writes this as `json`.
 *
 * A change that could break a reader gets a new version number. New fields do not, so readers should ignore unknown
 * fields.
 */
export const minutesJson = z.object({
  version: z.literal(1),
  meeting: z.object({
    id: z.string(),
    title: z.string(),
    guildId: z.string(),
    voiceChannel: z.object({ id: z.string(), name: z.string() }),
    beganAt: z.iso.datetime(),
    timeZone: z.string().describe("the server's, an IANA name"),
    durationMs: length.describe('milliseconds; so far, while the meeting runs'),
    ending: z.enum(MEETING_ENDINGS).nullable().describe('how the meeting ended; null while it runs'),
    about: z
      .string()
      .nullable()
      .describe('what the event says of itself for which the meeting was held, cut short; null: nothing, or no event'),
  }),
  summary: z
    .object({
      isQuoted: z.boolean().describe('true: all points are what people said; false: a model wrote them'),
      language: language.nullable().describe('of the summary; null: it consists of quotes'),
      model: z.string().nullable(),
      note: z.string().describe('how it was made, in English'),
      keyPoints: z.array(point),
      decisions: z.array(point),
      actions: z.array(
        point.extend({
          due: z.string().nullable().describe('as spoken, or a date; null: not said'),
        }),
      ),
      questions: z.array(point).describe('questions that stayed open'),
      answered: z
        .array(point)
        .describe(
          'questions with their answers, where points are quoted: the last source is the answer, with its quote',
        ),
    })
    .nullable()
    .describe('null: too little was said'),
  shownIn: language.nullable().describe('the only language in which utterances were requested; null: as spoken'),
  people: z.array(
    z.object({
      id: personId,
      name: z.string().describe('unique in the meeting'),
      stays: z.array(z.object({ joinedMs: moment, leftMs: moment.nullable().describe('null: until the end') })),
      talkMs: length,
      renamed: z
        .object({ from: z.string().describe('as Discord showed it'), by: person.nullable(), at: z.iso.datetime() })
        .optional()
        .describe('missing: nobody put the name right'),
    }),
  ),
  audience: z
    .object({ most: z.int().nonnegative().describe('people at a time') })
    .nullable()
    .describe('of a stage: whoever only listened is counted, and not among `people`; null: there was no stage'),
  utterances: z
    .array(
      z.object({
        id: z.string(),
        speakerId: personId,
        startMs: moment,
        endMs: moment,
        text: z.string().nullable().describe('null: only translations are known'),
        language: language.nullable().describe('of the text; differs from `shownIn` when there was no translation'),
        isConfirmed: z.boolean(),
        translations: z.array(translation).describe('empty when one language was requested'),
        corrected: z
          .object({
            original: z.string().describe('as it was recognised, in the language that was spoken'),
            text: z.string().describe('as it was put right; `text` differs when a translation was requested'),
            by: person.nullable(),
            at: z.iso.datetime(),
          })
          .optional()
          .describe('missing: nobody corrected it. Translations are of the original'),
      }),
    )
    .describe('in the order in which they began'),
  gaps: z
    .array(
      z.object({
        speakerId: personId.nullable().describe('null: everybody'),
        startMs: moment,
        endMs: moment,
        reason: z.enum(GAP_REASONS),
      }),
    )
    .describe('audio that could not become text'),
});

export type MinutesJson = z.infer<typeof minutesJson>;

/** The minutes as JSON text. @param model - built from the same record, perhaps in one language */
export function renderJson(record: MeetingRecord, model: MinutesModel): string {
  return `${JSON.stringify(minutesAsData(record, model), null, 2)}\n`;
}

/** The data that `renderJson` writes. @param model - built from the same record, perhaps in one language */
export function minutesAsData({ head, ...record }: MeetingRecord, model: MinutesModel): MinutesJson {
  const { title, about, channelName, beganAt, durationMs, ending, losses, passages, shownIn } = model;
  const stays = new Map(model.attendees.map((attendee) => [attendee.speakerId, attendee.stays]));
  const said = new Map(record.finals.map(({ utteranceId, text }) => [utteranceId, text]));
  const talkMs = new Map(model.talkTimes.map((time) => [time.speakerId, time.talkMs]));
  return {
    version: 1,
    meeting: {
      id: head.id,
      title,
      guildId: head.guildId,
      voiceChannel: { id: head.voiceChannelId, name: channelName },
      beganAt: beganAt.toISOString(),
      timeZone: model.timeZone,
      durationMs: Math.round(durationMs),
      ending: ending ?? null,
      about: about ?? null,
    },
    summary: model.summary ? summaryOf(model.summary) : null,
    shownIn: shownIn ?? null,
    people: [...nameEverybody({ head, ...record })].map(([id, name]) => ({
      id,
      name,
      stays: (stays.get(id) ?? []).map(({ joinedMs, leftMs }) => ({
        joinedMs: Math.round(joinedMs),
        leftMs: leftMs === undefined ? null : Math.round(leftMs),
      })),
      talkMs: Math.round(talkMs.get(id) ?? 0),
      ...renamed(record.attendance.findLast(({ speakerId }) => speakerId === id)?.renamed),
    })),
    audience: model.stageAudience === undefined ? null : { most: model.stageAudience },
    utterances: passages
      .flatMap(({ lines }) => lines)
      .map(({ utteranceId, speakerId, startMs, endMs, text, language, isConfirmed, translations, corrected }) => ({
        id: utteranceId,
        speakerId,
        startMs: Math.round(startMs),
        endMs: Math.round(endMs),
        text: text === undefined ? null : oneLine(text),
        language: language ?? null,
        isConfirmed,
        translations: translations.map(({ language, text }) => ({ language, text: oneLine(text) })),
        ...(corrected && { corrected: correctionOf(corrected, said.get(utteranceId) ?? '') }),
      })),
    gaps: losses.map(({ speakerId, startMs, endMs, reason }) => ({
      speakerId: speakerId ?? null,
      startMs: Math.round(startMs),
      endMs: Math.round(endMs),
      reason,
    })),
  };
}

type Corrected = NonNullable<MinutesJson['utterances'][number]['corrected']>;

function renamed(one: Attendance['renamed']): Pick<MinutesJson['people'][number], 'renamed'> {
  return one ? { renamed: { from: oneLine(one.from), ...byAndAt(one) } } : {};
}

function byAndAt({ byId, byName, atMs }: Pick<Correction, 'byId' | 'byName' | 'atMs'>): Pick<Corrected, 'by' | 'at'> {
  return { by: byId === '' ? null : { id: byId, name: oneLine(byName) }, at: new Date(atMs).toISOString() };
}

function correctionOf(correction: Correction, text: string): Corrected {
  return { original: oneLine(correction.original), text: oneLine(text), ...byAndAt(correction) };
}

function summaryOf({ sections, language, note, maker }: SummaryModel): NonNullable<MinutesJson['summary']> {
  const bulletsOf = (kind: SummarySection['kind']) =>
    (sections.find((section) => section.kind === kind)?.bullets ?? []).map(({ text, who, due, sources }) => ({
      text: oneLine(text),
      who: who === undefined ? null : oneLine(who),
      due: due === undefined ? null : oneLine(due),
      sources: sources.map(({ utteranceId, startMs, url, quote }) => ({
        utteranceId,
        startMs: Math.round(startMs),
        url: url ?? null,
        ...(quote && { quote: { who: oneLine(quote.who), text: oneLine(quote.text) } }),
      })),
    }));
  const withoutDue = (kind: SummarySection['kind']) => bulletsOf(kind).map(({ due: _, ...rest }) => rest);
  return {
    isQuoted: maker === undefined,
    language: language === undefined ? null : oneLine(language),
    model: maker ? oneLine(maker.model) : null,
    note,
    keyPoints: withoutDue('keyPoints'),
    decisions: withoutDue('decisions'),
    actions: bulletsOf('actions'),
    questions: withoutDue('questions'),
    answered: withoutDue('answered'),
  };
}
