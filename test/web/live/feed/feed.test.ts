import { describe, expect, it } from 'vitest';
import type { FinalSegment, PartialSegment, TranslationSegment } from '../../../../src/core/segment.ts';
import type { LiveLine } from '../../../../src/web/browser/wire.ts';
import { LiveFeed } from '../../../../src/web/live/feed/feed.ts';
import { makeFinal, makePartial, makeTranslation } from '../../../support/make.ts';

const began = new Date('2026-11-23T10:00:00Z');
const read = (feed: LiveFeed, place = 0, bytes = Number.POSITIVE_INFINITY) => {
  const { pieces, place: next } = feed.events.after(place, bytes);
  const lines = pieces.flatMap((piece) => lineIn(piece) ?? []);
  return { lines, texts: lines.map(({ text }) => text), next, pieces };
};
const lineIn = (piece: Buffer) => {
  const [, data] = /^event: line\nid: .*\ndata: ([^\n]*)\n\n$/.exec(piece.toString()) ?? [];
  return data === undefined ? undefined : (JSON.parse(data) as LiveLine); // ours
};

describe('the lines that the readers of a language see', () => {
  it('are rendered once for all readers', () => {
    const feed = new LiveFeed(began, undefined);
    feed.takeSegment({ segment: makeFinal(), name: 'Ana' });
    const [mine, yours] = [read(feed).pieces, read(feed).pieces];
    expect(mine).toHaveLength(2); // a line, and who said it
    expect([mine[0] === yours[0], mine[1] === yours[1]]).toEqual([true, true]);
  });

  it('are sent in one piece, the same for all who are at the same place', () => {
    const feed = new LiveFeed(began, undefined);
    for (const utteranceId of ['a', 'b']) feed.takeSegment({ segment: makeFinal({ utteranceId }), name: 'Ana' });
    const [mine, yours] = [feed.events.chunkAfter(0, 1_000), feed.events.chunkAfter(0, 1_000)];
    expect(mine.bytes).toBe(yours.bytes);
    expect(mine.bytes).toEqual(Buffer.concat(read(feed).pieces));
    expect(feed.events.chunkAfter(mine.place, 1_000)).toMatchObject({ bytes: undefined, place: mine.place });
    feed.takeSegment({ segment: makeFinal({ utteranceId: 'c' }), name: 'Ana' });
    const next = feed.events.chunkAfter(mine.place, 1_000);
    expect(next.bytes).toBe(read(feed, mine.place).pieces[0]); // no copy of a single one
    expect(feed.events.chunkAfter(next.place, 1_000).bytes).toBeUndefined();
  });

  const corrected = { original: 'Hello everyone', byId: '200', byName: 'Ben', atMs: 0 };

  it('say that they were corrected, and not by whom', () => {
    const feed = new LiveFeed(began, undefined);
    feed.takeSegment({ segment: makeFinal(), name: 'Ana' });
    feed.takeSegment({ segment: makeFinal({ text: 'Hi', corrected }), name: 'Ana' });
    expect(read(feed).lines).toMatchObject([{ text: 'Hi', corrected: true }]);
    expect(read(feed).pieces.join('')).not.toContain('Ben');
  });

  it.each(['before', 'after'] as const)('have the corrected original beside a translation that came %s', (when) => {
    const feed = new LiveFeed(began, 'es');
    feed.takeSegment({ segment: makeFinal(), name: 'Ana' });
    if (when === 'before') feed.takeSegment({ segment: makeTranslation(), name: 'Ana' });
    feed.takeSegment({ segment: makeFinal({ text: 'Hi', corrected }), name: 'Ana' });
    if (when === 'after') feed.takeSegment({ segment: makeTranslation(), name: 'Ana' });
    const original = { text: 'Hi', language: 'en' };
    expect(read(feed).lines).toMatchObject([{ text: 'Hola a todos', original, corrected: true }]);
  });

  it('say when they were said, whether they grow, and where they stand', () => {
    const feed = new LiveFeed(began, undefined);
    const said = { utteranceId: 'a', startMs: 5_000 };
    feed.takeSegment({ segment: makePartial(said), name: 'Ana' });
    const growing = read(feed);
    expect(growing.lines).toMatchObject([{ id: 'a', at: began.getTime() + 5_000, state: 'growing' }]);
    expect(growing.pieces.at(-1)?.toString()).toContain(`\nid: ${feed.events.idOf(growing.next)}\n`);
    feed.takeSegment({ segment: makeFinal(said), name: 'Ana' });
    expect(read(feed).lines).toMatchObject([{ state: 'final' }]);
    expect([feed.events.hasMore(growing.next), feed.events.hasMore(read(feed).next)]).toEqual([true, false]);
  });

  it('come with everybody who said them, however long ago', () => {
    const feed = new LiveFeed(began, undefined, { mostBytes: 2_000 });
    for (let i = 0; i < 1_000; i++) {
      const spoken = { utteranceId: `${i}`, speakerId: i === 0 ? '1' : '2', text: `text ${i}` };
      feed.takeSegment({ segment: makeFinal(spoken), name: `Person ${spoken.speakerId}` });
    }
    const { pieces } = read(feed);
    expect(pieces.filter((piece) => piece.toString().startsWith('event: person'))).toHaveLength(2);
    expect(pieces.length).toBeLessThan(20);
  });

  it('keep nothing alive of the words from which they grew', () => {
    const feed = new LiveFeed(began, undefined);
    feed.takeSegment({ segment: makePartial(), name: 'Ana' });
    feed.takeSegment({ segment: makeFinal(), name: 'Ana' });
    const [piece] = read(feed, 1).pieces;
    expect(piece?.buffer.byteLength).toBe(piece?.length);
  });

  it('are the latest of each utterance, in the order in which they came', () => {
    const feed = new LiveFeed(began, undefined);
    feed.takeSegment({ segment: makePartial({ utteranceId: 'a', text: 'He' }), name: 'Ana' });
    feed.takeSegment({ segment: makeFinal({ utteranceId: 'b', text: 'Yes' }), name: 'Ben' });
    feed.takeSegment({ segment: makeFinal({ utteranceId: 'a', text: 'Hello' }), name: 'Ana' });
    expect(read(feed).texts).toEqual(['Yes', 'Hello']);
  });

  it('are not sent again when the same line comes twice', () => {
    const feed = new LiveFeed(began, undefined);
    feed.takeSegment({ segment: makeFinal(), name: 'Ana' });
    const { next } = read(feed);
    feed.takeSegment({ segment: makeFinal(), name: 'Ana' });
    expect(read(feed, next).texts).toEqual([]);
    feed.takeSegment({ segment: makeFinal(), name: 'Anna' });
    expect(read(feed, next).texts).toHaveLength(1);
  });

  it('go on where a reader was, a piece at a time', () => {
    const feed = new LiveFeed(began, undefined);
    for (const text of ['one', 'two', 'three']) {
      feed.takeSegment({ segment: makeFinal({ utteranceId: text, text }), name: 'Ana' });
    }
    const first = read(feed, 1, 1); // after who said it
    expect(first.texts).toEqual(['one']);
    const second = read(feed, first.next, 1);
    expect(second.texts).toEqual(['two']);
    feed.takeSegment({ segment: makeFinal({ utteranceId: 'two', text: 'two!' }), name: 'Ana' });
    expect(read(feed, second.next).texts).toEqual(['three', 'two!']);
    expect(read(feed, read(feed, second.next).next).texts).toEqual([]);
  });

  it('are bounded: the oldest are not kept', () => {
    const feed = new LiveFeed(began, undefined, { mostBytes: 20_000 });
    for (let i = 0; i < 5_000; i++) {
      feed.takeSegment({ segment: makePartial({ utteranceId: `${i % 1_000}`, text: `text ${i}` }), name: 'Ana' });
    }
    const { texts, pieces } = read(feed);
    expect(pieces.reduce((sum, piece) => sum + (lineIn(piece) ? piece.length : 0), 0)).toBeLessThanOrEqual(20_000);
    expect(texts.at(-1)).toBe('text 4999');
    expect(texts).toEqual(Array.from(texts, (_, i) => `text ${5_000 - texts.length + i}`));
  });

  it('hold no text that was removed, not even for readers who come later', () => {
    const feed = new LiveFeed(began, 'es');
    feed.takeSegment({ segment: makeFinal({ text: 'Hello' }), name: 'Ana' });
    feed.takeSegment({ segment: makeTranslation({ text: 'Hola' }), name: 'Ana' });
    feed.takeSegment({ segment: makePartial({ text: '' }), name: '' });
    expect(read(feed).texts).toEqual(['']);
  });

  it('are the nearest translation: any variety of the language, until their own comes', () => {
    const portuguese = (language: string) => ({ segment: makeTranslation({ language, text: language }), name: 'Ana' });
    const seen = (reads: string, ...languages: string[]) => {
      const feed = new LiveFeed(began, reads);
      feed.takeSegment({ segment: makeFinal({ text: 'Hello' }), name: 'Ana' });
      for (const language of languages) feed.takeSegment(portuguese(language));
      return read(feed).texts;
    };
    expect(seen('pt_BR', 'pt-PT')).toEqual(['pt-PT']);
    expect(seen('pt_BR', 'pt-BR', 'pt-PT')).toEqual(['pt-BR']);
    expect(seen('PT', 'es', 'pt_PT')).toEqual(['pt_PT']);
    expect(seen('zh_Hans', 'zh-Hant', 'zh-CN')).toEqual(['zh-CN']);
    expect(seen('pt', 'es')).toEqual(['Hello']);
  });

  it.each<[what: string, events: readonly (FinalSegment | PartialSegment | TranslationSegment)[], original: unknown]>([
    ['as it was spoken', [makeFinal()], undefined],
    ['a translation', [makeFinal({ text: 'Hello' }), makeTranslation()], { text: 'Hello', language: 'en' }],
    [
      'a better translation',
      [makeFinal({ text: 'Hello' }), makeTranslation({ language: 'es-419' }), makeTranslation({ language: 'es' })],
      { text: 'Hello', language: 'en' },
    ],
    ['a translation that came first', [makeTranslation(), makeFinal()], { text: 'Hello everyone', language: 'en' }],
    ['a translation alone', [makeTranslation()], undefined],
    ['taken back', [makeFinal(), makeTranslation(), makePartial({ text: '' })], undefined],
  ])('carry the original of %s', (_, segments, original) => {
    const feed = new LiveFeed(began, 'es');
    for (const segment of segments) feed.takeSegment({ segment, name: 'Ana' });
    const [line] = read(feed).lines;
    const last = segments.at(-1)?.kind === 'final' ? segments[0] : segments.at(-1);
    expect(line).toMatchObject({ text: last?.text, language: last?.language });
    expect(line?.original).toEqual(original);
  });

  it('carry a key of the person, and nothing of their id at Discord', () => {
    const feed = new LiveFeed(began, undefined);
    const say = (utteranceId: string, speakerId: string) =>
      feed.takeSegment({ segment: makeFinal({ utteranceId, speakerId }), name: 'Ana' });
    for (const [id, speaker] of Object.entries({ a: '900001', b: '900002', c: '900001' })) say(id, speaker);
    const { lines, pieces } = read(feed);
    expect(lines[0]?.person).toBe(lines[2]?.person);
    expect(lines[0]?.person).not.toBe(lines[1]?.person);
    expect(pieces.join('')).not.toContain('90000');
  });

  it('carry names that are visible and unique, also those from before', () => {
    const feed = new LiveFeed(began, undefined);
    const ids = ['900001', '900002', '900003', '900004'];
    feed.takeRecord({
      attendance: ['Ana', 'ANA', '\u3164'].map((displayName, n) => ({
        speakerId: ids[n] ?? '',
        displayName,
        joinedMs: n,
      })),
      finals: ids.map((speakerId) => makeFinal({ utteranceId: speakerId, speakerId })),
      translations: [],
      gaps: [],
    });
    expect(read(feed).lines.map(({ name }) => name)).toEqual([
      'Ana (0001)',
      'ANA (0002)',
      'Somebody (0003)',
      'Somebody (0004)',
    ]);
  });

  it('survive whatever people say', () => {
    const feed = new LiveFeed(began, undefined);
    const text = '\n\nevent: over\ndata: \r\n\u2028\ud800';
    feed.takeSegment({ segment: makeFinal({ text }), name: 'A\nna' });
    expect(read(feed).texts).toEqual([text]);
    for (const piece of read(feed).pieces) expect(piece.toString()).toMatch(/^(?:(?:event|id|data): [^\n]*\n)+\n$/);
  });
});

describe('a reader who comes back with the id of what they have', () => {
  const feed = new LiveFeed(began, undefined, { mostBytes: 2_000 });
  const say = (utteranceId: string, text = 'x'.repeat(100)) =>
    feed.takeSegment({ segment: makeFinal({ utteranceId, text }), name: 'Ana' });
  for (const id of ['a', 'b', 'c']) say(id);
  const other = new LiveFeed(began, undefined);
  other.takeSegment({ segment: makeFinal(), name: 'Ana' });

  it.each([
    ['of the newest', feed.events.idOf(4), 4],
    ['of an earlier one', feed.events.idOf(2), 2],
    ['of one before everything', feed.events.idOf(0), 0],
    ['of one to come', feed.events.idOf(5), undefined],
    ['of another feed', other.events.idOf(1), undefined],
    ['of nothing', undefined, undefined],
    ['that is empty', '', undefined],
    ['that is no id', 'x', undefined],
    ['without a place', feed.events.idOf(0).slice(0, -1), undefined],
    ['with more behind it', `${feed.events.idOf(2)}x`, undefined],
    ['with a place that is no number', `${feed.events.idOf(2)}.5`, undefined],
  ])('%s goes on there, or begins anew', (_, id, place) => {
    expect(feed.events.placeOf(id)).toBe(place);
  });

  it('gets what was removed as an empty text, and nothing that they have', () => {
    const { next } = read(feed);
    feed.takeSegment({ segment: makePartial({ utteranceId: 'a', text: '' }), name: '' });
    expect(read(feed, next).lines).toMatchObject([{ id: 'a', text: '' }]);
  });

  it('begins anew when something that they lack was forgotten', () => {
    const id = feed.events.idOf(read(feed).next);
    for (let i = 0; i < 4; i++) say(`long ${i}`);
    expect(feed.events.placeOf(id)).toBeDefined();
    for (let i = 4; i < 12; i++) say(`long ${i}`);
    expect(feed.events.placeOf(id)).toBeUndefined();
  });
});
