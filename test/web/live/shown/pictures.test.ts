import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { quiet } from '../../../../src/core/log.ts';
import { Pictures } from '../../../../src/web/live/shown/pictures.ts';
import { image, pictureServer } from '../support/picture-server.ts';

const KIB = 1 << 10;

/** Pictures from a server that has these. */
async function picturesFrom(answers?: Parameters<typeof pictureServer>[0]) {
  const server = await pictureServer(answers);
  return { ...server, pictures: new Pictures(quiet, server.base) };
}

describe('a picture', () => {
  it('is fetched once, however many ask for it', async () => {
    const { asked, base, pictures } = await picturesFrom();
    const all = await Promise.all([1, 2, 3].map(() => pictures.pictureAt(`${base}/a.png`)));
    expect(all[0]).toEqual({ type: 'image/png', bytes: new Uint8Array(100) });
    expect([await pictures.pictureAt(`${base}/a.png`), all[1]]).toEqual([all[0], all[0]]);
    expect(asked).toEqual(['/a.png']);
  });

  it.each<[what: string, answer: (response: ServerResponse) => void]>([
    ['does not exist', (response) => void response.writeHead(404, { 'content-type': 'image/png' }).end()],
    ['may hold a script', image('image/svg+xml', 100)],
    ['is a page', image('text/html', 100)],
    ['has no type', (response) => void response.writeHead(200).end()],
    ['is too large', image('image/png', 257 * KIB)],
    ['is elsewhere', (response) => void response.writeHead(302, { location: '/a.png' }).end()],
    [
      'breaks off',
      (response) => void response.writeHead(200, { 'content-type': 'image/png', 'content-length': '9' }).destroy(),
    ],
  ])('that %s is not shown, and not asked for again at once', async (_, answer) => {
    const { asked, base, pictures } = await picturesFrom({ '/x.png': answer });
    expect(await pictures.pictureAt(`${base}/x.png`)).toBeUndefined();
    expect(await pictures.pictureAt(`${base}/x.png`)).toBeUndefined();
    expect(asked).toEqual(['/x.png']);
  });

  it.each<[type: string, bytes: number]>([
    ['image/png', 256 * KIB],
    ['image/JPEG; charset=binary', 1],
    ['image/webp', 0],
    ['image/gif', 1],
  ])('of type %s is shown, up to a quarter of a megabyte', async (type, bytes) => {
    const { base, pictures } = await picturesFrom({ '/x': image(type, bytes) });
    const picture = await pictures.pictureAt(`${base}/x`);
    expect([picture?.type, picture?.bytes.length]).toEqual([type.split(';')[0]?.toLowerCase(), bytes]);
  });

  it('is fetched from Discord alone', async () => {
    const { asked, base } = await picturesFrom();
    const { port } = new URL(base);
    const elsewhere = new Pictures(quiet, 'http://127.0.0.1:1');
    for (const address of [
      `${base}/a.png`,
      `http://127.0.0.1:1@127.0.0.1:${port}/a.png`,
      'file:///etc/passwd',
      'a.png',
      '',
    ])
      expect(await elsewhere.pictureAt(address)).toBeUndefined();
    const there = new Pictures(quiet, base);
    for (const address of [`http://me@127.0.0.1:${port}/a.png`, `http://localhost:${port}/a.png`])
      expect(await there.pictureAt(address)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('that failed is tried again a minute later', async () => {
    let isThere = false;
    const { base, pictures } = await picturesFrom({
      '/x.png': (response) =>
        isThere ? image('image/png', 1)(response) : void response.writeHead(500, { 'content-type': 'image/png' }).end(),
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    expect(await pictures.pictureAt(`${base}/x.png`)).toBeUndefined();
    isThere = true;
    vi.advanceTimersByTime(59_999);
    expect(await pictures.pictureAt(`${base}/x.png`)).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(await pictures.pictureAt(`${base}/x.png`)).toBeDefined();
  });

  it('is forgotten when many others were asked for since', async () => {
    const large = image('image/png', 256 * KIB);
    const paths = Array.from({ length: 66 }, (_, n) => `/${n}.png`);
    const { asked, base, pictures } = await picturesFrom(Object.fromEntries(paths.map((path) => [path, large])));
    for (const path of paths) {
      await pictures.pictureAt(base + path);
      await pictures.pictureAt(`${base}/0.png`); // asked for all the time
    }
    expect(asked).toHaveLength(66);
    await pictures.pictureAt(`${base}/1.png`); // sixteen megabytes are kept
    expect(asked).toHaveLength(67);
  });

  it('is not fetched while too many others are', async () => {
    const waiting: ServerResponse[] = [];
    const hold = (response: ServerResponse) => void waiting.push(response);
    const paths = Array.from({ length: 51 }, (_, n) => `/${n}.png`);
    const { base, pictures } = await picturesFrom(Object.fromEntries(paths.map((path) => [path, hold])));
    const fetching = paths.slice(0, 50).map((path) => pictures.pictureAt(base + path));
    expect(await pictures.pictureAt(`${base}/50.png`)).toBeUndefined();
    await expect.poll(() => waiting.length).toBe(50);
    for (const response of waiting.splice(0)) image('image/png', 1)(response);
    await Promise.all(fetching);
    const last = pictures.pictureAt(`${base}/50.png`);
    await expect.poll(() => waiting.length).toBe(1);
    for (const response of waiting) image('image/png', 1)(response);
    expect(await last).toBeDefined();
  });
});
