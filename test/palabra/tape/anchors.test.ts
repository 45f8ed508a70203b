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

  it('let a later one replace all that stand behind it', () => {
    const replaced = new Anchors(1);
    replaced.set(0, 0);
    replaced.set(10, 1_000);
    replaced.set(20, 2_000);
    replaced.set(10, 7);
    const read = [replaced.valueAt(5, 'start'), replaced.valueAt(25, 'start'), replaced.nextAfter(10)];
    expect(read).toEqual([5, 22, undefined]);
  });

  it('know nothing without any anchor', () => {
    const none = new Anchors(1);
    none.endAt(5);
    expect([none.valueAt(5, 'start'), none.nextAfter(0)]).toEqual([0, undefined]);
  });

  it('forget what is needed only before a point, and keep the one that holds there', () => {
    const forgetful = new Anchors(1);
    for (const at of [0, 10, 20]) forgetful.set(at, at * 100);
    forgetful.forgetBefore(10); // an end at 10 belongs to the first
    expect([forgetful.valueAt(5, 'start'), forgetful.valueAt(10, 'end')]).toEqual([5, 10]);
    forgetful.forgetBefore(15);
    expect([forgetful.valueAt(5, 'start'), forgetful.valueAt(15, 'start')]).toEqual([995, 1_005]);
    forgetful.forgetBefore(-5);
    expect(forgetful.nextAfter(-1)).toBe(10);
  });

  it('keep up to twice as many as are needed', () => {
    const some = new Anchors(1);
    for (let i = 0; i < 20; i++) some.set(i * 10, i * 1_000);
    some.keepNewest(10);
    expect(some.valueAt(0, 'start')).toBe(0);
  });

  it('keep only the newest when there are many', () => {
    const many = new Anchors(1);
    for (let i = 0; i <= 20; i++) many.set(i * 10, i * 1000);
    many.keepNewest(10);
    expect([many.valueAt(205, 'start'), many.valueAt(110, 'start')]).toEqual([20_005, 11_000]);
    expect(many.valueAt(0, 'start')).toBe(10_890); // measured back from the oldest that is kept
  });
});
