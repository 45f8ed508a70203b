import { describe, expect, it } from 'vitest';
import { measureReaders } from '../../scripts/bench/parts/readers.ts';
import { readersRows } from '../../scripts/bench/report/tables/readers.ts';

describe('the benchmark of a live page with many readers', () => {
  it('loses nothing, and says what they cost', async () => {
    const figures = await measureReaders(20, 2_000);
    expect(figures).toMatchObject({ readers: 20, lost: 0 });
    expect(figures.texts).toBeGreaterThan(10);
    expect(figures.slowTexts).toBeGreaterThan(figures.texts);
    expect(figures.arrivedP50Ms).toBeGreaterThan(0);
    expect(figures.arrivedP95Ms).toBeLessThan(300);
    const [head, row] = readersRows(figures, '');
    expect(row).toHaveLength(head?.length ?? 0);
    expect(row?.[0]).toBe('20');
  }, 60_000);

  it('says why it was not measured', () => {
    expect(readersRows(null, 'left out')[1]?.[0]).toBe('- (left out)');
  });
});
