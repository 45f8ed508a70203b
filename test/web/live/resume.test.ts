import { describe, expect, it, vi } from 'vitest';
import { makeFinal, makePartial, makeTranslation } from '../../support/make.ts';
import { follow, served } from './support/served.ts';

type Page = Awaited<ReturnType<typeof follow>>;

const named = ({ events }: Page) => events.map(({ event }) => event);
const texts = ({ events }: Page) => events.flatMap(({ line }) => line?.text ?? []);
const caughtUp = (page: Page) => vi.waitFor(() => expect(named(page)).toContain('all'));
const lastId = ({ events }: Page) => events.findLast(({ id }) => id !== undefined)?.id ?? expect.fail('It has no id');

/** A page of a meeting that has said something. */
async function read(wishes: Parameters<typeof served>[0] = {}) {
  const place = await served(wishes);
  const cookie = await place.enter();
  const again = (lastEventId: string, path = '/lines') => follow(place.address(path), cookie, lastEventId);
  const say = (utteranceId: string, text: string) =>
    place.audience.publish({ segment: makeFinal({ utteranceId, text }), name: 'Ana' });
  say('before', 'Hardly heard');
  const page = await follow(place.address('/lines'), cookie);
  await caughtUp(page);
  return { ...place, cookie, page, again, say };
}

describe('a page that comes back', () => {
  it('goes on where it was, and what was removed meanwhile goes', async () => {
    const { page, again, say, audience } = await read();
    const id = lastId(page);
    say('u1', 'Meanwhile');
    audience.publish({ segment: makePartial({ utteranceId: 'u0', text: '' }), name: '' });
    const back = await again(id);
    await caughtUp(back);
    expect(named(back)).toEqual(['languages', 'line', 'line', 'all']);
    expect(texts(back)).toEqual(['Meanwhile', '']);
    say('u2', 'Later');
    await back.seen('Later');
  });

  it('goes on from the address, too, as a script cannot send what it has in any other way', async () => {
    const { page, again, address, cookie, say } = await read();
    const id = lastId(page);
    say('u1', 'Meanwhile');
    const back = await follow(address(`/lines?after=${id}`), cookie);
    await caughtUp(back);
    expect(texts(back)).toEqual(['Meanwhile']);
    const newest = await again(lastId(back), `/lines?after=${id}`); // the browser connects again with that address
    await caughtUp(newest);
    expect(texts(newest)).toEqual([]);
  });

  it.each([
    ['that another process gave', '0123456789ab-3'],
    ['that nobody gave', 'x'],
  ])('begins anew with an id %s', async (_, id) => {
    const { again } = await read();
    const back = await again(id);
    await caughtUp(back);
    expect(named(back)).toEqual(['reset', 'languages', 'person', 'line', 'all']);
  });

  it('begins anew in another language', async () => {
    const { page, again, audience } = await read({ targets: ['es'] });
    const back = await again(lastId(page), '/lines?in=es');
    await caughtUp(back);
    expect(named(back)[0]).toBe('reset');
    expect(back.events.find(({ event }) => event === 'languages')?.data).toEqual({ targets: ['es'], shown: 'es' });
    audience.publish({ segment: makeTranslation({ utteranceId: 'u0' }), name: 'Ana' });
    expect(await back.seen('Hola a todos')).toMatchObject({
      ...{ id: 'u0', text: 'Hola a todos', language: 'es' },
      original: { text: 'Said before', language: 'en' },
    });
  });
});

describe('the language of a page', () => {
  it.each([
    ['', 'fr'],
    ['?in=spoken', undefined],
    ['?in=es', 'es'],
    ['?in=it', 'fr'],
  ])('of somebody who reads French, at %j, is %j', async (query, shown) => {
    const { address, enter } = await served({ reader: { reads: 'fr' }, targets: ['es'] });
    const page = await follow(address(`/lines${query}`), await enter());
    await caughtUp(page);
    const { data } = page.events.find(({ event }) => event === 'languages') ?? {};
    expect(data).toEqual({ targets: ['es'], reads: 'fr', ...(shown !== undefined && { shown }) });
  });

  it('can be another one as soon as the meeting is translated into it', async () => {
    const { address, at, enter } = await served();
    const cookie = await enter();
    const page = await follow(address('/lines'), cookie);
    await caughtUp(page);
    at.tell({ people: [], targets: ['de'] });
    await vi.waitFor(() => expect(page.events.at(-1)).toEqual({ event: 'languages', data: { targets: ['de'] } }));
    const german = await follow(address('/lines?in=de'), cookie);
    await caughtUp(german);
    expect(german.events[1]?.data).toEqual({ targets: ['de'], shown: 'de' });
  });
});

describe('the people of a page', () => {
  it('are told of before their words, and again when they begin to speak', async () => {
    const { address, at, enter } = await served();
    const page = await follow(address('/lines'), await enter());
    await caughtUp(page);
    const [person] = page.events.flatMap(({ event, data }) => (event === 'person' ? [data] : []));
    expect(person).toEqual({
      ...{ key: page.events.find(({ line }) => line)?.line?.person, name: 'Ana' },
      ...{ colour: expect.any(Number), isThere: true, isSpeaking: false },
    });
    const ana = { speakerId: '100', name: 'Ana', isThere: true };
    at.tell({ people: [{ ...ana, isSpeaking: true }] });
    await vi.waitFor(() => expect(page.events.at(-1)).toMatchObject({ event: 'person', data: { isSpeaking: true } }));
    at.tell({ people: [{ ...ana, isSpeaking: false, unheard: 'paused' }] });
    await vi.waitFor(() => expect(page.events.at(-1)?.data).toMatchObject({ isSpeaking: false, unheard: 'paused' }));
  });
});
