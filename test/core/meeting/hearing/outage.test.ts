import { describe, expect, it } from 'vitest';
import { Outages } from '../../../../src/core/meeting/hearing/outage.ts';

describe('an outage of the voice connection', () => {
  it('lasts from its first interruption until the connection is back', () => {
    const outages = new Outages();
    expect([outages.isOn, outages.end(500)]).toEqual([false, undefined]);
    outages.begin(1_000);
    outages.begin(2_000);
    expect(outages.isOn).toBe(true);
    const reason = 'voice connection lost';
    expect(outages.soFar(3_000)).toEqual({ startMs: 1_000, endMs: 3_000, reason });
    expect(outages.end(4_000)).toEqual({ startMs: 1_000, endMs: 4_000, reason });
    expect([outages.isOn, outages.end(5_000)]).toEqual([false, undefined]);
  });

  it('is due for a notice after eight seconds, once', () => {
    const outages = new Outages();
    expect(outages.isDueForNotice(20_000)).toBe(false);
    outages.begin(20_000);
    expect([27_999, 28_000, 28_001].map((nowMs) => outages.isDueForNotice(nowMs))).toEqual([false, true, false]);
    outages.end(30_000);
    outages.begin(31_000);
    expect([38_999, 39_000].map((nowMs) => outages.isDueForNotice(nowMs))).toEqual([false, true]);
  });

  it.each([
    [1_000, true],
    [2_999, true],
    [3_000, false],
    [4_000, false],
  ])('that ended at 3 s covers what somebody lost from %i ms on: %s', (startMs, isCovered) => {
    const outages = new Outages();
    outages.begin(1_000);
    outages.end(3_000);
    expect(outages.covers(startMs)).toBe(isCovered);
  });
});
