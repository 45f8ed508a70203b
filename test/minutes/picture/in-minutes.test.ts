import { describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { makeMinutes } from '../../../src/minutes/make-minutes.ts';
import { timelinePng } from '../../../src/minutes/picture/png.ts';
import { fourScripts } from '../support/four-scripts.ts';

// In a file of its own, which does not give way: a picture that is not drawn within ten seconds is left out, too.
describe('the picture of minutes', () => {
  it('is a PNG at one and a half times the size, beside the document', async () => {
    const [, picture] = (await makeMinutes(fourScripts, {}, quiet)).files;
    expect(picture?.name).toBe('minutes-2026-11-23-1000-buro-cafe.png');
    expect(picture?.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(picture?.bytes.readUInt32BE(16)).toBe(1_440);
    expect(picture?.bytes).toEqual(timelinePng(fourScripts)); // although the thread received no words
  });

  it('is left out when too many are waiting, and the minutes come without it', async () => {
    const many = await Promise.all(Array.from({ length: 4 }, () => makeMinutes(fourScripts, {}, quiet)));
    expect([many[0], many[3]].map((minutes) => minutes?.files.length)).toEqual([2, 1]); // one is being drawn, and two may wait
    for (const { files } of many) expect(files[0]?.bytes.toString()).toContain('## Transcript');
  });
});
