import { describe, expect, it } from 'vitest';
import { quiet } from '../../../../src/core/log.ts';
import { lastNewsMs, lossesOf, reconcile } from '../../../../src/core/meeting/succession/aftermath.ts';
import type { MeetingRecord } from '../../../../src/core/record.ts';
import { makeFinal, makeHead, makeTranslation } from '../../../support/make.ts';
import { MemoryChannel, MemoryJournal } from '../../../support/ports.ts';

const left: MeetingRecord = {
  head: makeHead(),
  attendance: [],
  finals: [],
  translations: [],
  gaps: [],
  messages: [],
};

describe('the last moment that the journal knows of', () => {
  const ana = { speakerId: '100', displayName: 'Ana' };
  it.each<[string, Partial<MeetingRecord>, number]>([
    ['nothing: the beginning', {}, 0],
    ['a sign of life', { lastSign: { atMs: 8_000, pending: [] }, finals: [makeFinal({ endMs: 7_000 })] }, 8_000],
    ['somebody who came', { attendance: [{ ...ana, joinedMs: 3_000 }] }, 3_000],
    ['somebody who went', { attendance: [{ ...ana, joinedMs: 3_000, leftMs: 5_000 }] }, 5_000],
    ['the end of what was said', { finals: [makeFinal({ startMs: 1_000, endMs: 2_500 })] }, 2_500],
    ['the end of a loss', { gaps: [{ startMs: 1_000, endMs: 6_000, reason: 'paused' }] }, 6_000],
  ])('is %s', (_, parts, atMs) => {
    expect(lastNewsMs({ ...left, ...parts })).toBe(atMs);
  });
});

describe('reconciling a meeting that a killed process left', () => {
  const late = makeFinal({ utteranceId: 'late', startMs: 9_000, endMs: 9_500 });
  const seen = makeFinal({ utteranceId: 'seen', startMs: 4_000, confirmed: false });
  const settings = {
    spoken: 'en',
    translateTo: [],
    glossary: [{ written: 'Hallo', heard: ['hello'], translations: { es: 'Buenas' } }],
  };
  const record = { ...left, finals: [late], translations: [makeTranslation({ text: 'hello a todos' })] };

  function parts(journal = new MemoryJournal()) {
    const shown: MeetingRecord[] = [];
    const resumeFrom = async (of: MeetingRecord) => {
      shown.push(of);
      return [seen];
    };
    const channel = Object.assign(new MemoryChannel(), { resumeFrom });
    return { shown, journal, channel, log: quiet };
  }

  it('shows it with the server’s glossary applied, and keeps it as it was heard', async () => {
    const { shown, ...rest } = parts();
    const found = await reconcile(record, settings, rest);
    expect(shown[0]?.finals[0]?.text).toBe('Hallo everyone');
    expect(shown[0]?.translations[0]?.text).toBe('Buenas a todos');
    expect(found.translations).toEqual(record.translations);
  });

  it('adds what people saw to the record, in spoken order, and to the journal', async () => {
    const { journal, ...rest } = parts();
    const found = await reconcile(record, settings, { ...rest, journal });
    expect(found.finals).toEqual([seen, late]);
    expect(journal.segments).toEqual([seen]);
  });

  it('goes on when the journal cannot be written', async () => {
    const { journal, ...rest } = parts();
    journal.isBroken = true;
    expect((await reconcile(record, settings, { ...rest, journal })).finals).toEqual([seen, late]);
  });
});

describe('the gaps that a killed process left', () => {
  it('begin with its last sign', () => {
    expect(lossesOf({ ...left, lastSign: { atMs: 8_000, pending: [] } }, 20_000)).toEqual([
      { startMs: 8_000, endMs: 20_000, reason: 'restarted' },
    ]);
  });

  it('include what each person had begun to say, unless a final of it came', () => {
    const pending = [
      { speakerId: '100', sinceMs: 3_000 },
      { speakerId: '200', sinceMs: 5_000 },
      { speakerId: '300', sinceMs: 5_000 },
    ];
    const finals = [
      makeFinal({ speakerId: '200', endMs: 6_000 }),
      makeFinal({ utteranceId: 'u2', speakerId: '300', endMs: 9_000 }),
    ];
    expect(lossesOf({ ...left, finals, lastSign: { atMs: 8_000, pending } }, 8_000)).toEqual([
      { speakerId: '100', startMs: 3_000, endMs: 8_000, reason: 'restarted' },
      { speakerId: '200', startMs: 6_000, endMs: 8_000, reason: 'restarted' },
    ]);
  });

  it('end when people were heard again, and are none where nothing was pending', () => {
    const pending = [
      { speakerId: '100', sinceMs: 3_000 },
      { speakerId: '200', sinceMs: 6_000 },
    ];
    expect(lossesOf({ ...left, lastSign: { atMs: 8_000, pending } }, 6_000)).toEqual([
      { speakerId: '100', startMs: 3_000, endMs: 6_000, reason: 'restarted' },
    ]);
  });

  it('begin with the latest entry of the journal where there was no sign', () => {
    expect(lossesOf({ ...left, finals: [makeFinal({ endMs: 2_500 })] }, 4_000)).toEqual([
      { startMs: 2_500, endMs: 4_000, reason: 'restarted' },
    ]);
  });
});
