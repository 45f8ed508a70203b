import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../src/palabra/limits.ts';
import type { PalabraSimulator, PalabraSocket } from '../simulators/palabra/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { FORMATS, studio } from './support/studio.ts';

const never = new AbortController().signal;
const TRANSLATED = { language: 'en', translateTo: ['es'] };
const PAUSE_MS = 900;
const SENTENCES = ['one small step', 'for a bot that listens', 'is one giant leap', 'for the minutes'];

const IN_THE_SECOND_MS = 3_000; // it is said from 2.2 to 3.9 s

interface Siege {
  readonly name: string;
  readonly people?: readonly string[];
  readonly isCut?: true; // sockets are lost in the middle of words
  readonly limits?: Partial<Limits>;
  /** What goes wrong; called before anybody speaks. Returns what ends it. */
  readonly begin: (palabra: PalabraSimulator) => (() => void) | undefined;
}

/** Every five seconds, and first in the middle of the second sentence. */
function every5s(kill: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    kill();
    timer = setInterval(kill, 5000);
  }, IN_THE_SECOND_MS);
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}

const WAYS = [1000, 1001, 1008, 1011, 1012, 1013, 'reset', 'dropped'] as const;

function kill(socket: PalabraSocket, how: (typeof WAYS)[number]): void {
  if (how === 'reset') socket.reset();
  else if (how === 'dropped') socket.terminate();
  else socket.close(how);
}

const SIEGES: readonly Siege[] = [
  {
    name: 'sockets that die every 5 s, each in another way',
    people: ['ann', 'ben', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal'],
    isCut: true,
    begin: (palabra) =>
      every5s(() => {
        for (const [i, socket] of palabra.openSockets.entries()) kill(socket, WAYS[i % WAYS.length] ?? 'reset');
      }),
  },
  {
    name: 'a lost socket that counts for 10 s, though its session is gone',
    isCut: true,
    begin: (palabra) => {
      const timer = setTimeout(() => {
        palabra.faults.nextUpgrade({ kind: 'status', status: 409 }, 6);
        palabra.faults.resetAll();
      }, IN_THE_SECOND_MS);
      return () => clearTimeout(timer);
    },
  },
  {
    name: 'tokens refused at first',
    begin: (palabra) => {
      palabra.faults.nextUpgrade({ kind: 'status', status: 401 });
      return undefined;
    },
  },
  {
    name: 'sessions refused with 500 after a loss',
    isCut: true,
    begin: (palabra) => {
      const timer = setTimeout(() => {
        palabra.faults.nextSession({ kind: 'status', status: 500 }, 4);
        palabra.faults.resetAll();
      }, IN_THE_SECOND_MS);
      return () => clearTimeout(timer);
    },
  },
  {
    name: 'sessions that hang after a loss',
    isCut: true,
    limits: { restMs: 1500 },
    begin: (palabra) => {
      const timer = setTimeout(() => {
        palabra.faults.nextSession({ kind: 'hang' }, 2);
        palabra.faults.resetAll();
      }, IN_THE_SECOND_MS);
      return () => clearTimeout(timer);
    },
  },
  {
    name: 'finals delayed by 5 s',
    begin: (palabra) => {
      palabra.faults.finalDelayMs = 5000;
      return undefined;
    },
  },
  {
    name: 'garbage between all answers, and everything sent twice',
    begin: (palabra) => {
      palabra.faults.duplicateFinals = true;
      palabra.faults.duplicateTranslations = true;
      const timer = setInterval(() => {
        for (const garbage of ['malformed JSON', 'unknown message_type', 'not an object', 'binary'] as const) {
          palabra.faults.sendGarbage(garbage);
        }
      }, 250);
      return () => clearInterval(timer);
    },
  },
];

/** What becomes of a lost socket's audio depends on the format, and nothing else does. */
const ALL = FORMATS.flatMap(({ format }) =>
  SIEGES.filter(({ isCut }) => format === 'pcm_s16le' || isCut).map((siege) => ({ ...siege, format })),
);

describe.concurrent('nothing is lost, doubled or put under another name, and times hold, with', inRealTime, () => {
  it.each(ALL)(
    '$name ($format)',
    async ({ people: names = ['ann', 'ben'], isCut, limits = {}, begin, format }) => {
      await using room = await studio({}, { format, limits: { dialsPerMinute: 60, ...limits } });
      const people = names.map((name) => room.person(name, TRANSLATED));
      const end = begin(room.palabra);
      const spoken = await Promise.all(
        people.map(async (person) => {
          const startsMs: number[] = [];
          for (const text of SENTENCES) {
            startsMs.push(await person.say(`${person.stream.speakerId} ${text}`));
            await delay(PAUSE_MS);
          }
          return startsMs;
        }),
      );
      await Promise.all(people.map(({ stream }) => stream.finish(never)));
      end?.();
      for (const [i, person] of people.entries()) {
        const texts = SENTENCES.map((text) => `${person.stream.speakerId} ${text}`);
        expect(person.said).toEqual(texts);
        expect(person.finals.filter(({ confirmed }) => !confirmed)).toEqual([]);
        expect(person.translations('es')).toEqual(texts.map((text) => `es:${text}`));
        const slips = person.finals.map(({ startMs }, n) => Math.abs(startMs - (spoken[i]?.[n] ?? 0)));
        expect(Math.max(...slips)).toBeLessThan(150);
        expect(person.notices).toEqual([]);
        if (isCut) expect(person.stream.status().reconnects).toBeGreaterThan(0);
      }
      expect(room.palabra.violations).toEqual([]);
    },
    60_000,
  );
});
