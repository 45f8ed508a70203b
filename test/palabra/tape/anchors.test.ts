import { describe, expect, it } from 'vitest';
import { Anchors } from '../../../src/palabra/tape/anchors.ts';

describe('anchors', () => {
  const anchors = new Anchors(1 / 48);
  anchors.set(0, 1000);
  anchors.set(48_000, 5000);

  it('measure on from the one before', () => {
    expect(anchors.valueAt(24_000, 'start')).toBe(1500);
  });

  it('put a start on a seam into the later stretch', () => {
    expect(anchors.valueAt(48_000, 'start')).toBe(5000);
  });

  it('put an end on a seam into the earlier stretch', () => {
    expect(anchors.valueAt(48_000, 'end')).toBe(2000);
  });

  it('put what falls between two stretches to the later one for a start, to the earlier one for an end', () => {
    const apart = new Anchors(1);
    apart.set(0, 1000, 100);
    apart.set(500, 2000, 100);
    expect([apart.valueAt(499, 'start'), apart.valueAt(101, 'end')]).toEqual([2000, 1100]);
    expect([apart.valueAt(500, 'start'), apart.valueAt(100, 'end')]).toEqual([2000, 1100]);
  });

  it('know nothing of what follows the end of a stretch', () => {
    const ended = new Anchors(1);
    ended.set(0, 1000);
    ended.endAt(100);
    expect([ended.valueAt(101, 'start'), ended.valueAt(300, 'end')]).toEqual([1100, 1100]); // nothing follows yet
    ended.set(500, 2000);
    expect([ended.valueAt(100, 'start'), ended.valueAt(101, 'start')]).toEqual([1100, 2000]);
    expect([ended.valueAt(499, 'end'), ended.valueAt(501, 'end')]).toEqual([1100, 2001]);
  });

  it.each([
    [-1, 0],
    [0, 48_000],
    [47_999, 48_000],
    [48_000, undefined],
  ])('know which one comes after %i', (at, next) => {
    expect(anchors.nextAfter(at)).toBe(next);
  });

  it('measure back from the first one', () => {
    const late = new Anchors(1 / 48);
    late.set(4800, 1000);
    expect(late.valueAt(0, 'start')).toBe(900);
  });

  it('keep what is needed when older ones are forgotten', () => {
    const forgetful = new Anchors(1 / 48);
    forgetful.set(0, 0);
    forgetful.set(48_000, 5000);
    forgetful.set(96_000, 9000);
    forgetful.forgetBefore(72_000);
    expect(forgetful.valueAt(72_000, 'start')).toBe(5500);
  });

  it('let a later one replace an earlier one at the same place', () => {
    const twice = new Anchors(1);
    twice.set(10, 0);
    twice.set(10, 7);
    expect(twice.valueAt(12, 'end')).toBe(9);
  });

  it('keep only the newest when there are many', () => {
    const many = new Anchors(1);
    for (let i = 0; i <= 20; i++) many.set(i * 10, i * 1000);
    many.keepNewest(10);
    expect([many.valueAt(205, 'start'), many.valueAt(110, 'start')]).toEqual([20_005, 11_000]);
    expect(many.valueAt(0, 'start')).toBe(10_890); // measured back from the oldest that is kept
  });
});
