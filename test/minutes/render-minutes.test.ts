import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../src/core/record.ts';
import { buildMinutes } from '../../src/minutes/model/build-minutes.ts';
import { renderMinutes } from '../../src/minutes/render-minutes.ts';
import { renderMarkdown } from '../../src/minutes/text/markdown.ts';
import { minutesAsData } from '../../src/minutes/text/minutes-json.ts';
import { makeFinal, makeHead, makeTranslation } from '../support/make.ts';
import { fourScripts } from './support/four-scripts.ts';
import { readTranscript } from './support/read-transcript.ts';

function makeRecord(parts: Partial<MeetingRecord> = {}): MeetingRecord {
  const nothing = { attendance: [], finals: [], translations: [], gaps: [], messages: [] };
  return { head: makeHead(), endedMs: 60_000, ending: 'stopped', ...nothing, ...parts };
}

function markdownOf(record: MeetingRecord): string {
  return renderMarkdown(buildMinutes(record));
}

/** The lines under a heading, up to the next one. */
function section(markdown: string, heading: string): string[] {
  const [, rest = ''] = markdown.split(`\n## ${heading}\n\n`);
  return (rest.split('\n## ')[0] ?? '').trimEnd().split('\n');
}

describe('minutes of a meeting in four scripts with hostile names and words', () => {
  const { overview, files, title } = renderMinutes(fourScripts, {}, Buffer.from('a picture'));

  it('read as the example document', async () => {
    await expect(files[0]?.bytes.toString()).toMatchFileSnapshot('samples/four-scripts.md');
  });

  it('read as the example overview', async () => {
    await expect(overview).toMatchFileSnapshot('samples/four-scripts-overview.txt');
  });

  it('are named by date, time and channel', () => {
    expect(files.map(({ name }) => name)).toEqual([
      'minutes-2026-11-23-1000-buro-cafe.md',
      'minutes-2026-11-23-1000-buro-cafe.png',
    ]);
  });

  it('carry the title that somebody gave', () => {
    expect(title).toBe('Планёрка #4: [план](https://evil.example) @everyone');
  });
});

describe('the title', () => {
  it('is channel and date when nobody gave one', () => {
    expect(renderMinutes(makeRecord()).title).toBe('Weekly, 2026-11-23');
  });
});

describe('the audience of a stage', () => {
  it.each([
    ['missing where there was no stage', undefined, undefined, null],
    ['nobody', 0, '0 people at most', { most: 0 }],
    ['one person', 1, '1 person at most', { most: 1 }],
    ['a number, whoever they were', 1_234, '1,234 people at most', { most: 1_234 }],
  ])('is %s', (_, stageAudience, text, inJson) => {
    const record = makeRecord(stageAudience === undefined ? {} : { stageAudience });
    const markdown = markdownOf(record);
    const { overview } = renderMinutes(record);
    const line = `Audience: ${text}`;
    expect([markdown, overview].map((one) => one.includes(line))).toEqual([text !== undefined, text !== undefined]);
    expect(minutesAsData(record, buildMinutes(record)).audience).toEqual(inJson);
  });
});

describe('the attendance', () => {
  it('uses the last name of a person', () => {
    const attendance = [
      { speakerId: '100', displayName: 'Ana M', joinedMs: 30_000 },
      { speakerId: '100', displayName: 'Ana', joinedMs: 1_000, leftMs: 20_000 },
    ];
    expect(section(markdownOf(makeRecord({ attendance })), 'Attendance')).toEqual([
      '- **Ana M**: 10:00:01 (00:00:01) to 10:00:20 (00:00:20); 10:00:30 (00:00:30) to the end',
    ]);
  });

  it('distinguishes people with the same name', () => {
    const attendance = ['1111', '2222'].map((speakerId) => ({ speakerId, displayName: 'Sam', joinedMs: 0, leftMs: 1 }));
    const names = section(markdownOf(makeRecord({ attendance })), 'Attendance').map((line) => line.split(':')[0]);
    expect(names).toEqual(['- **Sam (1111)**', '- **Sam (2222)**']);
  });

  it('shows people as present while the meeting runs', () => {
    const {
      endedMs: _at,
      ending: _how,
      ...running
    } = makeRecord({
      attendance: [{ speakerId: '100', displayName: 'Ana', joinedMs: 0 }],
    });
    expect(section(markdownOf(running), 'Attendance')).toEqual(['- **Ana**: 10:00:00 (00:00:00) to now']);
    expect(renderMinutes(running).overview).toContain('ended: not yet');
  });
});

describe('the talk time', () => {
  it('counts time once per person, and for every person who speaks in it', () => {
    const finals = [
      makeFinal({ utteranceId: 'a', startMs: 0, endMs: 10_000 }),
      makeFinal({ utteranceId: 'b', startMs: 5_000, endMs: 15_000 }),
      makeFinal({ utteranceId: 'c', startMs: 5_000, endMs: 10_000, speakerId: '2222' }),
    ];
    expect(section(markdownOf(makeRecord({ finals })), 'Talk time')).toEqual([
      '- **Unknown speaker 100**: 15 s (75 %)',
      '- **Unknown speaker 2222**: 5 s (25 %)',
    ]);
  });
});

describe('the section of losses', () => {
  it('is missing when nothing was lost', () => {
    const { overview, files } = renderMinutes(makeRecord({ finals: [makeFinal()] }));
    expect(files[0]?.bytes.toString()).not.toContain('Not transcribed');
    expect(overview).not.toContain('Not transcribed');
  });

  it('says who lost audio, when, for how long and why', () => {
    const gaps = [{ speakerId: '100', startMs: 5_000, endMs: 8_000, reason: 'too much at once' }] as const;
    expect(section(markdownOf(makeRecord({ gaps })), 'Not transcribed')).toEqual([
      '- **Unknown speaker 100**: 10:00:05 (00:00:05), 3 s: more was said at once than could be recognised',
    ]);
  });
});

describe('concealed audio', () => {
  const tally = { speakerId: '100', heardMs: 60_000, sentMs: 0, silenceMs: 0, undecryptable: 0, corrupt: 0 };
  const counts = { sockets: 1, reconnects: 0, forcedFinals: 0 };
  const attendance = [{ speakerId: '100', displayName: 'Ana', joinedMs: 0, leftMs: 60_000 }];

  it('is mentioned when it adds up to a second or more', () => {
    const record = makeRecord({ attendance, tallies: [{ ...tally, ...counts, concealedFrames: 120 }] });
    expect(section(markdownOf(record), 'Not transcribed')).toEqual([
      '- **Ana**: 2 s of lost audio packets, filled in with near-silence',
    ]);
  });

  it('is not mentioned when it is shorter', () => {
    const record = makeRecord({ attendance, tallies: [{ ...tally, ...counts, concealedFrames: 49 }] });
    expect(markdownOf(record)).not.toContain('lost packets');
  });
});

describe('the transcript', () => {
  it('says so when nothing was said', () => {
    expect(markdownOf(makeRecord()).endsWith('\n## Transcript\n\n*Nothing was said.*\n')).toBe(true);
  });

  it('puts consecutive finals of one person under one heading, and one after a pause under a new time', () => {
    const finals = [1_000, 3_000, 60_000].map((startMs) =>
      makeFinal({ utteranceId: `${startMs}`, startMs, endMs: startMs + 1_000, text: `at ${startMs}` }),
    );
    const read = readTranscript(markdownOf(makeRecord({ finals }))).map(({ at, text }) => `${at} ${text}`);
    expect(read).toEqual(['00:00:01 at 1000', '00:00:01 at 3000', '00:01:00 at 60000']);
  });

  it('shows a time at least every half a minute while one person keeps talking', () => {
    const finals = Array.from({ length: 40 }, (_, n) =>
      makeFinal({ utteranceId: `${n}`, startMs: n * 2_000, endMs: n * 2_000 + 1_900 }),
    );
    const times = new Set(readTranscript(markdownOf(makeRecord({ finals }))).map(({ at }) => at));
    expect([...times]).toEqual(['00:00:00', '00:00:32', '00:01:04']);
  });

  it('puts every translation under its own final', () => {
    const finals = ['a', 'b'].map((utteranceId) => makeFinal({ utteranceId, text: utteranceId }));
    const translations = ['b', 'a'].map((utteranceId) => makeTranslation({ utteranceId, text: `de ${utteranceId}` }));
    const read = readTranscript(markdownOf(makeRecord({ finals, translations })));
    expect(read.map(({ text, translations }) => [text, translations])).toEqual([
      ['a', ['es: de a']],
      ['b', ['es: de b']],
    ]);
  });

  it('marks unconfirmed text', () => {
    const finals = [makeFinal({ confirmed: false })];
    expect(markdownOf(makeRecord({ finals }))).toContain('\nHello everyone *(unconfirmed)*\n');
  });
});

describe('the overview', () => {
  it('says how many people do not fit', () => {
    const people = Array.from({ length: 99 }, (_, n) => `${1000 + n}`);
    const attendance = people.map((speakerId) => ({ speakerId, displayName: `Person ${speakerId}`, joinedMs: 0 }));
    const finals = people.map((speakerId) => makeFinal({ utteranceId: speakerId, speakerId }));
    const { overview } = renderMinutes(makeRecord({ attendance, finals }));
    expect(overview.match(/^- … and \d+ more$/gm)).toHaveLength(2);
    expect(overview.length).toBeGreaterThan(1_700);
    expect(overview.endsWith('`minutes-2026-11-23-1000-weekly.md`')).toBe(true);
  });
});

describe('minutes of two hours with ten people and two translations', () => {
  it('take a fraction of a second to make', () => {
    const finals = Array.from({ length: 3_000 }, (_, n) =>
      makeFinal({ utteranceId: `${n}`, speakerId: `${n % 10}`, startMs: n * 2_400, endMs: n * 2_400 + 2_000 }),
    );
    const translations = finals.flatMap(({ utteranceId, speakerId }) =>
      ['es', 'fr'].map((language) => makeTranslation({ utteranceId, speakerId, language })),
    );
    const begun = process.cpuUsage(); // the processor's time, as this file lets others go first
    const lines = readTranscript(markdownOf(makeRecord({ endedMs: 7_200_000, finals, translations })));
    expect(process.cpuUsage(begun).user).toBeLessThan(2_000_000);
    expect(lines).toHaveLength(3_000);
  });
});
