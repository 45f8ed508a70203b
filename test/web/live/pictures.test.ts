import { describe, expect, it, vi } from 'vitest';
import type { ShownPerson } from '../../../src/web/browser/wire.ts';
import { pictureServer } from './support/picture-server.ts';
import { follow, guest, served } from './support/served.ts';

const ana = { speakerId: '100', name: 'Ana', isThere: true, isSpeaking: false };

/** A page of a meeting with somebody who has a picture. */
async function withPicture() {
  const { base, asked } = await pictureServer();
  const place = await served({ cdnUrl: base });
  const cookie = await place.enter();
  const page = await follow(place.address('/lines'), cookie);
  let shown = '';
  const show = async (pictureUrl: string) => {
    place.at.tell({ people: [{ ...ana, pictureUrl }] });
    shown = await vi.waitFor(() => {
      const person = page.events.findLast(({ event }) => event === 'person')?.data as ShownPerson | undefined; // as the page does
      if (person?.picture === undefined || person.picture === shown) throw new Error('It is not shown yet');
      return person.picture;
    });
    return new URL(shown, place.address()).href;
  };
  return { ...place, asked, cookie, page, show, picture: await show(`${base}/ana.png`), base };
}

describe('the picture of somebody in a meeting', () => {
  it('is shown through us, to those who may read, at an address that says nothing of Discord', async () => {
    const { asked, cookie, picture, enter } = await withPicture();
    expect(picture).toMatch(/\/live\/m1\/pictures\/[\w-]{12}\?[\w-]{8}$/);
    const answer = await fetch(picture, { headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("img-src 'self'");
    expect((await answer.bytes()).length).toBe(100);
    const other = await enter({ ...guest, userId: '200' });
    expect((await fetch(picture, { headers: { cookie: other } })).status).toBe(200);
    expect(asked).toEqual(['/ana.png']);
  });

  it('has another address when it is another picture', async () => {
    const { base, asked, cookie, picture, show } = await withPicture();
    const newer = await show(`${base}/ana-2.png`);
    expect(newer).not.toBe(picture);
    await fetch(newer, { headers: { cookie } });
    expect(asked).toEqual(['/ana-2.png']);
  });

  it('is shown to nobody else, nor under another key', async () => {
    const { asked, at, cookie, picture, enter } = await withPicture();
    const elsewhere = await enter({ ...guest, meetingId: 'm2' });
    for (const headers of [{}, { cookie: elsewhere }, { cookie: cookie.replace(/=.*/, `=${'a'.repeat(43)}`) }])
      expect((await fetch(picture, { headers })).status).toBe(404);
    const wrongKey = picture.replace(/pictures\/.{4}/, 'pictures/0000');
    expect((await fetch(wrongKey, { headers: { cookie } })).status).toBe(404);
    expect(asked).toEqual([]);
    at.answer = async () => undefined;
    await vi.waitFor(async () => expect((await fetch(picture, { headers: { cookie } })).status).toBe(404));
  });

  it('is asked for later while nobody can say who may read', async () => {
    const { at, cookie, picture } = await withPicture();
    at.answer = async () => 'away';
    await vi.waitFor(async () => expect((await fetch(picture, { headers: { cookie } })).status).toBe(503));
  });
});

describe('the picture of somebody in a meeting that another process runs', () => {
  it('is shown also by a process that is told of people only now', async () => {
    const { base } = await pictureServer();
    const { address, at, enter } = await served({ cdnUrl: base });
    const cookie = await enter();
    const page = await follow(address('/lines'), cookie);
    await page.seen('Said before');
    const key = page.events.find(({ line }) => line)?.line?.person ?? '';
    const asking = fetch(address(`/pictures/${key}?x`), { headers: { cookie } });
    const telling = setInterval(() => at.tell({ people: [{ ...ana, pictureUrl: `${base}/ana.png` }] }), 20);
    expect((await asking).status).toBe(200);
    clearInterval(telling);
  });
});
