import { describe, expect, it } from 'vitest';
import { lineMarks } from '../../../../src/discord/formatting/line-marks.ts';
import type { Entry, Line } from '../../../../src/discord/transcript/outbox/line.ts';
import { Pending } from '../../../../src/discord/transcript/outbox/pending.ts';
import { wordsFor } from '../../../../src/i18n/words.ts';

const sentence = { kind: 'sentence', text: 'The bot says this' } as const;

function line(utteranceId: string, startMs: number, text = 'words'): Line {
  return {
    kind: 'line',
    utteranceId,
    speakerId: '100',
    name: 'Ana',
    profile: { username: 'Ana' },
    atS: 0,
    startMs,
    endMs: startMs,
    marks: lineMarks(wordsFor('en-US')),
    text,
    state: 'final',
    translations: new Map(),
  };
}

function namesIn({ entries }: Pending): string[] {
  return entries.map((entry) => (entry.kind === 'line' ? entry.utteranceId : 'sentence'));
}

function pendingOf(...entries: readonly Entry[]): Pending {
  const pending = new Pending();
  for (const entry of entries) entry.kind === 'line' ? pending.addLine(entry) : pending.addSentence(entry);
  return pending;
}

const [a, b, c] = [line('a', 1), line('b', 2), line('c', 3)];

describe('the row of pending entries', () => {
  it.each<[string, readonly Entry[], readonly string[]]>([
    ['is in the order in which it was begun', [c, a, b], ['a', 'b', 'c']],
    ['keeps lines that were begun together in the order in which they came', [line('x', 1), line('y', 1)], ['x', 'y']],
    ['lets no line pass a sentence of the bot', [c, sentence, a], ['c', 'sentence', 'a']],
  ])('%s', (_, entries, expected) => {
    expect(namesIn(pendingOf(...entries))).toEqual(expected);
  });

  it('takes lines right behind one that is there, else at the end', () => {
    const pending = pendingOf(a, c);
    pending.insertLinesAfter(a, [line('a2', 1), line('a3', 1)]);
    pending.insertLinesAfter(b, [line('b2', 2)]);
    expect(namesIn(pending)).toEqual(['a', 'a2', 'a3', 'c', 'b2']);
  });

  it('takes entries back first, but behind the sentence that says why', () => {
    const pending = pendingOf(sentence, c);
    pending.putBack([a, b], sentence);
    expect(namesIn(pending)).toEqual(['sentence', 'a', 'b', 'c']);
    pending.putBack([line('first', 9)]);
    expect(namesIn(pending)[0]).toBe('first');
  });

  it('has a replaced line in the place of the old one, as old as that', () => {
    const pending = pendingOf(a, b);
    const { sinceMs } = pending;
    const newA = { ...a, text: 'better words' };
    pending.replaceLine(a, newA);
    expect(pending.entries).toEqual([newA, b]);
    expect(pending.has(a)).toBe(false);
    expect(pending.sinceMs).toBe(sinceMs);
  });

  it('holds nothing back in a digest while a sentence of the bot is there', () => {
    expect(pendingOf(a).sinceMs).toBeGreaterThan(0);
    expect(pendingOf(a, sentence).sinceMs).toBe(0);
  });

  it('hands out a batch in its own order', () => {
    const pending = pendingOf(a, b, c);
    expect(pending.takeBatch([c, a])).toEqual([a, c]);
    expect(pending.entries).toEqual([b]);
  });

  it('puts entries first where the sentence is not, or not first', () => {
    const pending = pendingOf(b, sentence);
    pending.putBack([a], sentence);
    expect(namesIn(pending)).toEqual(['a', 'b', 'sentence']);
    const none = pendingOf();
    none.putBack([a]);
    expect(namesIn(none)).toEqual(['a']);
  });

  it('takes lines right behind one in the middle', () => {
    const pending = pendingOf(a, b, c);
    pending.insertLinesAfter(b, [line('b2', 2)]);
    expect(namesIn(pending)).toEqual(['a', 'b', 'b2', 'c']);
  });

  it('says whether an entry was there to be taken away, and takes no other', () => {
    const pending = pendingOf(a, b);
    expect([pending.removeEntry(a), pending.removeEntry(a), namesIn(pending)]).toEqual([true, false, ['b']]);
  });

  it('replaces nothing that is not there', () => {
    const pending = pendingOf(a);
    pending.replaceLine(b, c);
    expect([...pending.entries]).toEqual([a]);
    expect(Object.keys(pending.entries)).toEqual(['0']);
  });

  it('can be emptied at once', () => {
    const pending = pendingOf(a, b);
    expect([pending.takeAll(), pending.entries]).toEqual([[a, b], []]);
  });

  it('gives up the oldest when far too much waits, and counts it once', () => {
    const pending = pendingOf(...Array.from({ length: 5_003 }, (_, index) => line(`${index}`, index)));
    expect(pending.entries).toHaveLength(5_000);
    expect(namesIn(pending)[0]).toBe('3');
    expect([pending.takeGivenUp(), pending.takeGivenUp()]).toEqual([3, 0]);
  });
});
