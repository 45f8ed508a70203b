import { describe, expect, it } from 'vitest';
import { checkMode } from '../../src/core/log.ts';
import { LogBook } from '../support/log-book.ts';

describe('a check of a mode', () => {
  it('logs each broken promise as an error, with the mode, and throws nothing', () => {
    const log = new LogBook();
    checkMode(log, 'live', { 'a socket is in use': false, 'no dial is under way': true, 'it has a speaker': false });
    expect(log.defects.map((fields) => JSON.parse(fields))).toEqual([
      { mode: 'live', promise: 'a socket is in use' },
      { mode: 'live', promise: 'it has a speaker' },
    ]);
  });

  it('logs nothing while all promises are kept', () => {
    const log = new LogBook();
    checkMode(log, 'live', { 'a socket is in use': true });
    expect(log.entries).toEqual([]);
  });
});
