import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../src/core/record.ts';
import type { FinalSegment } from '../../../src/core/segment.ts';
import { columnsOf } from '../../../src/core/text/columns.ts';
import { oneLine } from '../../../src/core/text/plain-text.ts';
import { buildMinutes } from '../../../src/minutes/model/build-minutes.ts';
import { inLanguage } from '../../../src/minutes/model/in-language.ts';
import { MAX_COLUMNS, MAX_CUE_MS } from '../../../src/minutes/text/cues.ts';
import { renderSrt } from '../../../src/minutes/text/srt.ts';
import { renderWebVtt } from '../../../src/minutes/text/webvtt.ts';
import { makeFinal, makeHead, makeTranslation } from '../../support/make.ts';
import { anyRecord, speech } from '../support/any-record.ts';
import { fourScripts } from '../support/four-scripts.ts';
import { type ReadCue, readSrt, readWebVtt } from '../support/read-captions.ts';

const formats = [
  { format: 'WebVTT', read: (record: MeetingRecord) => readWebVtt(renderWebVtt(buildMinutes(record))).cues },
  { format: 'SubRip', read: (record: MeetingRecord) => readSrt(renderSrt(buildMinutes(record))) },
] as const;

function saying(...finals: Partial<FinalSegment>[]): MeetingRecord {
  return {
    head: makeHead(),
    endedMs: 60_000,
    ending: 'stopped',
    attendance: [{ speakerId: '100', displayName: 'Ana', joinedMs: 0 }],
    finals: finals.map((final, index) => makeFinal({ utteranceId: `${index}`, ...final })),
    translations: [],
    gaps: [],
    messages: [],
  };
}

const NO_CHARACTER = '\ufffe\uffff\ufdd0\u{1ffff}';

function withoutBlanks(text: string): string {
  return text.replaceAll(/[\s\u200b]/g, '');
}

function textOf(cues: readonly ReadCue[]): string {
  return withoutBlanks(cues.flatMap(({ lines }) => lines).join(''));
}

const LONG =
  'So what I wanted to say is that the release has slipped by a week because the tests found three faults, and we would rather mend them than explain them to everybody afterwards.';

describe('captions of a meeting in four scripts with hostile names and words', () => {
  it('read as the example in WebVTT', async () => {
    await expect(renderWebVtt(buildMinutes(fourScripts))).toMatchFileSnapshot('../samples/four-scripts.vtt');
  });

  it('read as the example in SubRip, in Spanish', async () => {
    const model = inLanguage(buildMinutes(fourScripts), 'es');
    await expect(renderSrt(model)).toMatchFileSnapshot('../samples/four-scripts.es.srt');
  });
});

describe('WebVTT captions', () => {
  it('are valid and keep every name and word, whatever they contain', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const model = buildMinutes(record);
        const { errors, cues } = readWebVtt(renderWebVtt(model));
        expect(errors).toEqual([]);
        const names = new Set(model.passages.map(({ name }) => name));
        expect(new Set(cues.map(({ name }) => name))).toEqual(names);
      }),
    );
  });

  it('are valid when a name looks like an arrow', () => {
    const attendance = ['---', '-->'].map((displayName, n) => ({ speakerId: `${n}`, displayName, joinedMs: n }));
    const finals = ['0', '1'].map((speakerId) => makeFinal({ utteranceId: speakerId, speakerId }));
    const { errors, cues } = readWebVtt(renderWebVtt(buildMinutes({ ...saying(), attendance, finals })));
    expect(errors).toEqual([]);
    expect(cues.map(({ name }) => name)).toEqual(['---', '-->']);
  });

  it('are valid when nothing was said', () => {
    expect(readWebVtt(renderWebVtt(buildMinutes(saying())))).toEqual({ errors: [], cues: [] });
  });
});

describe.each(formats)('$format captions', ({ read }) => {
  it('keep all words of a text, once and in order', () => {
    fc.assert(
      fc.property(speech, fc.nat({ max: 60_000 }), (text, endMs) => {
        const cues = read(saying({ text, startMs: 0, endMs }));
        expect(textOf(cues)).toBe(withoutBlanks(oneLine(text)));
      }),
    );
  });

  it('contain no invalid character in words or names, because a reader that stops there loses the cue', () => {
    const said = saying({ text: `Good ${NO_CHARACTER} morning`, startMs: 0, endMs: 2_000 });
    const stay = { speakerId: '100', displayName: `An${NO_CHARACTER}a`, joinedMs: 0 };
    const cues = read({ ...said, attendance: [stay] });
    expect(textOf(cues)).toContain('Goodmorning');
    expect(JSON.stringify(cues)).not.toMatch(/\p{Noncharacter_Code_Point}/u);
  });

  it('have at most two lines of 42 columns, and are shown for at most seven seconds', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        for (const { startMs, endMs, lines } of read(record)) {
          expect(lines.length).toBeLessThanOrEqual(2);
          for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(MAX_COLUMNS);
          expect(endMs).toBeGreaterThan(startMs);
          expect(endMs - startMs).toBeLessThanOrEqual(MAX_CUE_MS);
        }
      }),
    );
  });

  it('are in the order in which they begin', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const starts = read(record).map(({ startMs }) => startMs);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      }),
    );
  });

  it('divide a long utterance over its time, one after the other', () => {
    const cues = read(saying({ text: LONG, startMs: 10_000, endMs: 22_000 }));
    expect(cues.length).toBeGreaterThan(1);
    expect(cues[0]?.startMs).toBe(10_000);
    expect(cues.at(-1)?.endMs).toBe(22_000);
    for (const [index, cue] of cues.slice(1).entries()) expect(cue.startMs).toBe(cues[index]?.endMs);
  });

  it('divide a slow utterance after seven seconds even when it would fit', () => {
    const cues = read(saying({ text: 'Well … let me think', startMs: 0, endMs: 14_000 }));
    expect(cues.map(({ lines }) => lines.join(' '))).toEqual(['Well … let', 'me think']);
  });

  it('are shown long enough to be read when the recogniser gave no duration', () => {
    const [cue] = read(saying({ text: 'Yes', startMs: 5_000, endMs: 5_000 }));
    expect(cue).toMatchObject({ startMs: 5_000, endMs: 5_500 });
  });

  it('break Japanese between words, with no full stop at the beginning of a line', () => {
    const text = '会議を始めましょう。今日は三つの議題があります。まず予算について話し合いたいと思います。';
    const cues = read(saying({ text, startMs: 0, endMs: 6_000, language: 'ja' }));
    const lines = cues.flatMap(({ lines }) => lines);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => /^[。、]/.test(line))).toEqual([]);
  });

  it('mark unconfirmed text', () => {
    const [cue] = read(saying({ text: 'Maybe', confirmed: false }));
    expect(cue?.lines).toEqual(['Maybe [unconfirmed]']);
  });
});

describe('captions in one language', () => {
  const record: MeetingRecord = {
    ...saying({ text: 'Hello' }, { text: 'Buenas', language: 'es', startMs: 3_000 }, { text: 'Bye', startMs: 5_000 }),
    translations: [makeTranslation({ utteranceId: '0', text: 'Hola', language: 'es-MX' })],
  };
  const { cues } = readWebVtt(renderWebVtt(inLanguage(buildMinutes(record), 'es')));

  it('show the translation, also when it is into a regional variant', () => {
    expect(cues[0]?.lines).toEqual(['Hola']);
  });

  it('show text spoken in that language unchanged', () => {
    expect(cues[1]?.lines).toEqual(['Buenas']);
  });

  it('mark text without a translation', () => {
    expect(cues[2]?.lines).toEqual(['[English] Bye']);
  });
});

describe('SubRip captions', () => {
  it('are numbered from one', () => {
    const srt = renderSrt(buildMinutes(saying({ text: 'One' }, { text: 'Two', startMs: 3_000 })));
    expect(srt.split('\n').filter((line) => /^\d+$/.test(line))).toEqual(['1', '2']);
  });

  it.each(['{\\an8}', '-->', '<b>', '<font color=red>', '&lt;'])(
    'contain no %s that a player would obey',
    (command) => {
      const srt = renderSrt(buildMinutes(saying({ text: `so ${command} then` })));
      expect(srt.replace(/^[\d:,]+ --> [\d:,]+$/m, '')).not.toContain(command);
    },
  );

  it('begin with the name, shortened when it would leave no room for words', () => {
    const attendance = [{ speakerId: '100', displayName: 'Maria Magdalena von Habsburg-Lothringen', joinedMs: 0 }];
    const srt = renderSrt(buildMinutes({ ...saying({ text: 'Good morning' }), attendance }));
    expect(srt.split('\n')[2]).toBe('Maria Magdalena von Hab…: Good morning');
  });
});
