import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { startClock } from '../../src/core/time/clock.ts';
import { PalabraTranscriber } from '../../src/palabra/transcriber.ts';
import { Attempts } from '../../src/storage/attempts.ts';
import { Credentials } from '../../src/storage/cluster/credentials.ts';
import { Membership } from '../../src/storage/cluster/membership.ts';
import { keepRenewing } from '../../src/storage/cluster/renewals.ts';
import { Person } from '../palabra/support/studio.ts';
import { startPalabra } from '../simulators/palabra/index.ts';
import { openCluster } from '../storage/cluster/support/cluster.ts';
import { answersPostgres, makeDatabase } from '../storage/support/postgres.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';

const hasPostgres = await answersPostgres();
const PROCESS = fileURLToPath(new URL('../storage/cluster/support/credential-process.ts', import.meta.url));
const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const CREDENTIALS = IDS.map((clientId) => ({ clientId, clientSecret: `secret of ${clientId}` }));
const LINGER_MS = 10_000; // how long the service counts the session of a socket that was not closed

/** A process of the cluster that wants so many sockets, and what it says it holds. */
function startProcess(args: readonly string[]) {
  const child = spawn(process.execPath, [PROCESS, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let open: readonly string[] = [];
  let look = () => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    open = JSON.parse(line) as string[];
    look();
  });
  return {
    child,
    get open() {
      return open;
    },
    async until(isTrue: (open: readonly string[]) => boolean): Promise<void> {
      while (!isTrue(open)) await new Promise<void>((resolve) => (look = resolve));
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

describe.skipIf(!hasPostgres)('six credentials of one socket each, and three processes (need PostgreSQL)', () => {
  it('are held by those that remain soon after one is killed, although the service still counts its sockets', async () => {
    await using database = await makeDatabase();
    await using palabra = await startPalabra({
      credentials: CREDENTIALS,
      socketsPerCredential: 1,
      lingerMs: LINGER_MS,
    });
    const start = () => startProcess([database.url, palabra.apiUrl, palabra.streamUrl, IDS.join(), '6']);
    using ana = start();
    await ana.until(({ length }) => length === 6);
    expect(ana.open).toEqual(IDS);
    ana.child.kill('SIGKILL');
    using bo = start();
    using cy = start();
    await Promise.all([bo, cy].map((each) => each.until(({ length }) => length === 3)));
    expect([...bo.open, ...cy.open].toSorted()).toEqual(IDS);
    const killedAtMs = performance.now();
    bo.child.kill('SIGKILL');
    await cy.until(({ length }) => length === 6);
    const tookMs = performance.now() - killedAtMs;
    expect(tookMs).toBeLessThan(LINGER_MS);
    expect(palabra.violations.filter((what) => !/closed with 1006/.test(what))).toEqual([]);
  }, 60_000);
});

const CLIENT = 'the only one';
const ONLY = [{ clientId: CLIENT, clientSecret: 'secret' }];
const PAUSE_MS = 900; // between two sentences of one person
const never = new AbortController().signal;

describe.skipIf(!hasPostgres)('one credential of one socket, and two processes (need PostgreSQL)', inRealTime, () => {
  it('are used in turn: everybody is heard whole, wherever they speak', async () => {
    await using cluster = await openCluster();
    await using palabra = await startPalabra({ credentials: ONLY, socketsPerCredential: 1 });
    await using ends = new AsyncDisposableStack();
    const clock = startClock();
    /** A process of its own, as far as the other one can see. */
    const join = async (name: string) => {
      const db = await cluster.connect();
      const membership = await Membership.join(db, { name, version: '1' });
      const attempts = new Attempts(never, 'credentials');
      const shares = new Credentials(db, membership, attempts);
      const transcriber = new PalabraTranscriber({
        ...{ apiUrl: palabra.apiUrl, streamUrl: palabra.streamUrl, credentials: ONLY, shares },
        ...{ sampleRateHz: 16_000, finalize: false, log: quiet },
      });
      ends.use(keepRenewing(membership, quiet));
      const timer = setInterval(() => void shares.renewShare(), 1_000);
      ends.defer(() => clearInterval(timer));
      ends.use(transcriber);
      await shares.renewShare();
      return new Person(name, transcriber, { language: 'en', translateTo: [] }, clock, 16_000);
    };
    const people = [await join('ana'), await join('ben')];
    const texts = (name: string) => [`good morning from ${name}`, 'there is a lot to say today', `${name} is done`];
    const talks = people.map(async (person, at) => {
      for (const text of texts(`${at}`)) {
        await person.say(text);
        await delay(PAUSE_MS);
      }
    });
    await Promise.all(talks);
    await Promise.all(people.map(({ stream }) => stream.finish(never)));
    expect(people.map(({ said }) => said)).toEqual([texts('0'), texts('1')]);
    expect(people.flatMap(({ notices }) => notices)).toEqual([]);
    expect(palabra.violations).toEqual([]);
  }, 120_000);
});
