import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { FORMATS, type Person, type Studio, studio } from './support/studio.ts';

const never = new AbortController().signal;
const SOON = { afterConflictMs: 50 };
const TRANSLATED = { language: 'en', translateTo: ['es'] };
const TRIPLE = ['one', 'two', 'three'].map((clientId) => ({ clientId, clientSecret: `secret of ${clientId}` }));
const PAUSE_MS = 900; // between two sentences of one person

async function talk(person: Person, texts: readonly string[]): Promise<void> {
  for (const [i, text] of texts.entries()) {
    if (i > 0) await delay(PAUSE_MS);
    await person.say(text);
  }
}

/** Everybody says their sentences at the same time, and the meeting ends. */
async function meet(room: Studio, scripts: Readonly<Record<string, readonly string[]>>, options = TRANSLATED) {
  const people = Object.entries(scripts).map(([name, texts]) => ({ person: room.person(name, options), texts }));
  await Promise.all(people.map(({ person, texts }) => talk(person, texts)));
  await Promise.all(people.map(({ person }) => person.stream.finish(never)));
  return people.map(({ person }) => person);
}

const THREE = {
  ann: ['shall we begin', 'the first point is money', 'is that all'],
  ben: ['good morning all of you', 'we have none of it', 'yes'],
  cat: ['hello', 'that is a pity indeed', 'then let us go home'],
};
const EIGHT = Object.fromEntries(
  ['ann', 'ben', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal'].map((name) => [
    name,
    [`i am ${name} and hello`, `${name} agrees`],
  ]),
);
const saidBy = (people: readonly Person[]) => people.map(({ said }) => said);
const spanish = (scripts: Readonly<Record<string, readonly string[]>>) =>
  Object.values(scripts).map((texts) => texts.map((text) => `es:${text}`));

describe.concurrent('with fewer sockets than speakers', inRealTime, () => {
  it.each(FORMATS)(
    'three people who talk at once over one socket of $format are all published whole, each under their own name',
    async ({ format }) => {
      await using room = await studio({ socketsPerCredential: 1 }, { format, limits: SOON });
      const people = await meet(room, THREE);
      expect(saidBy(people)).toEqual(Object.values(THREE));
      expect(people.map((person) => person.translations('es'))).toEqual(spanish(THREE));
      expect(people.flatMap(({ notices }) => notices)).toEqual([]);
      expect(people.flatMap(({ finals }) => finals.filter(({ confirmed }) => !confirmed))).toEqual([]);
      expect(room.palabra.violations).toEqual([]);
    },
    60_000,
  );

  it('eight people over a pool of three sockets are all published whole', async () => {
    await using room = await studio(
      { credentials: TRIPLE, socketsPerCredential: 1 },
      { credentials: TRIPLE, limits: SOON },
    );
    const people = await meet(room, EIGHT);
    expect(saidBy(people)).toEqual(Object.values(EIGHT));
    expect(people.map((person) => person.translations('es'))).toEqual(spanish(EIGHT));
    expect(people.flatMap(({ notices }) => notices)).toEqual([]);
    expect(room.palabra.violations).toEqual([]);
  }, 60_000);

  it('three people over one socket that dies again and again are all published whole', async () => {
    await using room = await studio({ socketsPerCredential: 1 }, { limits: { ...SOON, dialsPerMinute: 60 } });
    room.palabra.faults.closeEvery(4000, 'reset');
    const people = await meet(room, THREE);
    expect(saidBy(people)).toEqual(Object.values(THREE));
    expect(people.map((person) => person.translations('es'))).toEqual(spanish(THREE));
    expect(people.flatMap(({ notices }) => notices)).toEqual([]);
    expect(people.reduce((sum, { stream }) => sum + stream.status().reconnects, 0)).toBeGreaterThan(0);
  }, 90_000);

  it('no socket carries two people, and each utterance is heard whole on the socket that made it final', async () => {
    await using room = await studio({ socketsPerCredential: 1 }, { limits: SOON });
    await meet(room, { ann: ['ann was here', 'and again'], ben: ['ben was too', 'once more'] });
    const finals = room.palabra.finals.filter(({ text }) => text !== '');
    expect(finals.filter(({ isIntact, slips }) => !isIntact || slips > 0)).toEqual([]);
    const speakersOf = new Map<number, Set<string>>();
    for (const { socketIndex, text } of finals) {
      const who = /ann|again/.test(text) ? 'ann' : 'ben';
      speakersOf.set(socketIndex, (speakersOf.get(socketIndex) ?? new Set()).add(who));
    }
    expect([...speakersOf.values()].every((speakers) => speakers.size === 1)).toBe(true);
  }, 40_000);

  it('the oldest waiting speech goes first', async () => {
    await using room = await studio({ socketsPerCredential: 1 }, { limits: SOON });
    const [ann, ben, cat] = [room.person('ann'), room.person('ben'), room.person('cat')];
    const long = ann.say('ann talks for quite a while before anybody else can be heard');
    await delay(1000);
    await Promise.all([long, ben.say('ben is second'), delay(300).then(() => cat.say('cat is third'))]);
    await delay(PAUSE_MS);
    await ann.say('ann again');
    await cat.until(() => cat.said.length === 1);
    await ann.until(() => ann.said.length === 2);
    expect(room.palabra.finals.map(({ text }) => text.split(' ')[0])).toEqual(['ann', 'ben', 'cat', 'ann']);
  }, 40_000);

  it('somebody who waits for a turn is shown to wait, and their words are pending since they began', async () => {
    await using room = await studio({ socketsPerCredential: 1 }, { limits: SOON });
    const [ann, ben] = [room.person('ann'), room.person('ben')];
    const long = ann.say('a long introduction that nobody interrupts');
    await room.palabra.until(({ sockets }) => sockets.length === 1);
    const startMs = await ben.say('me next');
    expect(ben.stream.status()).toMatchObject({ state: 'waiting for a free socket', sockets: 0 });
    expect(Math.abs((ben.stream.pendingSinceMs() ?? 0) - startMs)).toBeLessThan(100);
    await long;
    await ben.until(() => ben.said.length === 1);
    expect(ben.stream.pendingSinceMs()).toBeUndefined();
    expect(Math.abs((ben.finals[0]?.startMs ?? 0) - startMs)).toBeLessThan(100);
  });

  it('a changed language applies to words that still wait', async () => {
    await using room = await studio({ socketsPerCredential: 1 }, { limits: SOON });
    const [ann, ben] = [room.person('ann'), room.person('ben')];
    const long = ann.say('a long introduction that nobody interrupts');
    await room.palabra.until(({ sockets }) => sockets.length === 1);
    await ben.say('hola a todos');
    ben.stream.configure({ language: 'es', translateTo: [] });
    await long;
    await ben.until(() => ben.said.length === 1);
    expect(ben.finals).toMatchObject([{ text: 'hola a todos', language: 'es' }]);
  });

  it('speech that cannot be kept until its turn is reported as too much at once', async () => {
    await using room = await studio({ socketsPerCredential: 1 }, { limits: { ...SOON, heldMs: 1000 } });
    const [ann, ben] = [room.person('ann'), room.person('ben')];
    const long = ann.say('a long introduction that nobody interrupts, and then some');
    await room.palabra.until(({ sockets }) => sockets.length === 1);
    await ben.say('this is more than can be kept for later');
    await ben.until(() => ben.notices.length > 0);
    expect(ben.notices).toMatchObject([{ kind: 'gap', gap: { speakerId: 'ben', reason: 'too much at once' } }]);
    await long;
  });

  it('the wait at the end can be cut short, and missing speech is reported', async () => {
    await using room = await studio({ socketsPerCredential: 1 }, { limits: SOON });
    const [ann, ben] = [room.person('ann'), room.person('ben')];
    const long = ann.say('a long introduction that nobody interrupts');
    await room.palabra.until(({ sockets }) => sockets.length === 1);
    const startMs = await ben.say('me next');
    const abort = new AbortController();
    const finished = ben.stream.finish(abort.signal);
    abort.abort();
    await finished;
    expect(ben.notices).toMatchObject([{ kind: 'gap', gap: { speakerId: 'ben', reason: 'too much at once' } }]);
    const [notice] = ben.notices;
    expect(notice?.kind === 'gap' && Math.abs(notice.gap.startMs - startMs) < 100).toBe(true);
    await long;
    await ann.until(() => ann.said.length === 1);
  });
});
