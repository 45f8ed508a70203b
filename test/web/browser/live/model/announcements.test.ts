import { describe, expect, it } from 'vitest';
import { Announcements } from '../../../../../src/web/browser/live/model/announcements.ts';
import { makeLine } from './support/make-line.ts';

const hello = makeLine({ text: 'Hello' });
const hola = makeLine({ text: 'Hola', language: 'es', original: { text: 'Hello', language: 'en' } });

function begun() {
  const announcements = new Announcements();
  announcements.begin();
  return announcements;
}

describe('what a screen reader is told', () => {
  it('is each finished line once, and nothing that is growing', () => {
    const announcements = begun();
    expect(announcements.take(makeLine({ state: 'growing', text: 'Hel' }), undefined, 0)).toEqual([]);
    expect(announcements.take(hello, undefined, 1)).toEqual([hello]);
    expect(announcements.take(hello, undefined, 2)).toEqual([]);
    expect(announcements.take(hola, 'es', 3)).toEqual([]);
  });

  it('is nothing of what was said before, in no language', () => {
    const announcements = new Announcements();
    expect(announcements.take(hello, 'es', 0)).toEqual([]);
    announcements.begin();
    expect(announcements.take(hola, 'es', 1)).toEqual([]);
    expect(announcements.late(60_000)).toEqual([]);
  });

  it('is the translation when it comes in time', () => {
    const announcements = begun();
    expect(announcements.take(hello, 'es', 0)).toEqual([]);
    expect(announcements.late(5_999)).toEqual([]);
    expect(announcements.take(hola, 'es', 5_999)).toEqual([hola]);
    expect(announcements.late(60_000)).toEqual([]);
  });

  it('is the line as it was spoken when no translation comes, and then no translation', () => {
    const announcements = begun();
    announcements.take(hello, 'es', 0);
    announcements.take(makeLine({ text: 'Hello!' }), 'es', 4_000); // it does not wait longer for that
    expect(announcements.late(6_000).map(({ text }) => text)).toEqual(['Hello!']);
    expect(announcements.take(hola, 'es', 7_000)).toEqual([]);
    expect(announcements.late(60_000)).toEqual([]);
  });

  it('is at once what is spoken in the language of the reader', () => {
    expect(begun().take(hello, 'en-GB', 0)).toEqual([hello]);
  });

  it('is nothing of a line that is taken back', () => {
    const announcements = begun();
    announcements.take(hello, 'es', 0);
    announcements.take(makeLine({ text: '' }), 'es', 1);
    expect(announcements.late(60_000)).toEqual([]);
  });
});
