import { describe, expect, it } from 'vitest';
import { lookOf } from '../../../src/web/overlay/overlay-page.ts';
import { makeFinal } from '../../support/make.ts';
import { follow, guest, served } from '../live/support/served.ts';

const maker = { ...guest, shows: 'overlay' } as const;

/** A meeting with an overlay. */
async function withOverlay(wishes: Parameters<typeof served>[0] = {}) {
  const place = await served(wishes);
  const link = new URL(place.links.invite(maker));
  const at = (path = '', search = link.search) => `http://127.0.0.1:${place.port}/overlay/m1${path}${search}`;
  return { ...place, state: place.at, link, at };
}

describe('what the address of an overlay asks for', () => {
  it.each([
    [{}, { lines: 2, position: 'bottom', sizePx: 44 }],
    [
      { lines: '6', position: 'top', size: '200' },
      { lines: 6, position: 'top', sizePx: 200 },
    ],
    [
      { lines: '1', position: 'bottom', size: '12' },
      { lines: 1, position: 'bottom', sizePx: 12 },
    ],
    [
      { lines: '7', position: 'left', size: '201' },
      { lines: 2, position: 'bottom', sizePx: 44 },
    ],
    [
      { lines: '0', size: '11' },
      { lines: 2, position: 'bottom', sizePx: 44 },
    ],
    [
      { lines: '1e0', size: '"><script>' },
      { lines: 2, position: 'bottom', sizePx: 44 },
    ],
  ])('is, of %j, %j', (query, look) => {
    expect(lookOf(query)).toEqual(look);
  });
});

describe('an overlay', () => {
  it('keeps its key in the address, and holds nothing of whoever made it', async () => {
    const { link, at } = await withOverlay();
    expect(link.pathname).toBe('/overlay/m1');
    const answer = await fetch(at('', `${link.search}&lines=3&position=top&size=60`));
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page).toContain('data-lines="3" data-position="top" data-size="60"');
    for (const hidden of [guest.userId, 'Weekly', link.searchParams.get('key') ?? ''])
      expect(page).not.toContain(hidden);
  });

  it('shows lines as they are said, in the language that its address names', async () => {
    const { at, link, audience } = await withOverlay({ reader: { reads: 'fr' }, targets: ['fr', 'es'] });
    const [spoken, translated] = [
      await follow(at('/lines'), ''),
      await follow(at('/lines', `${link.search}&in=es`), ''),
    ];
    await spoken.seen('Said before');
    const segment = makeFinal({ utteranceId: 'u1', text: 'Hello', startMs: 2_000 });
    audience.publish({ segment, name: 'Ana' });
    audience.publish({ segment: { ...segment, kind: 'translation', text: 'Bonjour', language: 'fr' }, name: 'Ana' });
    audience.publish({ segment: { ...segment, kind: 'translation', text: 'Hola', language: 'es' }, name: 'Ana' });
    await translated.seen('Hola');
    await spoken.seen('Hello');
    expect(spoken.events.filter(({ line }) => line?.text === 'Bonjour' || line?.text === 'Hola')).toEqual([]);
  });

  it('opens no live page with its key, nor is it opened by the key of one', async () => {
    const { at, link, links, address } = await withOverlay();
    const live = new URL(links.invite(guest)).search;
    const statuses = [at('', live), at('/lines', live), address(link.search), at('', ''), at('/lines', '?key=forged')];
    const answers = await Promise.all(statuses.map((url) => fetch(url, { redirect: 'manual' })));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    const elsewhere = await fetch(at('/lines').replace('/m1/', '/m2/'));
    expect(elsewhere.status).toBe(404);
  });

  it('ends when it is closed, and the live pages of its meeting do not', async () => {
    const { at, links, address, enter } = await withOverlay();
    const cookie = await enter();
    const overlay = await follow(at('/lines'), '');
    const page = await follow(address('/lines'), cookie);
    await Promise.all([overlay, page].map(({ seen }) => seen('Said before')));
    expect(links.closeAll(maker)).toBe(1);
    await overlay.ended;
    expect(overlay.events.at(-1)?.event).toBe('closed');
    expect((await fetch(at())).status).toBe(404);
    expect((await fetch(address(), { headers: { cookie } })).status).toBe(200);
  });

  it('ends when its maker may not show the meeting any more, though they may still read it', async () => {
    const place = await withOverlay();
    const overlay = await follow(place.at('/lines'), '');
    await overlay.seen('Said before');
    place.state.answer = async ({ shows }) => (shows === 'overlay' ? undefined : {});
    place.change('1');
    await overlay.ended;
    expect(overlay.events.at(-1)?.event).toBe('ended');
    expect((await fetch(place.at('/lines'))).status).toBe(404);
    await (await follow(place.address('/lines'), await place.enter())).seen('Said before');
  });

  it('ends with the meeting, and shows nothing of it afterwards', async () => {
    const place = await withOverlay();
    const overlay = await follow(place.at('/lines'), '');
    await overlay.seen('Said before');
    place.audience.close();
    await overlay.ended;
    expect(overlay.events.at(-1)?.event).toBe('over');
    place.state.isRunning = false;
    expect((await fetch(place.at('/lines'))).status).toBe(404);
  });
});
