import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { afterwardsOf } from '../../../src/minutes/afterwards.ts';
import { cookieNameOf } from '../../../src/web/live/passes.ts';
import { pictureServer } from './support/picture-server.ts';
import { follow, guest, served } from './support/served.ts';

const SECRETS = /Said before|Weekly|Ana/;

/** A meeting with everything that pages show of one. While it runs there are no files, and when it is over there is no overlay. */
async function meeting({ isOver = false } = {}) {
  const { base } = await pictureServer();
  const kept: { endedMs?: number } = {};
  const settings = { guild: async () => ({ spoken: 'auto', translateTo: [] }) };
  const place = await served({
    ...{ cdnUrl: base, timing: { everyMs: 50 } },
    afterwards: afterwardsOf({ archive: { read: async () => ({ ...place.record, ...kept }) }, settings }),
  });
  const cookie = await place.enter();
  const page = await follow(place.address('/lines'), cookie);
  place.at.tell({
    people: [{ speakerId: '100', name: 'Ana', isThere: true, isSpeaking: false, pictureUrl: `${base}/a.png` }],
  });
  const { person = '' } = await page.seen('Said before');
  const maker = { ...guest, shows: 'overlay' } as const;
  const { search } = new URL(place.links.invite(maker));
  if (isOver) kept.endedMs = 60_000;
  /** Every page that is about one meeting, as the bot itself lists them: a new one is in here at once. */
  const paths = [...new Set(place.live.app.routes.flatMap(({ method, path }) => (method === 'GET' ? path : [])))]
    .filter((path) => path.includes('/:meeting') && !path.includes(isOver ? '/overlay/' : ':format'))
    .map((path) => path.replace(':key', person).replace(':format', 'md'));
  const ask = async (path: string, { cookie = '', key = '', id = 'm1' }: Credentials) => {
    const query = path.startsWith('/overlay') ? key : '';
    const answer = await fetch(`http://127.0.0.1:${place.port}${path.replace(':meeting', id)}${query}`, {
      headers: { cookie },
      redirect: 'manual',
    });
    const isStream = answer.headers.get('content-type') === 'text/event-stream';
    const text = isStream ? 'a stream' : await answer.text();
    if (isStream) await answer.body?.cancel();
    return { status: answer.status, text };
  };
  /** What every page answers. */
  const askAll = async (credentials: Credentials) =>
    await Promise.all(paths.map(async (path) => ({ path, ...(await ask(path, credentials)) })));
  return { ...place, maker, mine: { cookie, key: search }, paths, askAll };
}

/** What a browser has: the cookie of a live page, the query of an overlay. */
interface Credentials {
  readonly cookie?: string;
  readonly key?: string;
  readonly id?: string; // of the meeting whose page it asks for
}

type Meeting = Awaited<ReturnType<typeof meeting>>;

const FORGED = 'A'.repeat(43);

/** What opens nothing. */
const WRONG: Readonly<Record<string, (place: Meeting) => Promise<Credentials> | Credentials>> = {
  'nothing at all': () => ({}),
  'a forged secret': () => ({ cookie: `${cookieNameOf('m1')}=${FORGED}`, key: `?key=${FORGED}` }),
  'what belongs to another meeting': async ({ enter, links, maker }) => ({
    cookie: await enter({ ...guest, meetingId: 'm2' }),
    key: new URL(links.invite({ ...maker, meetingId: 'm2' })).search,
  }),
  'the secret of another meeting, in place of this one’s': async ({ enter }) => {
    const [, secret = ''] = (await enter({ ...guest, meetingId: 'm2' })).split('=');
    return { cookie: `${cookieNameOf('m1')}=${secret}`, key: `?key=${secret}` };
  },
  'what is right, for another meeting': ({ mine }) => ({ ...mine, id: 'm2' }),
  'the cookie in place of the key, and the key in place of the cookie': ({ mine }) => ({
    cookie: `${cookieNameOf('m1')}=${mine.key.slice('?key='.length)}`,
    key: `?key=${mine.cookie.split('=')[1]}`,
  }),
  'a link that was closed': ({ mine, links, maker }) => {
    links.closeAll(guest);
    links.closeAll(maker);
    return mine;
  },
  'a link of yesterday': ({ mine }) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 13 * 60 * 60_000 });
    return mine;
  },
};

describe.each([
  ['that runs', false],
  ['that is over', true],
])('every page of a meeting %s', (_, isOver) => {
  it('opens for whoever has a right to it', async () => {
    const { askAll, mine, paths } = await meeting({ isOver });
    expect(paths.length).toBeGreaterThanOrEqual(isOver ? 4 : 5);
    for (const { path, status } of await askAll(mine)) expect([path, status]).toEqual([path, 200]);
  });

  it.each(Object.entries(WRONG))('opens for nobody with %s', async (_, wrong) => {
    onTestFinished(() => void vi.useRealTimers());
    const place = await meeting({ isOver });
    const answers = await place.askAll(await wrong(place));
    for (const { path, status, text } of answers) {
      expect([path, status]).toEqual([path, 404]);
      expect(text).not.toMatch(SECRETS);
    }
  });

  it('opens for nobody who has left the server since', async () => {
    const { at, askAll, mine } = await meeting({ isOver });
    at.answer = async () => undefined;
    await vi.waitFor(async () => {
      for (const { path, status, text } of await askAll(mine)) {
        // The page of an overlay holds nothing: its script asks for the lines.
        const isBare = path === '/overlay/:meeting';
        expect([path, status]).toEqual([path, isBare ? 200 : 404]);
        expect(text).not.toMatch(SECRETS);
      }
    });
  });
});
