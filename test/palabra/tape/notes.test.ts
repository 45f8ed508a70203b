import { describe, expect, it } from 'vitest';
import { Notes } from '../../../src/palabra/tape/notes.ts';

describe('what the samples of a chunk were made from', () => {
  it('is kept stretch by stretch, also of more packets than usual', () => {
    const notes = new Notes();
    const written = Array.from({ length: 50 }, (_, n) => [n * 4, n * 4 + 1, n * 4 + 2, n * 4 + 3] as const);
    for (const note of written) notes.add(...note);
    const read = Array.from({ length: notes.length }, (_, n) => [
      notes.at(n),
      notes.count(n),
      notes.skip(n),
      notes.bytes(n),
    ]);
    expect(read).toEqual(written);
  });
});
