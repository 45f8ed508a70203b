import { z } from 'zod';

const MOST_CHARS = 24_000; // of one answer: an assistant pays for each word that it reads

/** What is used of a meeting's JSON export. */
const exported = z.object({
  meeting: z.object({ id: z.string(), title: z.string(), beganAt: z.string(), durationMs: z.number() }),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  summary: z.record(z.string(), z.unknown()).nullable(),
  utterances: z.array(
    z.object({
      id: z.string(),
      speakerId: z.string(),
      startMs: z.number(),
      text: z.string().nullable(),
      translations: z.array(z.object({ text: z.string() })),
    }),
  ),
});

const line = z.object({
  id: z.string(),
  startMs: z.int().describe('milliseconds since the meeting began'),
  speaker: z.string(),
  text: z.string(),
});

export const pagedMeeting = z.object({
  meeting: z.object({ id: z.string(), title: z.string(), beganAt: z.string(), durationMs: z.int() }),
  people: z.array(z.string()),
  summary: z.record(z.string(), z.unknown()).nullable().describe('on the first page alone; null: there is none'),
  lines: z.array(line),
  totalLines: z.int(),
  nextFrom: z.int().nullable().describe('`from` of the next page; null: there is none'),
});

/**
 * A part of a meeting, small enough for an assistant to read.
 *
 * @param json - the JSON export
 * @param from - how many lines come before
 */
export function pageOf(json: string, from: number, limit: number): z.infer<typeof pagedMeeting> {
  const { meeting, people, summary, utterances } = exported.parse(JSON.parse(json));
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const lines: z.infer<typeof line>[] = [];
  let room = MOST_CHARS;
  for (const { id, speakerId, startMs, text, translations } of utterances.slice(from, from + limit)) {
    const said = text ?? translations[0]?.text ?? '';
    if (lines.length > 0 && said.length > room) break;
    lines.push({ id, startMs, speaker: names.get(speakerId) ?? '', text: said.slice(0, MOST_CHARS).toWellFormed() });
    room -= said.length;
  }
  const next = from + lines.length;
  return {
    ...{ meeting, people: [...names.values()], summary: from === 0 ? summary : null, lines },
    totalLines: utterances.length,
    nextFrom: next < utterances.length && lines.length > 0 ? next : null,
  };
}
