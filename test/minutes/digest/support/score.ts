import type { List, Marked, Transcript } from './transcripts.ts';

/** How well one list was found. */
export interface Score {
  readonly expected: number;
  readonly found: number;
  readonly right: number;
  readonly precision: number; // 1 when nothing was found
  readonly recall: number; // 1 when nothing was expected
  readonly detailRight: number; // of the right ones: the answerer, or the time
}

/** What was missed, what was wrong, and what was right but for who answered or by when. */
export interface Faults {
  readonly missed: readonly Marked[];
  readonly wrong: readonly Marked[];
  readonly otherDetail: readonly { readonly expected: Marked; readonly found: Marked }[];
}

export function faultsOf({ expected, found }: Transcript, list: List): Faults {
  const is = (a: Marked) => (b: Marked) => a.list === b.list && a.line === b.line;
  const wanted = expected.filter((one) => one.list === list);
  const got = found.filter((one) => one.list === list);
  return {
    missed: wanted.filter((one) => !got.some(is(one))),
    wrong: got.filter((one) => !wanted.some(is(one))),
    otherDetail: wanted.flatMap((one) => {
      const other = got.find(is(one));
      return other && other.detail !== one.detail ? [{ expected: one, found: other }] : [];
    }),
  };
}

export function scoreOf(transcripts: readonly Transcript[], list: List): Score {
  const count = (of: (transcript: Transcript) => number) => transcripts.reduce((sum, one) => sum + of(one), 0);
  const expected = count((one) => one.expected.filter((mark) => mark.list === list).length);
  const found = count((one) => one.found.filter((mark) => mark.list === list).length);
  const right = found - count((one) => faultsOf(one, list).wrong.length);
  const otherDetail = count((one) => faultsOf(one, list).otherDetail.length);
  return {
    ...{ expected, found, right, detailRight: right - otherDetail },
    precision: found === 0 ? 1 : right / found,
    recall: expected === 0 ? 1 : right / expected,
  };
}
