import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../src/core/record.ts';
import { buildMinutes } from '../../../src/minutes/model/build-minutes.ts';
import { mergeSpans, overlaps } from '../../../src/minutes/model/talk-spans.ts';
import { timelinePng } from '../../../src/minutes/picture/png.ts';
import { drawTimeline } from '../../../src/minutes/picture/timeline.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { anyRecord } from '../support/any-record.ts';
import { fourScripts } from '../support/four-scripts.ts';

const TRACK_LEFT = 214;
const TRACK_WIDTH = 490;

function meeting(parts: Partial<MeetingRecord> = {}): MeetingRecord {
  const people = ['Ana', 'Boris'].map((displayName, n) => ({ speakerId: `${n}`, displayName, joinedMs: 0 }));
  return {
    head: makeHead(),
    endedMs: 100_000,
    ending: 'stopped',
    attendance: people,
    finals: [
      makeFinal({ utteranceId: 'a', speakerId: '0', startMs: 10_000, endMs: 40_000 }),
      makeFinal({ utteranceId: 'b', speakerId: '1', startMs: 30_000, endMs: 40_000 }),
    ],
    translations: [],
    gaps: [],
    messages: [],
    ...parts,
  };
}

function drawn(record: MeetingRecord): string {
  return drawTimeline(buildMinutes(record));
}

/** The spans in one colour, in percent of the time that the picture covers. */
function stretchesOf(svg: string, fill: string): { readonly y: number; readonly from: number; readonly to: number }[] {
  const paths = [...svg.matchAll(new RegExp(`<path d="([^"]*)" fill="${fill.replace(/[()]/g, '\\$&')}"/>`, 'g'))];
  return paths.flatMap(([, d = '']) =>
    [...d.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v/g)].map(([, x, y, width]) => {
      const from = ((Number(x) - TRACK_LEFT) / TRACK_WIDTH) * 100;
      return { y: Number(y), from: Math.round(from), to: Math.round(from + (Number(width) / TRACK_WIDTH) * 100) };
    }),
  );
}

describe('the timeline of a meeting in four scripts', () => {
  it('matches the example', async () => {
    // 明日香 needs a Japanese font, which not every machine has.
    const attendance = fourScripts.attendance.map((stay) =>
      stay.speakerId === '4444' ? { ...stay, displayName: 'Άννα <@&1>' } : stay,
    );
    await expect(drawn({ ...fourScripts, attendance })).toMatchFileSnapshot('../samples/four-scripts.svg');
  });
});

describe('the timeline', () => {
  const svg = drawn(meeting());

  it('has a row for each person, the most talkative first', () => {
    const names = [...svg.matchAll(/clip-path="url\(#names\)">([^<]*)</g)].map(([, name]) => name);
    expect(names).toEqual(['Ana', 'Boris']);
  });

  it('shows when each person spoke', () => {
    const [ana, boris] = [stretchesOf(svg, '#5aa9ff'), stretchesOf(svg, '#5fd9a2')];
    expect(ana).toMatchObject([{ from: 10, to: 40 }]);
    expect(boris).toMatchObject([{ from: 30, to: 40 }]);
    expect(ana[0]?.y).toBeLessThan(boris[0]?.y ?? 0);
  });

  it('shows when several people spoke at once', () => {
    expect(stretchesOf(svg, '#ffd166')).toMatchObject([{ from: 30, to: 40 }]);
  });

  it('says how long each person spoke', () => {
    expect(svg).toContain('>75 % · 30 s<');
    expect(svg).toContain('>25 % · 10 s<');
  });

  it('shows when people were in the channel', () => {
    const attendance = [
      { speakerId: '0', displayName: 'Ana', joinedMs: 5_000, leftMs: 50_000 },
      { speakerId: '0', displayName: 'Ana', joinedMs: 60_000 },
    ];
    expect(stretchesOf(drawn(meeting({ attendance })), '#454952')).toMatchObject([
      { from: 5, to: 50 },
      { from: 60, to: 100 },
    ]);
  });

  it('shows losses across all rows, or in the row of one person', () => {
    const gaps = [
      { startMs: 50_000, endMs: 60_000, reason: 'paused' },
      { speakerId: '1', startMs: 70_000, endMs: 80_000, reason: 'too much at once' },
    ] as const;
    const svg = drawn(meeting({ gaps }));
    expect(stretchesOf(svg, 'url(#lost)')).toMatchObject([
      { y: 80, from: 50, to: 60 },
      { y: 113, from: 70, to: 80 },
    ]);
    expect(svg).toContain('>not transcribed<');
  });

  it('shows even a single word of a long meeting', () => {
    const finals = [makeFinal({ speakerId: '0', startMs: 3_600_000, endMs: 3_600_300 })];
    const [stretch = ''] =
      drawn(meeting({ endedMs: 7_200_000, finals })).match(/h[\d.]+v\d+h-[\d.]+z" fill="#5aa9ff"/) ?? [];
    expect(Number(/^h([\d.]+)/.exec(stretch)?.[1])).toBeGreaterThanOrEqual(1.5);
  });

  it('says how many people do not fit', () => {
    const attendance = Array.from({ length: 40 }, (_, n) => ({ speakerId: `${n}`, displayName: `P${n}`, joinedMs: 0 }));
    expect(drawn(meeting({ attendance }))).toContain('>and 15 more people<');
  });

  it('is still a picture when nobody came', () => {
    const nobody = meeting({ attendance: [], finals: [], endedMs: 0 });
    expect(drawn(nobody)).toContain('>Nobody was here.<');
    expect(new Resvg(drawn(nobody)).width).toBe(960);
  });

  it('gives a number to people whose names no font can draw', () => {
    const attendance = ['\u{10fffd}', '\u{10fffc}x'].map((displayName, n) => ({
      speakerId: `${n}`,
      displayName,
      joinedMs: 0,
    }));
    const names = [...drawn(meeting({ attendance })).matchAll(/#names\)">([^<]*)</g)].map(([, name]) => name);
    expect(names).toEqual(['□ (person 1)', '□x (person 2)']);
  });

  it('is well-formed for any names and any meeting', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const svg = drawn(record);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
        expect(new Resvg(svg, { font: { loadSystemFonts: false } }).width).toBe(960); // throws for malformed XML
      }),
    );
  });

  it('has between one and eight marks of time, however long the meeting was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400_000_000 }), (endedMs) => {
        const marks = drawn(meeting({ endedMs, finals: [] })).match(/text-anchor="middle"/g) ?? [];
        expect(marks.length).toBeGreaterThanOrEqual(1);
        expect(marks.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});

describe('the picture', () => {
  it('shows the names, as other names give another picture', () => {
    const renamed = meeting().attendance.map((stay) => ({ ...stay, displayName: `${stay.displayName}!` }));
    expect(timelinePng(meeting({ attendance: renamed }))).not.toEqual(timelinePng(meeting()));
    expect(timelinePng(meeting())).toEqual(timelinePng(meeting()));
  });

  it('has its own background, so that it is legible on any page', () => {
    const svg = drawn(meeting());
    expect(svg).toMatch(/<rect x="0.5" y="0.5" width="959" height="\d+" rx="10" fill="#1f2126"/);
  });
});

describe('spans of time', () => {
  const span = fc.record({ startMs: fc.nat({ max: 1_000 }), lengthMs: fc.integer({ min: 1, max: 200 }) });
  const spans = fc
    .array(span, { maxLength: 12 })
    .map((all) => all.map(({ startMs, lengthMs }) => ({ startMs, endMs: startMs + lengthMs })));
  const covers = (all: readonly { startMs: number; endMs: number }[], ms: number) =>
    all.some(({ startMs, endMs }) => startMs <= ms && ms < endMs);

  it('cover the same time when they are merged', () => {
    fc.assert(
      fc.property(spans, fc.nat({ max: 1_300 }), (all, ms) => {
        expect(covers(mergeSpans(all, 0), ms)).toBe(covers(all, ms));
      }),
    );
  });

  it('overlap exactly where two or more people speak', () => {
    fc.assert(
      fc.property(fc.array(spans, { maxLength: 4 }), fc.nat({ max: 1_300 }), (people, ms) => {
        const own = people.map((all) => mergeSpans(all, 0));
        const speaking = own.filter((all) => covers(all, ms)).length;
        expect(covers(overlaps(own, 0), ms)).toBe(speaking > 1);
      }),
    );
  });
});
