import { describe, expect, it } from 'vitest';
import { LiveFeed } from '../../../src/web/live/feed.ts';
import { makeFinal, makePartial, makeTranslation } from '../../support/make.ts';

const began = new Date('2026-11-23T10:00:00Z');
const read = (feed: LiveFeed, place = 0, bytes = Number.POSITIVE_INFINITY) => {
  const { pieces, place: next } = feed.after(place, bytes);
  const texts = pieces.map((piece) => JSON.parse(piece.toString().split('\ndata: ')[1] ?? '').text as string); // ours
  return { texts, next, pieces };
};

describe('the lines that the readers of a language see', () => {
  it('are rendered once for all readers', () => {
    const feed = new LiveFeed(began, undefined);
    feed.takeSegment({ segment: makeFinal(), name: 'Ana' });
    const [mine, yours] = [read(feed).pieces, read(feed).pieces];
    expect(mine).toHaveLength(1);
    expect(mine[0]).toBe(yours[0]);
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
    const first = read(feed, 0, 1);
    expect(first.texts).toEqual(['one']);
    const second = read(feed, first.next, 1);
    expect(second.texts).toEqual(['two']);
    feed.takeSegment({ segment: makeFinal({ utteranceId: 'two', text: 'two!' }), name: 'Ana' });
    expect(read(feed, second.next).texts).toEqual(['three', 'two!']);
    expect(read(feed, read(feed, second.next).next).texts).toEqual([]);
  });

  it('are bounded: the oldest are not kept', () => {
    const feed = new LiveFeed(began, undefined, 20_000);
    for (let i = 0; i < 5_000; i++) {
      feed.takeSegment({ segment: makePartial({ utteranceId: `${i % 1_000}`, text: `text ${i}` }), name: 'Ana' });
    }
    const { texts, pieces } = read(feed);
    expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBeLessThanOrEqual(20_000);
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
    const names = read(feed).pieces.map((piece) => JSON.parse(piece.toString().split('\ndata: ')[1] ?? '').name);
    expect(names).toEqual(['Ana (0001)', 'ANA (0002)', 'Somebody (0003)', 'Somebody (0004)']);
  });

  it('survive whatever people say', () => {
    const feed = new LiveFeed(began, undefined);
    const text = '\n\nevent: over\ndata: \r\n\u2028\ud800';
    feed.takeSegment({ segment: makeFinal({ text }), name: 'A\nna' });
    expect(read(feed).texts).toEqual([text]);
    expect(read(feed).pieces[0]?.toString().match(/\n/g)).toHaveLength(3);
  });
});
