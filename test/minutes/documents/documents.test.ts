import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../src/core/record.ts';
import { renderDocx } from '../../../src/minutes/documents/docx.ts';
import { renderPdf } from '../../../src/minutes/documents/pdf.ts';
import { buildMinutes } from '../../../src/minutes/model/build-minutes.ts';
import { pngOfModel } from '../../../src/minutes/picture/png.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { readDocx, unzip } from '../support/read-docx.ts';
import { readPdf } from '../support/read-pdf.ts';

const HEADINGS = ['Decisions', 'Promised', 'Attendance', 'Talk time', 'Languages', 'Transcript'];
const FOOTER = /^Page \d+ of \d+$|^Weekly/;

/** A meeting with each kind of heading. People, decisions and those that take two lines move the headings down the pages. */
function meeting(people: number, decisions: number, long = 0): MeetingRecord {
  const said = [
    ...Array.from(
      { length: decisions },
      (_, n) =>
        `Okay, then plan number ${n} is settled, and nobody ${n} objects${n < long ? ', though it was said at length and by everybody who was there' : ''}.`,
    ),
    ...Array.from({ length: 8 }, (_, n) => `I will send you the list of parts number ${n} by Friday.`),
  ];
  return {
    head: makeHead(),
    endedMs: 600_000,
    ending: 'stopped',
    attendance: Array.from({ length: people }, (_, n) => ({
      speakerId: `${n}`,
      displayName: `Person ${n}`,
      joinedMs: 0,
    })),
    finals: said.map((text, n) =>
      makeFinal({ utteranceId: `u${n}`, speakerId: '0', text, startMs: n * 9_000, endMs: n * 9_000 + 5_000 }),
    ),
    translations: [],
    gaps: [],
    messages: [],
  };
}

describe('a document of minutes', () => {
  const model = buildMinutes(meeting(5, 5));

  it('begins no section with the last line of a page, as a PDF', async () => {
    const seen = new Set<string>();
    const meetings = [
      ...[57, 58, 59, 60, 61].map((people) => meeting(people, 4)), // the transcript begins about where a page ends
      ...[15, 16, 17, 18, 19].map((decisions) => meeting(2, decisions, 1)), // so do the promises
    ];
    for (const record of meetings) {
      const bytes = await renderPdf(buildMinutes(record));
      for (const page of readPdf(bytes).linesOfPages) {
        const drawn = page.filter((line) => !FOOTER.test(line));
        for (const line of drawn) if (HEADINGS.includes(line)) seen.add(line);
        expect(HEADINGS).not.toContain(drawn.at(-1));
      }
    }
    expect(seen).toEqual(new Set(HEADINGS));
  });

  it('keeps every heading with the next paragraph, as a Word document', async () => {
    const { xml } = readDocx(await renderDocx(model));
    const headings = (xml.match(/<w:p>[\s\S]*?<\/w:p>/g) ?? []).filter((one) => one.includes('w:val="Heading1"'));
    expect(headings.length).toBeGreaterThanOrEqual(HEADINGS.length);
    for (const heading of headings) expect(heading).toMatch(/<w:keepNext\/>/);
  });

  it('has a light picture, for white paper', async () => {
    const word = [...unzip(await renderDocx(model))].find(([name]) => name.endsWith('.png'))?.[1];
    expect(word).toEqual(pngOfModel(model, 'paper'));
    expect(word).not.toEqual(pngOfModel(model, 'discord'));
    const [samples = Buffer.alloc(0)] = readPdf(await renderPdf(model)).pictures;
    let white = 0;
    for (let at = 0; at < samples.length; at += 3) if (samples.readUIntBE(at, 3) === 0xff_ff_ff) white += 1;
    expect(white / (samples.length / 3)).toBeGreaterThan(0.5);
  });
});
