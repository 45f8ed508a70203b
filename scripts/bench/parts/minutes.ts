import { quiet } from '../../../src/core/log.ts';
import type { Attendance, MeetingRecord } from '../../../src/core/record.ts';
import type { FinalSegment, TranslationSegment } from '../../../src/core/segment.ts';
import { EXPORT_FORMATS, type ExportFormat, exportMinutes } from '../../../src/minutes/export-minutes.ts';
import { makeMinutes } from '../../../src/minutes/make-minutes.ts';
import { makeFinal, makeHead, makeTranslation } from '../../../test/support/make.ts';
import type { MinutesTimes } from '../report/figures.ts';
import { sentencesOf } from '../sentences.ts';

const SPEAKERS = 10;
const SEGMENT_MS = 4_000; // somebody is always speaking
const MS_PER_HOUR = 3_600_000;

/** Measures everything that is made from a meeting of ten people: the posted minutes, and every export. */
export async function measureMinutes(hours: number): Promise<MinutesTimes> {
  const record = meetingOf(hours);
  const exported = (format: ExportFormat) => exportMinutes(record, { format });
  const posted = await timeOf(() => makeMinutes(record, {}, quiet));
  const formats: Record<string, number> = {};
  for (const format of EXPORT_FORMATS) formats[format] = await timeOf(() => exported(format));
  const together = await timeOf(async () => {
    await Promise.all([makeMinutes(record, {}, quiet), ...EXPORT_FORMATS.map(exported)]);
  });
  return { posted, formats, slowest: Math.max(posted, ...Object.values(formats)), together };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return performance.now() - beganMs;
}

/** A meeting of ten people who talk in turn, with everything translated into one language. */
function meetingOf(hours: number): MeetingRecord {
  const lengthMs = hours * MS_PER_HOUR;
  const people = Array.from({ length: SPEAKERS }, (_, i) => String(100 + i));
  const attendance = people.map(
    (speakerId, i): Attendance => ({ speakerId, displayName: `Speaker ${i}`, joinedMs: i * 1_000, leftMs: lengthMs }),
  );
  const texts = people.map((_, i) => sentencesOf(i, Math.ceil(lengthMs / SEGMENT_MS / SPEAKERS)));
  const finals: FinalSegment[] = [];
  const translations: TranslationSegment[] = [];
  for (let i = 0; i * SEGMENT_MS < lengthMs; i++) {
    const who = i % SPEAKERS;
    const spoken = {
      utteranceId: `u${i}`,
      speakerId: people[who] ?? '',
      startMs: i * SEGMENT_MS,
      endMs: (i + 1) * SEGMENT_MS,
      text: `${texts[who]?.[Math.floor(i / SPEAKERS)] ?? ''}.`,
    };
    finals.push(makeFinal(spoken));
    translations.push(makeTranslation({ ...spoken, language: 'es' }));
  }
  return {
    head: makeHead(),
    endedMs: lengthMs,
    ending: 'stopped',
    attendance,
    finals,
    translations,
    gaps: [],
    messages: [],
  };
}
