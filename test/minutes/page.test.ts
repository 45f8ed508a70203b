import { createHook } from 'node:async_hooks';
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
        ...{
          startMs: line * 4_000,
          endMs: line * 4_000 + 3_000,
          text: `Sentence ${line} says where the release stands.`,
        },
      }),
    ),
    ...{ translations: [], gaps: [], messages: [] },
  };
}

describe('the page of a meeting', () => {
  it.each([
    [20, 0],
    [2_700, 1],
  ])('is the same wherever it is made, of %i lines in %i threads of its own', async (lines, threads) => {
    const record = meetingOf(lines);
    let begun = 0;
    const watch = createHook({
      init: (_id, type) => {
        if (type === 'WORKER') begun += 1;
      },
    }).enable();
    const page = await makePage({ record, wanted });
    watch.disable();
    expect(page).toBe(await renderPage(record, wanted));
    expect(begun).toBe(threads);
  });

  it('has its words at the same places, whether the rest of the minutes is made or not', () => {
    const record = meetingOf(20);
    expect(passagesIn(record)).toEqual(buildMinutes(record).passages);
  });
});
