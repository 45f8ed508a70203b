import { z } from 'zod';
import type { MeetingFiles } from '../../core/programs/files.ts';
import type { ApiKey } from '../../core/programs/keys.ts';
import { MEDIA_TYPES } from '../media-types.ts';
import { Problem } from '../problem.ts';
import { CURSOR, type Reading, tooSoon } from '../programs/reading.ts';
import { meetingList, searchAnswer } from '../programs/shapes.ts';
import { etagOf } from './etag.ts';

/** A parameter in a path or a query. */
export interface Parameter {
  readonly in: 'path' | 'query';
  readonly about: string;
  readonly schema: z.ZodType;
  readonly isRequired?: boolean;
  readonly isNumber?: boolean;
}

type Values = Readonly<Record<string, string | number | undefined>>;

/** An answer before it is sent: its tag tells whether the program has it already, and only then is it made. */
interface Prepared {
  readonly etag: string;
  make(
    signal: AbortSignal,
  ): Promise<{ readonly type: string; readonly body: string | Buffer; readonly fileName?: string }>;
}

/** A question that programs may ask. The pages and the OpenAPI document are both made from these. */
export interface Route {
  readonly path: string; // as OpenAPI writes it
  readonly pattern: string; // as Hono writes it
  readonly operationId: string;
  readonly about: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly answers: Readonly<Record<string, object>>; // a schema by content type
  prepare(key: ApiKey, values: Values): Promise<Prepared>;
}

const JSON_TYPE = 'application/json';
const LONGEST_QUERY = 400;
const snowflake = z.string().regex(/^\d{1,20}$/);
const since = {
  in: 'query',
  about: 'Only from then on: a date in UTC, or a moment as in RFC 3339',
  schema: z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
} as const;
const language = {
  in: 'query',
  about: 'ISO 639-1 code',
  schema: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/),
} as const;
const meetingId = { in: 'path', about: 'The id of a meeting', schema: z.string(), isRequired: true } as const;
const limited = (most: number, usual: number) =>
  ({
    in: 'query',
    about: `How many at most; ${usual} where it is missing`,
    schema: z.int().min(1).max(most),
    isNumber: true,
  }) as const;

const text = (value: string | number | undefined) => (value === undefined ? undefined : `${value}`);
const moment = (value: string | number | undefined) => (value === undefined ? undefined : new Date(value));

/** All questions that programs may ask. */
export function routesOf(
  reading: Reading,
  files: MeetingFiles,
  takeExport: (key: ApiKey) => number | undefined,
): readonly Route[] {
  const asFile = async (key: ApiKey, { id, language }: Values, format: string): Promise<Prepared> => {
    if (!files.formats.includes(format)) throw new Problem('not-found', 'There is no such format');
    const record = await reading.recordOf(key, `${id}`, 'meeting exported');
    const wish = { format, ...(language !== undefined && { language: `${language}` }) };
    return {
      etag: etagOf(await files.basisOf(record, wish)),
      async make(signal) {
        const againMs = format === 'json' ? undefined : takeExport(key);
        if (againMs !== undefined) throw tooSoon(againMs);
        const file = await files.fileOf(record, wish, signal);
        if (typeof file === 'string')
          throw new Problem('busy', 'Too many files are being made', { 'Retry-After': '30' });
        return { type: MEDIA_TYPES[format] ?? 'application/octet-stream', body: file.bytes, fileName: file.name };
      },
    };
  };
  return [
    {
      ...{ path: '/meetings', pattern: '/meetings', operationId: 'listMeetings' },
      about: 'The meetings that the member of the key may read, the newest first; running ones are among them.',
      parameters: {
        limit: limited(100, 25),
        cursor: { in: 'query', about: '`nextCursor` of the page before', schema: z.string().regex(CURSOR) },
        guild: { in: 'query', about: 'Only of this server; a key is of one', schema: snowflake },
        since,
      },
      answers: { [JSON_TYPE]: schemaOf(meetingList) },
      prepare: async (key, { limit = 25, cursor, guild, since }) =>
        asJson(
          await reading.listMeetings(key, {
            ...{ limit: Number(limit), cursor: text(cursor), guild: text(guild), since: moment(since) },
          }),
        ),
    },
    {
      ...{ path: '/meetings/{id}', pattern: '/meetings/:id', operationId: 'readMeeting' },
      about:
        'A meeting with its minutes, as the JSON export has it. Who was there and may read no more gets that part.',
      parameters: { id: meetingId, language },
      answers: { [JSON_TYPE]: files.schema },
      prepare: (key, values) => asFile(key, values, 'json'),
    },
    {
      ...{ path: '/meetings/{id}/export.{format}', operationId: 'exportMeeting' },
      pattern: '/meetings/:id/:file{export\\.[a-z]+}',
      about: 'The minutes of a meeting as a file, as spoken or in one language.',
      parameters: {
        id: meetingId,
        format: { in: 'path', about: 'Which kind of file', schema: z.enum(files.formats), isRequired: true },
        language,
      },
      answers: Object.fromEntries(
        files.formats.map((format) => [typeOf(format), format === 'json' ? files.schema : { type: 'string' }]),
      ),
      prepare: (key, values) => asFile(key, values, `${values.format}`),
    },
    {
      ...{ path: '/search', pattern: '/search', operationId: 'search' },
      about:
        'What was said in those meetings, the newest first: all words of `q` by their beginnings, "in quotes" as written.',
      parameters: {
        q: { in: 'query', about: 'Words', schema: z.string().min(1).max(LONGEST_QUERY), isRequired: true },
        limit: limited(50, 20),
        since,
        language,
        speaker: { in: 'query', about: 'Only what this person said', schema: snowflake },
        meeting: { in: 'query', about: 'Only in this meeting', schema: z.string().regex(/^[\w-]{1,64}$/) },
      },
      answers: { [JSON_TYPE]: schemaOf(searchAnswer) },
      prepare: async (key, { q, limit = 20, since, language, speaker, meeting }) =>
        asJson(
          await reading.search(key, {
            ...{ query: `${q}`, limit: Number(limit), since: moment(since), language: text(language) },
            ...{ speakerId: text(speaker), meetingId: text(meeting) },
          }),
        ),
    },
  ];
}

/** The content type of a format, without its character set. */
function typeOf(format: string): string {
  return (MEDIA_TYPES[format] ?? 'application/octet-stream').replace(/;.*/, '');
}

/** Readers ignore fields that they do not know, so the schema allows them. */
export function schemaOf(shape: z.ZodType): object {
  return z.toJSONSchema(shape, { io: 'input' });
}

function asJson(answer: object): Prepared {
  const body = JSON.stringify(answer);
  return { etag: etagOf(body), make: async () => ({ type: JSON_TYPE, body }) };
}
