import { describe, expect, it } from 'vitest';
import { buildMinutes, passagesIn } from '../../src/minutes/model/build-minutes.ts';
import { makePage } from '../../src/minutes/page/aside.ts';
import { renderPage } from '../../src/minutes/page/page.ts';
import { makeFinal, makeHead } from '../support/make.ts';

const wanted = { locale: 'fr' as const, meetingId: 'm1', formats: ['md'], head: '<!-- styles -->' };

function meetingOf(lines: number) {
  return {
    ...{ head: makeHead(), endedMs: lines * 4_000, ending: 'stopped' as const },
    attendance: ['Ana', 'Ben'].map((displayName) => ({ speakerId: displayName, displayName, joinedMs: 0 })),
    finals: Array.from({ length: lines }, (_, line) =>
      makeFinal({
        ...{ utteranceId: `u${line}`, speakerId: line % 3 === 0 ? 'Ana' : 'Ben' },
        ...{ startMs: line * 4_000, endMs: line * 4_000 + 3_000, text: `Sentence ${line} says where the release stands.` },
      }),
    ),
    ...{ translations: [], gaps: [], messages: [] },
  };
}

describe('the page of a meeting', () => {
  it.each([20, 2_700])('is the same wherever it is made, of %i lines', async (lines) => {
    const record = meetingOf(lines);
    expect(await makePage({ record, wanted })).toBe(await renderPage(record, wanted));
  });

  it('takes little of the thread that hears people when it is long', async () => {
    const record = meetingOf(2_700);
    const takenBy = async (make: () => Promise<string>) => {
      const before = process.threadCpuUsage();
      await make();
      const { user, system } = process.threadCpuUsage(before);
      return user + system;
    };
    await renderPage(record, wanted); // what it needs is compiled
    const aside = await takenBy(() => makePage({ record, wanted }));
    expect(aside).toBeLessThan((await takenBy(() => renderPage(record, wanted))) / 2);
  });

  it('has its words at the same places, whether the rest of the minutes is made or not', () => {
    const record = meetingOf(20);
    expect(passagesIn(record)).toEqual(buildMinutes(record).passages);
  });
});
