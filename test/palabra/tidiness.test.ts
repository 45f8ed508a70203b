import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { studio } from './support/studio.ts';

const CHUNK_BYTES = 320 * 16 * 2; // of 16 kHz
const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;

describe('a transcriber', () => {
  it('leaves no timer behind, whatever its streams were doing', inRealTime, async () => {
    const before = timers();
    const room = await studio();
    const [ann, ben, cat] = ['ann', 'ben', 'cat'].map((name) => room.person(name));
    await Promise.all([ann?.say('speaking'), ben?.say('retrying')]);
    room.palabra.faults.nextSession({ kind: 'status', status: 503 }, 10);
    room.palabra.faults.resetAll();
    await cat?.say('connecting');
    await room[Symbol.asyncDispose]();
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('gives the memory of speech back as soon as it is text', inRealTime, async () => {
    await using room = await studio();
    const people = ['ann', 'ben', 'cat'].map((name) => room.person(name));
    const heldBytes: number[] = [];
    for (let round = 1; round <= 2; round++) {
      await Promise.all(people.map((person) => person.say(`round number ${round} of many`)));
      heldBytes.push(room.transcriber.heldBytes);
      await Promise.all(people.map((person) => person.until(() => person.said.length === round)));
      await delay(100); // a tick of the transcriber's timer
      heldBytes.push(room.transcriber.heldBytes);
    }
    const whileSpeaking = heldBytes.filter((_, i) => i % 2 === 0);
    const afterFinals = heldBytes.filter((_, i) => i % 2 === 1);
    expect(Math.min(...whileSpeaking)).toBeGreaterThan(3 * 4 * CHUNK_BYTES);
    expect(Math.max(...afterFinals)).toBeLessThanOrEqual(3 * 4 * CHUNK_BYTES); // the silence since, and 300 ms before it
    await Promise.all(people.map(({ stream }) => stream.finish(new AbortController().signal)));
    expect(room.transcriber.heldBytes).toBe(0);
  });

  it('keeps to the memory that the process may use, leaves each speaker 5 s, and reports what it dropped', async () => {
    const heldBytes = 32 * CHUNK_BYTES; // 10 s
    const room = await studio({}, { limits: { heldBytes, finishMs: 300, retryMaxMs: 100 } });
    room.palabra.faults.nextSession({ kind: 'status', status: 503 }, 1000);
    const people = ['ann', 'ben', 'cat'].map((name) => room.person(name));
    const loud = Int16Array.from({ length: 320 }, (_, i) => 8000 * Math.sin(i / 8));
    for (let startMs = 0; startMs < 20_000; startMs += 20) {
      for (const { stream } of people) stream.send({ samples: loud, sampleRateHz: 16_000, startMs });
    }
    expect(room.transcriber.heldBytes).toBeLessThanOrEqual(3 * 16 * CHUNK_BYTES); // three times 5 s, and a chunk begun
    await Promise.all(people.map(({ stream }) => stream.finish(new AbortController().signal)));
    for (const { notices } of people) {
      const lostMs = notices.reduce(
        (sum, each) => sum + (each.kind === 'gap' ? each.gap.endMs - each.gap.startMs : 0),
        0,
      );
      expect(lostMs).toBeCloseTo(20_000, -2); // all of it in the end, as nothing could be sent
    }
    await room[Symbol.asyncDispose]();
  });

  it('takes no speech for silence that came while the process stood still', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    const speaking = ann.say('the garbage collector was here, and then again, and again, and nobody noticed it');
    for (const pause of [1, 2, 3, 4]) {
      await room.palabra.until(({ sockets }) => (sockets[0]?.receivedMs ?? 0) > 700 * pause);
      const untilMs = performance.now() + 600;
      while (performance.now() < untilMs); // nothing else runs
    }
    await speaking;
    await ann.until(() => ann.said.length === 1);
    expect(room.palabra.finals).toMatchObject([{ isIntact: true, slips: 0 }]);
  });

  it('replaces a socket that takes no more audio, and sends its audio again', inRealTime, async () => {
    const limits = { burstMs: 600_000, stalledMs: 300, muteMs: 60_000, closeMs: 50 };
    await using room = await studio({}, { sampleRateHz: 48_000, limits });
    const ann = room.person('ann');
    const samples = Int16Array.from({ length: 960 }, (_, i) => 8000 * Math.sin(i / 25));
    const feed = (fromMs: number, toMs: number) => {
      for (let startMs = fromMs; startMs < toMs; startMs += 20)
        ann.stream.send({ samples, sampleRateHz: 48_000, startMs });
    };
    feed(0, 1_000);
    await room.palabra.until(({ openSockets }) => openSockets.length === 1);
    room.palabra.sockets[0]?.stopReading();
    feed(1_000, 120_000); // 11 MB: more than the system holds for a peer that does not read
    await room.palabra.until(({ sockets }) => (sockets[1]?.receivedMs ?? 0) > 0);
    expect(ann.stream.status()).toMatchObject({ sockets: 2, reconnects: 1 });
    expect(ann.notices).toEqual([]);
  });

  it('has no timer while nobody speaks', async () => {
    const before = timers();
    await using room = await studio();
    room.person('ann');
    expect(timers()).toBeLessThanOrEqual(before);
  });
});
