import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import type { SttNotice, SttOptions } from '../../src/core/ports/speech-to-text.ts';
import { type ConnectedSpeaker, Connection } from '../../src/palabra/connection.ts';
import { FormatInUse } from '../../src/palabra/format-in-use.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/palabra/limits.ts';
import { SocketPool } from '../../src/palabra/sockets/pool.ts';
import { ChunkStore } from '../../src/palabra/tape/chunks.ts';
import { Tape } from '../../src/palabra/tape/tape.ts';
import { type PalabraOptions, startPalabra } from '../simulators/palabra/index.ts';
import { ENGLISH } from './support/studio.ts';

const RATE = 16_000;
const LATER = Number.POSITIVE_INFINITY; // when every retry is due

/** A speaker who has as much speech to send as the test says, and keeps what the connection reports. */
class Speaker extends EventEmitter<{ news: [] }> {
  readonly speakerId: string;
  readonly clock = { beganAt: new Date(0), nowMs: () => performance.now() }; // the meeting began with the process
  readonly tape = new Tape(RATE, new ChunkStore(RATE, 1_000_000));
  readonly pending: { unsafeFrom: number | undefined; replayFrom: number; isUnderWay: boolean };
  readonly notices: SttNotice[] = [];
  readonly events: string[] = [];

  /** @param startMs - when their speech began that waits for a socket */
  constructor(speakerId: string, startMs: number) {
    super();
    this.speakerId = speakerId;
    this.tape.appendSilence(RATE, startMs);
    this.pending = { unsafeFrom: 0, replayFrom: 0, isUnderWay: false };
  }

  readonly notify = (notice: SttNotice) => {
    this.notices.push(notice);
    this.#happened(notice.kind);
  };
  readonly opened = () => this.#happened('opened');
  readonly received: ConnectedSpeaker['received'] = (message) => {
    this.#happened(message.kind);
    return message.kind !== 'unknown';
  };
  readonly socketGone = () => this.#happened('socket gone');
  readonly speechCutOff = () => this.#happened('cut off');

  #happened(event: string): void {
    this.events.push(event);
    this.emit('news');
  }

  async until(isTrue: (events: readonly string[]) => boolean): Promise<void> {
    while (!isTrue(this.events)) await once(this, 'news', { signal: AbortSignal.timeout(10_000) });
  }
}

async function booth(server: PalabraOptions = {}, limits: Partial<Limits> = {}) {
  const palabra = await startPalabra(server);
  const { apiUrl, streamUrl, credentials } = palabra;
  const warned = Promise.withResolvers<void>();
  const log = { ...quiet, warn: () => warned.resolve() };
  const all = { ...DEFAULT_LIMITS, afterConflictMs: 20, ...limits };
  const pool = new SocketPool({ apiUrl, streamUrl, credentials: [credentials] }, all, log);
  const connections: Connection[] = [];
  return {
    palabra,
    pool,
    warned: warned.promise,
    /** Resolves when the next speaker has to wait for a free socket. */
    crowded: () =>
      new Promise<void>((resolve) => {
        pool.onCrowded = resolve;
      }),
    connect(speakerId = 'ann', startMs = performance.now(), options: SttOptions = ENGLISH) {
      const speaker = new Speaker(speakerId, startMs);
      const connection = new Connection(speaker, options, {
        pool,
        limits: all,
        format: new FormatInUse('pcm_s16le', RATE, log),
        random: () => 0.5,
        log,
      });
      connections.push(connection);
      return { speaker, connection };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(connections.map((connection) => connection.close()));
      await palabra.close();
    },
  };
}

describe.concurrent('a connection', () => {
  it('opens no socket before there is speech', async () => {
    await using there = await booth();
    const { speaker, connection } = there.connect();
    speaker.pending.unsafeFrom = undefined;
    connection.dialWhenDue(LATER);
    expect([connection.state.kind, connection.carrier, there.palabra.sessions.length]).toEqual(['idle', undefined, 0]);
  });

  it('opens one socket for speech, however often it is asked', async () => {
    await using there = await booth();
    const { speaker, connection } = there.connect();
    connection.requestSocket();
    connection.requestSocket();
    await speaker.until((events) => events.includes('opened'));
    connection.requestSocket();
    expect(connection.state.kind).toBe('live');
    expect(connection.totals).toEqual({ sentSamples: 0, keptAlive: 0, sockets: 1, reconnects: 0 });
    expect(there.palabra.sessions).toHaveLength(1);
  });

  it('begins where the speaker says that a new socket has to begin', async () => {
    await using there = await booth();
    const { speaker, connection } = there.connect();
    speaker.pending.replayFrom = 4_000;
    connection.requestSocket();
    await speaker.until((events) => events.includes('opened'));
    expect(connection.carrier?.next).toBe(4_000);
  });

  it('that nobody needs any more while it dials leaves neither a socket nor a session behind', async () => {
    await using there = await booth();
    const dialled = Promise.withResolvers<void>();
    there.palabra.faults.takeUpgrade = () => {
      dialled.resolve();
      return { kind: 'hang' };
    };
    const { speaker, connection } = there.connect();
    connection.requestSocket();
    await dialled.promise;
    connection.releaseSocket();
    expect(connection.state.kind).toBe('idle');
    await connection.close();
    await there.pool.sessionsEnded();
    expect(there.palabra.openSockets).toEqual([]);
    expect(there.palabra.sessions).toMatchObject([{ deletedAt: expect.any(Number) }]);
    expect(speaker.events).toEqual([]);
  });

  it('that the service ends in the middle of speech dials again when that is due, and counts a reconnect', async () => {
    await using there = await booth();
    const { speaker, connection } = there.connect();
    connection.requestSocket();
    await speaker.until((events) => events.includes('opened'));
    there.palabra.faults.closeAll(1011);
    await speaker.until((events) => events.includes('cut off'));
    expect(speaker.events).toEqual(['opened', 'socket gone', 'cut off']);
    expect(connection.state).toMatchObject({ kind: 'waiting', because: { code: 'connection-lost' } });
    connection.dialWhenDue(performance.now()); // half of 250 ms is not over
    expect(connection.state.kind).toBe('waiting');
    connection.dialWhenDue(LATER);
    await speaker.until((events) => events.filter((event) => event === 'opened').length === 2);
    expect(connection.totals).toMatchObject({ sockets: 2, reconnects: 1 });
  });

  it('that the service ends between two talks rests, and nothing is reported as cut off', async () => {
    await using there = await booth();
    const { speaker, connection } = there.connect();
    connection.requestSocket();
    await speaker.until((events) => events.includes('opened'));
    speaker.pending.unsafeFrom = undefined;
    there.palabra.faults.resetAll();
    await speaker.until((events) => events.includes('socket gone'));
    connection.dialWhenDue(LATER);
    expect([connection.state.kind, connection.carrier]).toEqual(['idle', undefined]);
    expect(speaker.events).not.toContain('cut off');
  });

  it('asks for no socket at the end of a retry when the speech was forgotten meanwhile', async () => {
    await using there = await booth();
    there.palabra.faults.nextSession({ kind: 'status', status: 503 });
    const { speaker, connection } = there.connect();
    connection.requestSocket();
    await there.warned;
    expect(connection.state.kind).toBe('waiting');
    speaker.pending.unsafeFrom = undefined;
    connection.dialWhenDue(LATER);
    expect(connection.state.kind).toBe('idle');
  });

  it('whose key is refused stops with one notice, until other settings come', async () => {
    await using there = await booth();
    there.palabra.faults.nextSession({ kind: 'status', status: 401 });
    const { speaker, connection } = there.connect();
    connection.requestSocket();
    await speaker.until((events) => events.includes('stopped'));
    connection.requestSocket();
    connection.dialWhenDue(LATER);
    expect([connection.state.kind, speaker.events]).toEqual(['stopped', ['stopped']]);
    expect(speaker.notices).toMatchObject([{ speakerId: 'ann', error: { code: 'key-refused' } }]);
    expect(connection.reconfigure({ language: 'en', translateTo: ['es'] })).toBe(true);
    connection.dialWhenDue(LATER);
    await speaker.until((events) => events.includes('opened'));
    expect(there.palabra.sockets).toMatchObject([{ query: { translate_languages: 'es' } }]);
  });

  it('keeps its socket when the settings change, and knows that it is outdated', async () => {
    await using there = await booth();
    const { speaker, connection } = there.connect();
    connection.requestSocket();
    await speaker.until((events) => events.includes('opened'));
    expect([connection.reconfigure({ ...ENGLISH }), connection.isOutdated]).toEqual([false, false]);
    expect([connection.reconfigure({ ...ENGLISH, language: 'de' }), connection.isOutdated]).toEqual([true, true]);
    expect(connection.state.kind).toBe('live');
  });

  it('takes messages of the socket in use only', async () => {
    await using there = await booth();
    const { speaker, connection } = there.connect();
    connection.requestSocket();
    await speaker.until((events) => events.includes('opened'));
    there.palabra.faults.sendGarbage('unknown message_type');
    await speaker.until((events) => events.includes('unknown'));
    const [socket] = there.palabra.openSockets;
    connection.releaseSocket();
    socket?.send(JSON.stringify({ message_type: 'warning' }));
    await there.palabra.until(({ openSockets }) => openSockets.length === 0);
    expect(speaker.events).toEqual(['opened', 'unknown', 'socket gone']);
  });

  it('ends a socket that does its work no more, and counts what went over it', async () => {
    await using there = await booth();
    const { speaker, connection } = there.connect();
    connection.requestSocket();
    await speaker.until((events) => events.includes('opened'));
    connection.carrier?.pump(performance.now(), true);
    connection.abandonSocket('the network takes no more audio', performance.now());
    expect([connection.state.kind, connection.carrier]).toEqual(['waiting', undefined]);
    expect(connection.totals).toMatchObject({ sentSamples: RATE, sockets: 1 });
  });

  it('is closed for good, and then has no socket', async () => {
    await using there = await booth();
    const { speaker, connection } = there.connect();
    connection.requestSocket();
    await speaker.until((events) => events.includes('opened'));
    await connection.close();
    connection.requestSocket();
    connection.dialWhenDue(LATER);
    expect([connection.isClosed, connection.carrier, there.palabra.openSockets.length]).toEqual([true, undefined, 0]);
    expect(there.palabra.sockets).toMatchObject([{ closeCode: 1000, closedBy: 'client' }]);
  });
});

describe.concurrent('two connections over one socket', () => {
  /** Ann has the socket; Ben waits for it with speech that began so much earlier than hers, or later. */
  async function annAndBen(earlierMs: number, limits: Partial<Limits> = {}) {
    const there = await booth({ socketsPerCredential: 1 }, limits);
    const nowMs = performance.now();
    const ann = there.connect('ann', nowMs);
    const ben = there.connect('ben', nowMs - earlierMs);
    ann.connection.requestSocket();
    await ann.speaker.until((events) => events.includes('opened'));
    const crowded = there.crowded();
    ben.connection.requestSocket();
    await crowded;
    return { there, ann, ben };
  }

  it('pass it to the older speech, and who gave it up waits for it in turn', async () => {
    const { there, ann, ben } = await annAndBen(1_000);
    await using _ = there;
    expect([ann.connection.isQueued, ben.connection.isQueued]).toEqual([false, true]);
    const crowded = there.crowded();
    ann.connection.giveWayWhenDue(performance.now());
    await ben.speaker.until((events) => events.includes('opened'));
    await crowded;
    expect([ann.connection.isQueued, ben.connection.state.kind]).toEqual([true, 'live']);
  });

  it('do not pass it to younger speech', async () => {
    const { there, ann } = await annAndBen(-1_000);
    await using _ = there;
    ann.connection.giveWayWhenDue(performance.now());
    expect(ann.connection.state.kind).toBe('live');
  });

  it('do not pass it in the middle of an utterance, unless that goes on for too long', async () => {
    const { there, ann } = await annAndBen(1_000, { longestTurnMs: 5_000 });
    await using _ = there;
    ann.speaker.pending.isUnderWay = true;
    ann.connection.giveWayWhenDue(10_000);
    ann.connection.giveWayWhenDue(15_000);
    expect(ann.connection.state.kind).toBe('live');
    ann.connection.giveWayWhenDue(15_001);
    expect(ann.connection.state.kind).toBe('connecting');
  });

  it('ask anew when the settings change while they wait', async () => {
    const { there, ben } = await annAndBen(-1_000);
    await using _ = there;
    const crowded = there.crowded();
    ben.connection.reconfigure({ ...ENGLISH, language: 'de' });
    await crowded;
    expect([ben.connection.isQueued, ben.connection.state.kind]).toEqual([true, 'connecting']);
  });

  it.each([
    [500, true],
    [1_500, false],
  ])('know that speech which began %i ms before the other has to wait: %s', async (earlierMs, isWanted) => {
    const { there, ann } = await annAndBen(1_000);
    await using _ = there;
    const startMs = ann.speaker.tape.msAt(0, 'start') - earlierMs;
    expect(ann.connection.isWantedForOlderSpeech(startMs)).toBe(isWanted);
  });
});
