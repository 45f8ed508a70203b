import { describe, expect, it } from 'vitest';
import { LastLines } from '../../../../src/web/browser/overlay/last-lines.ts';
import { makeLine } from '../live/model/support/make-line.ts';

/** An overlay to which all that was said before has come. */
function current(most = 2): LastLines {
  const lines = new LastLines(most);
  lines.all();
  return lines;
}

const textsOf = (lines: LastLines, nowMs: number) => lines.shown(nowMs).map(({ text }) => text);

describe('the last lines of an overlay', () => {
  it('are as many as asked for, in the order in which they began', () => {
    const lines = current(2);
    lines.take(makeLine({ id: 'b', at: 2, text: 'two' }), 10);
    lines.take(makeLine({ id: 'c', at: 3, text: 'three' }), 11);
    lines.take(makeLine({ id: 'a', at: 1, text: 'one' }), 12);
    expect(textsOf(lines, 12)).toEqual(['two', 'three']);
  });

  it('go twelve seconds after something was added to them', () => {
    const lines = current();
    lines.take(makeLine({ text: 'gro', state: 'growing' }), 0);
    lines.take(makeLine({ text: 'growing', state: 'growing' }), 5_000);
    lines.take(makeLine({ text: 'growing', state: 'growing' }), 9_000); // came again, as when a connection is new
    expect(textsOf(lines, 17_000)).toEqual(['growing']);
    expect(textsOf(lines, 17_001)).toEqual([]);
    lines.take(makeLine({ text: 'growing', state: 'final' }), 18_000);
    expect(textsOf(lines, 30_000)).toEqual(['growing']);
    lines.take(makeLine({ text: '', state: 'final' }), 19_000);
    expect(textsOf(lines, 19_000)).toEqual([]);
  });

  it('are none of those said long ago, when it is opened and when it comes back', () => {
    const lines = new LastLines(6);
    const nowMs = 100_000;
    lines.take(makeLine({ id: 'a', at: 10_000, text: 'long ago' }), nowMs);
    lines.take(makeLine({ id: 'b', at: 88_000, text: 'just now' }), nowMs);
    lines.take(makeLine({ id: 'c', at: 60_000, text: 'a long sentence', state: 'growing' }), nowMs);
    lines.take(makeLine({ id: 'd', at: 160_000, text: 'by a clock before ours' }), nowMs);
    lines.all();
    expect(textsOf(lines, nowMs)).toEqual(['a long sentence', 'just now', 'by a clock before ours']);
    expect(textsOf(lines, nowMs + 1)).toEqual(['a long sentence', 'by a clock before ours']);
    lines.take(makeLine({ id: 'e', at: 10_000, text: 'began long ago, and ends now' }), nowMs);
    expect(textsOf(lines, nowMs)[0]).toBe('began long ago, and ends now');
    lines.catchUp();
    lines.take(makeLine({ id: 'f', at: 50_000, text: 'while it was away' }), nowMs);
    expect(textsOf(lines, nowMs)).not.toContain('while it was away');
  });

  it('stay while all lines come anew, except for those that do not come again', () => {
    const lines = current();
    lines.take(makeLine({ id: 'a', at: 1, text: 'stays' }), 1_000);
    lines.take(makeLine({ id: 'b', at: 2, text: 'was erased' }), 1_000);
    lines.catchUp();
    lines.beginAnew();
    lines.take(makeLine({ id: 'a', at: 1, text: 'stays' }), 2_000);
    expect(textsOf(lines, 2_000)).toEqual(['stays', 'was erased']);
    lines.all();
    expect(textsOf(lines, 13_000)).toEqual(['stays']);
    lines.clear();
    expect(textsOf(lines, 13_000)).toEqual([]);
  });

  it('do not come back, nor stay longer, when somebody puts them right', () => {
    const lines = current();
    lines.take(makeLine({ id: 'a', at: 0, text: 'wrong' }), 0);
    lines.take(makeLine({ id: 'a', at: 0, text: 'right', corrected: true }), 11_000);
    expect(textsOf(lines, 12_000)).toEqual(['right']);
    expect(textsOf(lines, 12_001)).toEqual([]);
    lines.take(makeLine({ id: 'a', at: 0, text: 'right again', corrected: true }), 60_000);
    expect(textsOf(lines, 60_000)).toEqual([]);
  });
});
