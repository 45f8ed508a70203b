import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../src/core/record.ts';
import { renderDocx } from '../../src/minutes/documents/docx.ts';
import { buildMinutes } from '../../src/minutes/model/build-minutes.ts';
import { drawTimeline } from '../../src/minutes/picture/timeline.ts';
import { renderMarkdown } from '../../src/minutes/text/markdown.ts';
import { minutesJson, renderJson } from '../../src/minutes/text/minutes-json.ts';
import { renderOverview } from '../../src/minutes/text/overview.ts';
import { renderPlainText } from '../../src/minutes/text/plain-text.ts';
import { renderSrt } from '../../src/minutes/text/srt.ts';
import { renderWebVtt } from '../../src/minutes/text/webvtt.ts';
import { anyRecord } from '../minutes/support/any-record.ts';
import { readSrt, readWebVtt } from '../minutes/support/read-captions.ts';
import { unzip } from '../minutes/support/read-docx.ts';
import { expectStrictXml } from '../minutes/support/strict-xml.ts';
import { fuzzValues } from './support/fuzz.ts';

/** What no document may hold wherever it comes from: half characters, controls, what turns directions around, and no characters. */
const NEVER = /\p{Cs}|[\p{Cc}--[\n]]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Noncharacter_Code_Point}/v;

/** Any meeting in any of the ways in which it can be looked at. */
const seen = fc.tuple(
  fc.tuple(anyRecord, fc.constantFrom('en', 'es', '<w:t>', '\ufffe', 'a\u202e\nb', '-->', '')).map(spokenIn),
  fc.record(
    {
      language: fc.constantFrom('es', 'ar', 'zz', 'not a code'),
      timeZone: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/St_Johns'),
      locale: fc.constantFrom('en-US', 'de', 'ja', 'fr'),
    } as const,
    { requiredKeys: [] },
  ),
);

/** The recogniser names languages, and nobody checks what it says. */
function spokenIn([record, language]: [MeetingRecord, string]): MeetingRecord {
  const [first, ...others] = record.translations;
  return {
    ...record,
    finals: record.finals.map((final) => ({ ...final, language })),
    translations: first ? [{ ...first, language }, ...others] : [],
  };
}

describe('minutes of anything that anybody says', () => {
  it('are text that every reader takes', async () => {
    const tried = await fuzzValues(seen, ([record, view]) => {
      const model = buildMinutes(record, view);
      const { text, more } = renderOverview(model, 'minutes.md');
      for (const message of [text, ...more]) expect(message.length).toBeLessThanOrEqual(2_000);
      const texts = [
        text,
        ...more,
        renderMarkdown(model),
        renderPlainText(model),
        renderSrt(model),
        renderWebVtt(model),
      ];
      for (const one of texts) expect(NEVER.exec(one)?.[0]).toBeUndefined();
      expectStrictXml(drawTimeline(model));
    });
    expect(tried).toBeGreaterThan(0);
  });

  it('are data and captions that programs read', async () => {
    const tried = await fuzzValues(seen, ([record, view]) => {
      const model = buildMinutes(record, view);
      const written = renderJson(record, model);
      expect(NEVER.exec(written)?.[0]).toBeUndefined();
      const { utterances } = minutesJson.parse(JSON.parse(written));
      const cues = readSrt(renderSrt(model));
      const { errors, cues: inWebVtt } = readWebVtt(renderWebVtt(model));
      expect(errors).toEqual([]);
      for (const read of [cues, inWebVtt]) expect(read.length).toBeGreaterThanOrEqual(utterances.length);
      for (const { startMs, endMs } of [...cues, ...inWebVtt]) expect(endMs).toBeGreaterThan(startMs);
    });
    expect(tried).toBeGreaterThan(0);
  });

  it('are Word documents of well-formed XML', async () => {
    const tried = await fuzzValues(seen, async ([record, view]) => {
      for (const xml of await xmlFilesOf(record, view)) {
        expect(NEVER.exec(xml)?.[0]).toBeUndefined(); // shows what it is, and not the whole document
        expectStrictXml(xml);
      }
    });
    expect(tried).toBeGreaterThan(0);
  });
});

async function xmlFilesOf(record: MeetingRecord, view: Parameters<typeof buildMinutes>[1]): Promise<string[]> {
  const files = unzip(await renderDocx(buildMinutes(record, view)));
  return [...files].flatMap(([name, bytes]) => (/\.(xml|rels)$/.test(name) ? bytes.toString() : []));
}
