import { describe, expect, it } from 'vitest';
import { FormatInUse } from '../../src/palabra/format-in-use.ts';
import { LogBook } from '../support/log-book.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { studio } from './support/studio.ts';

const never = new AbortController().signal;
const IN_USE = (name: 'ogg' | 'pcm_s16le') => {
  const log = new LogBook();
  const format = new FormatInUse(name, 48_000, log);
  return { format, log, first: format.current };
};

describe('the format in use', () => {
  it.each([
    ['at once', 1003, 0, 2],
    ['at once, as a policy', 1008, 999, 2],
    ['later', 1003, 1_000, Number.POSITIVE_INFINITY],
    ['by the network', 1006, 0, Number.POSITIVE_INFINITY],
    ['as the server goes away', 1001, 0, Number.POSITIVE_INFINITY],
  ])('is given up when sockets close %s (%i after %i ms): %f times', (_how, code, livedMs, times) => {
    const { format, first } = IN_USE('ogg');
    let closed = 0;
    while (format.current === first && closed < 5) {
      closed += 1;
      expect(format.closedUnheard(first, code, livedMs)).toBe(Number.isFinite(times));
    }
    expect(closed).toBe(Math.min(times, 5));
    expect(format.current.audio.format).toBe(Number.isFinite(times) ? 'pcm_s16le' : 'ogg');
  });

  it('is given up at once when the refusal names it, and not for another one', () => {
    const { format, first } = IN_USE('ogg');
    expect(format.refused(first, "Language 'xx' is not supported")).toBe(false);
    expect(format.refused(first, 'The audio format is not supported')).toBe(true);
    expect(format.keepsSamples).toBe(true);
  });

  it('stays when it has brought text: what closes later has another reason', () => {
    const { format, first } = IN_USE('ogg');
    format.accepted(first);
    for (let i = 0; i < 5; i++) expect(format.closedUnheard(first, 1003, 0)).toBe(false);
    expect(format.refused(first, 'no such format')).toBe(false);
    expect(format.current).toBe(first);
  });

  it('changes once, with one line in the log, however many sockets were under way', () => {
    const { format, first, log } = IN_USE('ogg');
    for (let i = 0; i < 5; i++) format.closedUnheard(first, 1003, 0);
    expect(log.entries.filter((line) => line.includes('PALABRA_FORMAT'))).toHaveLength(1);
  });

  it('is never given up when it is PCM', () => {
    const { format, first } = IN_USE('pcm_s16le');
    for (let i = 0; i < 5; i++) expect(format.closedUnheard(first, 1003, 0)).toBe(false);
    expect(format.refused(first, 'no such format')).toBe(false);
  });
});

describe.concurrent('a service that takes no Ogg', inRealTime, () => {
  it.each(['close', 'status'] as const)('(by %s) gets PCM from then on, and no word is lost', async (by) => {
    await using room = await studio({ refusesFormats: { names: ['ogg'], by } }, { format: 'ogg' });
    const ann = room.person('ann', { language: 'en', translateTo: ['es'] });
    const startMs = await ann.say('from the very first word');
    await ann.until(() => ann.translations('es').length === 1);
    await ann.say('and later too');
    const ben = room.person('ben');
    await ben.say('so am I');
    await Promise.all([ann.stream.finish(never), ben.stream.finish(never)]);
    expect(ann.said).toEqual(['from the very first word', 'and later too']);
    expect(ben.said).toEqual(['so am I']);
    expect(Math.abs((ann.finals[0]?.startMs ?? 0) - startMs)).toBeLessThan(100);
    expect(ann.notices).toEqual([]);
    expect(new Set(room.palabra.sockets.map(({ query }) => query.format))).toEqual(new Set(['pcm_s16le']));
    expect(room.palabra.violations).toEqual([]);
    expect(room.log.entries.filter((line) => line.includes('PALABRA_FORMAT'))).toHaveLength(1);
  });
});
