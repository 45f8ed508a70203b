import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/core/text/plain-text.ts';
import { renderAside } from '../../src/minutes/documents/aside.ts';
import { renderDocx } from '../../src/minutes/documents/docx.ts';
import { ExportError } from '../../src/minutes/documents/export-error.ts';
import { renderPdf } from '../../src/minutes/documents/pdf.ts';
import { EXPORT_FORMATS, type ExportFormat, exportMinutes } from '../../src/minutes/export-minutes.ts';
import { drawable, fontsFor } from '../../src/minutes/fonts/fonts.ts';
import { buildMinutes } from '../../src/minutes/model/build-minutes.ts';
import { type MinutesJson, minutesJson, renderJson } from '../../src/minutes/text/minutes-json.ts';
import { renderPlainText } from '../../src/minutes/text/plain-text.ts';
import { makeFinal } from '../support/make.ts';
import { anyRecord } from './support/any-record.ts';
import { fourScripts } from './support/four-scripts.ts';
import { readDocx, unzip } from './support/read-docx.ts';
import { readPdf } from './support/read-pdf.ts';

const SAID = fourScripts.finals.map(({ text }) => text);

async function textOf(format: ExportFormat, language?: string): Promise<string> {
  const { bytes } = await exportMinutes(fourScripts, { format, ...(language !== undefined && { language }) });
  return bytes.toString();
}

describe('an export of minutes', () => {
  it.each(EXPORT_FORMATS)('as %s is named after the meeting, the language and the format', async (format) => {
    const { name, bytes } = await exportMinutes(fourScripts, { format, language: 'es' });
    expect(name).toBe(`minutes-2026-11-23-1000-buro-cafe.es.${format}`);
    expect(bytes.length).toBeGreaterThan(500);
  });

  it('has no language in its name when none was requested', async () => {
    const { name } = await exportMinutes(fourScripts, { format: 'txt' });
    expect(name).toBe('minutes-2026-11-23-1000-buro-cafe.txt');
  });

  it('uses only letters, digits and hyphens of the language in its name', async () => {
    const { name } = await exportMinutes(fourScripts, { format: 'txt', language: '../Es x' });
    expect(name).toBe('minutes-2026-11-23-1000-buro-cafe.esx.txt');
  });

  it.each([
    ['md', 'es', 'samples/four-scripts.es.md'],
    ['txt', undefined, 'samples/four-scripts.txt'],
    ['json', undefined, 'samples/four-scripts.json'],
    ['json', 'es', 'samples/four-scripts.es.json'],
  ] as const)('as %s in %s reads as the example', async (format, language, file) => {
    await expect(await textOf(format, language)).toMatchFileSnapshot(file);
  });

  it('in one language shows translations instead of spoken text, and marks text without one', async () => {
    const markdown = await textOf('md', 'es');
    expect(markdown).toContain('\nBuenos días, \\> tenemos 3 preguntas\n');
    expect(markdown).not.toContain('Добрый день');
    expect(markdown).toContain('\nالسلام عليكم، سعيد بلقائكم *(in Arabic)*\n');
  });

  it('stops when the signal aborts', async () => {
    const stop = new AbortController();
    const exported = exportMinutes(fourScripts, { format: 'pdf' }, stop.signal);
    stop.abort(new Error('nobody waits any more'));
    await expect(exported).rejects.toThrow('nobody waits any more');
  });

  it('names the format that failed, and quotes nobody, when a document cannot be made', async () => {
    const model = { ...buildMinutes(fourScripts), beganAt: new Date(Number.NaN) };
    const error: unknown = await renderAside('1', model, 'docx').catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ExportError);
    expect(error).toMatchObject({ message: 'Cannot make the DOCX file: RangeError. The other formats may still work' });
    expect(error).not.toHaveProperty('cause');
  });

  it('is made one at a time per server, and refused when many are already waiting', async () => {
    const over = new AbortController();
    const outcomes: string[] = [];
    const asked = Array.from({ length: 5 }, async () => {
      await exportMinutes(fourScripts, { format: 'docx' }, over.signal).then(
        () => outcomes.push('made'),
        (error: unknown) => outcomes.push(error instanceof ExportError ? error.code : 'given up'),
      );
    });
    await Promise.race(asked);
    expect(outcomes).toEqual(['busy']); // the fifth request: three are waiting behind the first
    over.abort();
    await Promise.all(asked);
    expect(outcomes.slice(1)).toEqual(['given up', 'given up', 'given up', 'given up']);
  });

  it('does not block the process while a document is made', async () => {
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 5);
    await exportMinutes(fourScripts, { format: 'pdf' });
    clearInterval(turning);
    expect(turns).toBeGreaterThan(10);
  });
});

describe('minutes as plain text', () => {
  it('have one line for each utterance, with time and name', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const [, transcript = ''] = renderPlainText(buildMinutes(record)).split('\nTranscript\n----------\n');
        const lines = transcript.split('\n').filter((line) => /^\[\d+:\d\d:\d\d\] /.test(line));
        const { passages } = buildMinutes(record);
        expect(lines).toHaveLength(passages.flatMap(({ lines }) => lines).length);
      }),
    );
  });
});

describe('minutes as JSON', () => {
  it('match their schema and contain every utterance and translation', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const read: MinutesJson = minutesJson.parse(JSON.parse(renderJson(record, buildMinutes(record))));
        const said = record.finals.map(({ text }) => oneLine(text)).filter((text) => text !== '');
        expect(read.utterances.flatMap(({ text }) => text ?? [])).toEqual(said);
        const people = new Set(read.people.map(({ id }) => id));
        for (const { speakerId } of read.utterances) expect(people).toContain(speakerId);
        const translated = read.utterances.flatMap(({ translations }) => translations.map(({ text }) => text));
        const known = record.translations.map(({ text }) => oneLine(text)).filter((text) => text !== '');
        expect(translated.toSorted()).toEqual(known.toSorted());
      }),
    );
  });
});

describe('minutes as a Word document', () => {
  it('contain names, words, translations and the picture', async () => {
    const { bytes } = await exportMinutes(fourScripts, { format: 'docx' });
    const { lines } = readDocx(bytes);
    for (const text of SAID) expect(lines.some((line) => line.startsWith(text))).toBe(true);
    expect(lines).toContain('fr: Bonjour, nous avons 3 questions');
    expect(lines).toContain('أحمد (3333)  00:01:04');
    expect([...unzip(bytes).keys()].filter((name) => name.endsWith('.png'))).toHaveLength(1);
  });

  it('run from right to left where the words do', async () => {
    const { xml } = readDocx((await exportMinutes(fourScripts, { format: 'docx' })).bytes);
    const [arabic] = xml.match(/<w:p>(?:(?!<\/w:p>)[\s\S])*">السلام/) ?? [];
    expect(arabic).toContain('<w:bidi/>');
  });

  it('are well-formed whatever people say', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecord, async (record) => {
        const { xml, lines } = readDocx(await renderDocx(buildMinutes(record)));
        expect(xml).not.toMatch(/[\ufffe\uffff]|\p{Cs}/u);
        const all = lines.join('\n');
        for (const { text } of record.finals) expect(all).toContain(oneLine(text));
      }),
      { numRuns: 15 }, // few runs, because each draws a picture
    );
  });
});

describe('minutes as PDF', () => {
  it('can be searched for names and words in every script, with or without a font for it', async () => {
    const { bytes } = await exportMinutes(fourScripts, { format: 'pdf' });
    const { lines } = readPdf(bytes);
    for (const text of SAID) expect(lines.some((line) => line.startsWith(text))).toBe(true);
    for (const name of ['Юлия @everyone', 'أحمد (3333)', '明日香 <@&1>', '## Ana María - [x]'])
      expect(lines.filter((line) => line.startsWith(name)).length).toBeGreaterThan(1);
  });

  it('draw right-to-left text from right to left, and keep Latin letters in order', async () => {
    const finals = [makeFinal({ text: 'مرحبا office', language: 'ar' })];
    const { lines } = readPdf(await renderPdf(buildMinutes({ ...fourScripts, finals })), 'drawn');
    expect(lines).toContain('office ابحرم');
  });

  it('say in the document that characters are missing when no font has them', async () => {
    const { lines } = readPdf(
      await renderPdf(buildMinutes({ ...fourScripts, finals: [makeFinal({ text: '\u{10fffd}' })] })),
    );
    expect(lines).toContain('\u{10fffd}');
    expect(lines.join(' ')).toContain('replaces a character that is in none of the fonts on the computer');
  });

  it('show text whose font has shaping tables that the library cannot read', async () => {
    const finals = [makeFinal({ text: 'ⲁⲃⲅ' })]; // in Noto's font for Coptic, where the computer has it
    const { lines } = readPdf(await renderPdf(buildMinutes({ ...fourScripts, finals })));
    expect(lines).toContain('ⲁⲃⲅ');
  });

  it('number their pages', async () => {
    const finals = Array.from({ length: 120 }, (_, n) => makeFinal({ utteranceId: `${n}`, startMs: n * 31_000 }));
    const { lines, pages } = readPdf(await renderPdf(buildMinutes({ ...fourScripts, finals })));
    expect(pages).toBeGreaterThan(2);
    const numbers = lines.flatMap((line) => / ?(\d+ of \d+)$/.exec(line)?.[1] ?? []);
    expect(numbers).toEqual(Array.from({ length: pages }, (_, n) => `${n + 1} of ${pages}`));
  });

  it('contain every word, whatever people say', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecord, async (record) => {
        const read = blankless(readPdf(await renderPdf(buildMinutes(record))).lines.join(''));
        for (const { text } of record.finals) expect(read).toContain(blankless(oneLine(text)));
      }),
      { numRuns: 15 },
    );
  });
});

describe('a character that no font can draw', () => {
  it('is replaced by one sign per grapheme', () => {
    const fonts = fontsFor(['a👩‍👩‍👧b'], []);
    expect(drawable('a👩‍👩‍👧b', fonts)).toBe('a□b');
  });

  it('is the only reason to search for other fonts', () => {
    const fonts = fontsFor(['Ελένη Юлия أحمد Zoë'], []);
    expect(fonts.files).toHaveLength(1);
    expect(drawable('Ελένη Юлия أحمد Zoë', fonts)).toBe('Ελένη Юлия أحمد Zoë');
  });
});

function blankless(text: string): string {
  return text.replaceAll(/[\s\p{Cf}]/gu, '');
}
