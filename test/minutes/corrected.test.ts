import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../src/core/record.ts';
import { EXPORT_FORMATS, type ExportFormat, exportMinutes } from '../../src/minutes/export-minutes.ts';
import { buildMinutes } from '../../src/minutes/model/build-minutes.ts';
import { minutesAsData, minutesJson } from '../../src/minutes/text/minutes-json.ts';
import { makeFinal, makeHead, makeTranslation } from '../support/make.ts';
import { readDocx } from './support/read-docx.ts';
import { readPdf } from './support/read-pdf.ts';

const AT_MS = Date.parse('2026-11-23T11:05:00Z');
const record: MeetingRecord = {
  head: makeHead(),
  endedMs: 60_000,
  ending: 'stopped',
  attendance: [{ speakerId: '100', displayName: 'Ana', joinedMs: 0 }],
  finals: [
    makeFinal({
      text: 'We ask Kubernetes, not kube',
      confirmed: false,
      corrected: { original: 'We ask Cuba netties', byId: '200', byName: '**The** Boss', atMs: AT_MS },
    }),
    makeFinal({ utteranceId: 'u2', startMs: 30_000, endMs: 31_000, text: 'Fine' }),
  ],
  translations: [makeTranslation({ text: 'Preguntamos a Cuba' })],
  gaps: [],
  messages: [],
};
const glossary = [{ written: 'K8s', heard: ['kube', 'fine'], translations: {} }];

async function exported(format: ExportFormat, language?: string, of: MeetingRecord = record): Promise<string> {
  const options = { format, timeZone: 'Europe/Berlin', glossary, ...(language !== undefined && { language }) };
  const { bytes } = await exportMinutes(of, options, AbortSignal.timeout(60_000));
  if (format === 'docx') return readDocx(bytes).lines.join('\n');
  if (format === 'pdf') return readPdf(bytes).lines.join(' ');
  return bytes.toString('utf8');
}

describe('a corrected line in an export', () => {
  it.each([
    ['md', 'We ask Kubernetes, not kube *(corrected by \\*\\*The\\*\\* Boss, 2026-11-23, 12:05:00)*'],
    ['txt', 'We ask Kubernetes, not kube (corrected by **The** Boss, 2026-11-23, 12:05:00)'],
    ['docx', 'We ask Kubernetes, not kube (corrected by **The** Boss, 2026-11-23, 12:05:00)'],
    ['pdf', 'We ask Kubernetes, not kube (corrected by **The** Boss, 2026-11-23, 12:05:00)'],
  ] as const)('says by whom and when in %s, and of what its translation is', async (format, line) => {
    const text = (await exported(format)).replaceAll(/\s+/g, ' ');
    expect(text).toContain(line);
    expect(text).toMatch(/Preguntamos a Cuba \*?\(of the original\)/);
    expect(text).not.toContain('netties');
    expect(text).not.toContain('unconfirmed'); // somebody has confirmed it
  });

  it.each(['vtt', 'srt'] as const)('says so in captions: %s', async (format) => {
    expect((await exported(format)).replaceAll(/\s+/g, ' ')).toContain('not kube [corrected]');
    expect((await exported(format, 'es')).replaceAll(/\s+/g, ' ')).toContain('Preguntamos a Cuba [of the original]');
  });

  it('keeps what somebody wrote as they wrote it: the glossary is for what was recognised', async () => {
    const text = await exported('txt');
    expect(text).toContain('not kube');
    expect(text).toContain('K8s'); // of "Fine"
  });

  it('says that a translation alone is of the original', async () => {
    expect(await exported('txt', 'es')).toContain('Preguntamos a Cuba (of the original)');
  });

  it('has the original, the corrected text, by whom and when in JSON', () => {
    const data = minutesJson.parse(minutesAsData(record, buildMinutes(record, { language: 'es' })));
    expect(data.utterances[0]).toMatchObject({
      text: 'Preguntamos a Cuba',
      corrected: {
        original: 'We ask Cuba netties',
        text: 'We ask Kubernetes, not kube',
        by: { id: '200', name: '**The** Boss' },
        at: '2026-11-23T11:05:00.000Z',
      },
    });
    expect(data.utterances[1]).not.toHaveProperty('corrected');
  });

  it('names nobody who had that erased', async () => {
    const [first, ...others] = record.finals;
    if (!first?.corrected) throw new Error('It is corrected');
    const nameless = { ...first, corrected: { ...first.corrected, byId: '', byName: '' } };
    const rest = { ...record, finals: [nameless, ...others] };
    expect(await exported('txt', undefined, rest)).toContain('not kube (corrected, 2026-11-23, 12:05:00)');
    expect(minutesAsData(rest, buildMinutes(rest)).utterances[0]?.corrected?.by).toBeNull();
  });

  it.each(EXPORT_FORMATS)('is safe in %s, whatever was typed', async (format) => {
    const [first, ...others] = record.finals;
    if (!first?.corrected) throw new Error('It is corrected');
    const text = `--> </v><script>\u202e @everyone ${'語'.repeat(3_900)}`;
    const hostile = { ...first, text, corrected: { ...first.corrected, byName: '<b>\u0007\n# x' } };
    const made = await exported(format, undefined, { ...record, finals: [hostile, ...others] });
    expect(made).not.toContain('\u202e');
    expect(made).not.toContain('\u0007');
  });
});
