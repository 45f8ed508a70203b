import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { CredentialShare, CredentialShares } from '../../../src/core/ports/speech-to-text.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../src/palabra/limits.ts';
import type { Claimant } from '../../../src/palabra/sockets/age-queue.ts';
import { Credential } from '../../../src/palabra/sockets/credential.ts';
import { type Lease, SocketPool } from '../../../src/palabra/sockets/pool.ts';
import { type PalabraOptions, type PalabraSimulator, startPalabra } from '../../simulators/palabra/index.ts';

const TWO = [
  { clientId: 'one', clientSecret: 's1' },
  { clientId: 'two', clientSecret: 's2' },
];
const silent = { message: () => {}, closed: () => {} };
const never = new AbortController().signal;
const parameters = { audio: { format: 'pcm_s16le', sampleRateHz: 16_000 } } as const;

async function poolWith(server: PalabraOptions, limits: Partial<Limits> = {}) {
  return poolAt(await startPalabra(server), server, limits);
}

/** The pool of one process among several. */
function poolAt(
  palabra: PalabraSimulator,
  server: PalabraOptions,
  limits: Partial<Limits> = {},
  shares?: CredentialShares,
) {
  const { apiUrl, streamUrl } = palabra;
  const credentials = server.credentials ?? [palabra.credentials];
  const pool = new SocketPool(
    { apiUrl, streamUrl, credentials, ...(shares && { shares }) },
    { ...DEFAULT_LIMITS, afterConflictMs: 20, ...limits },
    quiet,
  );
  const leases: Lease[] = [];
  return {
    palabra,
    pool,
    async lease(signal: AbortSignal = never, claimant?: Claimant): Promise<Lease> {
      const lease = await pool.leaseSocket({ parameters, listener: silent, signal }, claimant);
      leases.push(lease);
      return lease;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(leases.map((lease) => lease.release()));
      await palabra.close();
    },
  };
}
/** Two processes that have the same credentials. */
async function twoPools(server: PalabraOptions) {
  const one = await poolWith(server);
  return { one, other: poolAt(one.palabra, server), [Symbol.asyncDispose]: () => one[Symbol.asyncDispose]() };
}

/** The pool of a process that is told its share by the test. */
async function sharingPool(server: PalabraOptions) {
  const palabra = await startPalabra(server);
  return poolAt(palabra, server, {}, { connect: () => {} });
}

const share = (clientId: string, more: Partial<CredentialShare> = {}): CredentialShare => ({
  clientId,
  usedElsewhere: 0,
  leftBehind: [],
  ...more,
});
const soon = <T>(promise: Promise<T>) => Promise.race([promise, delay(300, 'waits' as const)]);
const since = (ms: number): Claimant => ({ waitingSinceMs: () => ms });
const credentialsOf = (palabra: PalabraSimulator) => palabra.sockets.map(({ credential }) => credential);

describe.concurrent('a pool of credentials', () => {
  it('spreads its sockets over them', async () => {
    await using there = await poolWith({ credentials: TWO });
    for (let i = 0; i < 4; i++) await there.lease();
    expect(credentialsOf(there.palabra).sort()).toEqual(['one', 'one', 'two', 'two']);
  });

  it('makes a token for every socket and uses none twice', async () => {
    await using there = await poolWith({});
    for (let i = 0; i < 3; i++) await there.lease();
    expect(there.palabra.sessions).toHaveLength(3);
    expect(there.palabra.violations).toEqual([]);
  });

  it('goes on with the others when one is refused', async () => {
    await using there = await poolWith({ credentials: TWO });
    there.palabra.faults.nextSession({ kind: 'status', status: 401 });
    await there.lease();
    await there.lease();
    expect(new Set(credentialsOf(there.palabra)).size).toBe(1);
  });

  it('is refused when all are', async () => {
    await using there = await poolWith({ credentials: TWO });
    there.palabra.faults.nextSession({ kind: 'status', status: 403 }, 2);
    await expect(there.lease()).rejects.toMatchObject({ name: 'SttError', code: 'key-refused' });
  });

  it('learns how many sockets they hold, and hands the next one on', async () => {
    await using there = await poolWith({ socketsPerCredential: 2 });
    const [first] = [await there.lease(), await there.lease()];
    const third = there.lease();
    await there.palabra.until(({ refusals }) => refusals.length === 2); // the second with a fresh token
    await first.release();
    await third;
    expect(there.palabra.openSockets).toHaveLength(2);
    expect(there.palabra.refusals).toEqual([409, 409]);
  });

  it('says when somebody has to wait for a socket', async () => {
    await using there = await poolWith({ socketsPerCredential: 1 });
    const first = await there.lease();
    const crowded = Promise.withResolvers<void>();
    there.pool.onCrowded = crowded.resolve;
    const second = there.lease();
    await crowded.promise;
    expect(there.pool.crowd).toBe(1);
    await first.release();
    await second;
    expect(there.pool.crowd).toBe(0);
  });

  it('serves those who wait in order of arrival', async () => {
    await using there = await poolWith({ socketsPerCredential: 1 });
    let current = await there.lease();
    const order: number[] = [];
    const { promise: allWait, resolve } = Promise.withResolvers<void>();
    there.pool.onCrowded = () => {
      if (there.pool.crowd === 3) resolve();
    };
    const waiting = [1, 2, 3].map(async (number) => {
      current = await there.lease();
      order.push(number);
    });
    await allWait;
    for (const each of waiting) {
      await current.release();
      await each;
    }
    expect(order).toEqual([1, 2, 3]);
  });

  it('serves the oldest speech first', async () => {
    await using there = await poolWith({ socketsPerCredential: 1 });
    let current = await there.lease();
    const order: number[] = [];
    const { promise: allWait, resolve } = Promise.withResolvers<void>();
    there.pool.onCrowded = () => {
      if (there.pool.crowd === 3) resolve();
    };
    const waiting = [300, 100, 200].map(async (ms) => {
      current = await there.lease(never, since(ms));
      order.push(ms);
    });
    await allWait;
    for (const next of [1, 2, 0]) {
      await current.release();
      await waiting[next];
    }
    expect(order).toEqual([100, 200, 300]);
  });

  it('wants a socket back only for older speech, and only as many as are needed', async () => {
    await using there = await poolWith({ socketsPerCredential: 2 });
    const [first] = [await there.lease(), await there.lease()];
    const crowded = Promise.withResolvers<void>();
    there.pool.onCrowded = crowded.resolve;
    const third = there.lease(never, since(1000));
    await crowded.promise;
    expect([there.pool.isWanted(999), there.pool.isWanted(1001)]).toEqual([false, true]);
    const released = first.release();
    expect(there.pool.isWanted(1001)).toBe(false);
    await Promise.all([released, third]);
  });

  it('asks once how many sockets there may be when many are refused at the same time', async () => {
    await using there = await poolWith({ socketsPerCredential: 1 });
    const first = await there.lease();
    const abort = new AbortController();
    const waiting = [1, 2, 3, 4].map(() => there.lease(abort.signal).catch(() => 'left'));
    const { promise: allWait, resolve } = Promise.withResolvers<void>();
    there.pool.onCrowded = () => {
      if (there.pool.crowd === 4) resolve();
    };
    await allWait;
    expect(there.palabra.refusals).toEqual([409, 409, 409, 409, 409]); // one each, and one with a fresh token
    abort.abort();
    await Promise.all(waiting);
    await first.release();
  });

  it('soon doubts a limit that a lost socket may have made', async () => {
    const credential = Credential.ofKey('key', DEFAULT_LIMITS);
    credential.takePlace();
    credential.opened();
    credential.broke(0);
    credential.learnLimit(1000);
    expect([credential.hasRoom(16_000), credential.hasRoom(16_001)]).toEqual([false, true]);
    credential.learnLimit(20_000);
    expect([credential.hasRoom(60_000), credential.hasRoom(320_001)]).toEqual([false, true]);
  });

  it('stops waiting when nobody wants the socket any more', async () => {
    await using there = await poolWith({ socketsPerCredential: 1 });
    await there.lease();
    const abort = new AbortController();
    const second = there.lease(abort.signal);
    there.pool.onCrowded = () => abort.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    expect(there.pool.crowd).toBe(0);
  });

  it('keeps to its budget of dials, of which those that brought text are given back', async () => {
    await using there = await poolWith({}, { dialsPerMinute: 2 });
    const [first] = [await there.lease(), await there.lease()];
    const soon = new AbortController();
    const third = there.lease(soon.signal);
    const race = await Promise.race([third, Promise.resolve('waits')]);
    expect(race).toBe('waits');
    expect(there.palabra.sessions).toHaveLength(2);
    first.worked();
    await third;
    expect(there.palabra.sessions).toHaveLength(3);
  });

  it('ends the session of a socket with the socket', async () => {
    await using there = await poolWith({});
    const lease = await there.lease();
    await lease.release();
    expect(there.palabra.sessions).toMatchObject([{ deletedAt: expect.any(Number) }]);
    expect(there.palabra.sockets).toMatchObject([{ closeCode: 1000, closedBy: 'client' }]);
  });
});

describe.concurrent('a pool whose sockets others hold', () => {
  it('waits until another process gives one back', async () => {
    await using there = await twoPools({ socketsPerCredential: 1 });
    const held = await there.one.lease();
    const waiting = there.other.lease();
    await there.one.palabra.until(({ refusals }) => refusals.length >= 3);
    expect([await soon(waiting), there.other.pool.crowd]).toEqual(['waits', 1]);
    await held.release();
    await (await waiting).release();
    expect(there.one.palabra.violations).toEqual([]);
  });

  it('waits until the service no longer counts what a crash left open, within its budget of dials', async () => {
    await using there = await twoPools({ socketsPerCredential: 1, lingerMs: 3_000 });
    const held = await there.one.lease();
    held.socket.terminate();
    const diallings = Array.from({ length: 3 }, () => there.other.lease().then((lease) => lease.release()));
    await Promise.all(diallings);
    expect(there.one.palabra.refusals.length).toBeLessThan(10);
  }, 15_000);
});

describe.concurrent('a pool that shares credentials with other processes', () => {
  it('opens nothing until it has a credential, and then no more sockets than are its part', async () => {
    await using there = await sharingPool({ credentials: TWO });
    const [first, second] = [there.lease(), there.lease()];
    expect(await soon(first)).toBe('waits');
    there.pool.allowCredentials([share('two', { mostSockets: 1 })]);
    const lease = await first;
    expect([credentialsOf(there.palabra), await soon(second)]).toEqual([['two'], 'waits']);
    expect(there.pool.useOf('two')).toMatchObject({ sockets: 1, sessions: [expect.any(String)] });
    await lease.release();
    await second;
  });

  it('keeps the sockets of a credential that it loses until they are given back, and opens others elsewhere', async () => {
    await using there = await sharingPool({ credentials: TWO });
    there.pool.allowCredentials([share('one')]);
    const first = await there.lease();
    there.pool.allowCredentials([share('two')]);
    expect([first.isUnwanted, first.socket.isOpen]).toEqual([true, true]);
    const second = await there.lease();
    expect([credentialsOf(there.palabra), second.isUnwanted]).toEqual([['one', 'two'], false]);
    await first.release();
    expect(there.pool.useOf('one')).toEqual({ sessions: [], sockets: 0 });
  });

  it('ends what a dead process left open before it opens anything', async () => {
    await using there = await sharingPool({ socketsPerCredential: 1, lingerMs: 10_000 });
    const dead = poolAt(there.palabra, {});
    (await dead.lease()).socket.terminate();
    await there.palabra.until(({ openSockets }) => openSockets.length === 0);
    const { clientId } = there.palabra.credentials;
    const { sessions } = dead.pool.useOf(clientId);
    there.pool.allowCredentials([share(clientId, { leftBehind: sessions })]);
    expect(there.pool.useOf(clientId).sessions).toEqual(sessions);
    await there.lease();
    expect(there.palabra.refusals).toEqual([]);
    expect(there.palabra.violations).toEqual(['socket 0: closed with 1006 instead of 1000']); // by the dead one
    expect(there.pool.useOf(clientId).sessions).not.toEqual(sessions);
  });

  it('gives way to older speech of another process, and takes no socket back before that has had its turn', async () => {
    await using there = await sharingPool({ socketsPerCredential: 1 });
    const { clientId } = there.palabra.credentials;
    there.pool.allowCredentials([share(clientId)]);
    const nowMs = performance.now();
    const held = await there.lease(never, since(nowMs));
    there.pool.allowCredentials([share(clientId, { wantedSinceMs: nowMs - 500 })]);
    expect([there.pool.isWanted(nowMs - 1_000), there.pool.isWanted(nowMs)]).toEqual([false, true]);
    await held.release();
    const again = there.lease(never, since(nowMs));
    expect(await soon(again)).toBe('waits');
    await (await there.lease(never, since(nowMs - 1_000))).release(); // ours may be older still
    there.pool.allowCredentials([share(clientId)]);
    await again;
  });

  it('says since when its own speech waits, while others hold all sockets', async () => {
    await using there = await twoPools({ socketsPerCredential: 1 });
    const { clientId } = there.one.palabra.credentials;
    const held = await there.one.lease();
    const waiting = there.other.lease(never, since(1_234));
    await there.one.palabra.until(({ refusals }) => refusals.length >= 3);
    expect(there.other.pool.useOf(clientId)).toMatchObject({ waitingSinceMs: 1_234 });
    expect(there.one.pool.useOf(clientId)).not.toHaveProperty('waitingSinceMs');
    await held.release();
    await (await waiting).release();
  });
});
