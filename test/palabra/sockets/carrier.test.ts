import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { DEFAULT_LIMITS } from '../../../src/palabra/limits.ts';
import { pcmPacking } from '../../../src/palabra/packing/pcm-packing.ts';
import { Carrier } from '../../../src/palabra/sockets/carrier.ts';
import { openSocket } from '../../../src/palabra/sockets/socket.ts';
import { ChunkStore } from '../../../src/palabra/tape/chunks.ts';
import { Tape } from '../../../src/palabra/tape/tape.ts';

const RATE = 48_000;
const MORE_THAN_THE_NETWORK_HOLDS = 32 * 1024 * 1024;

/** A socket to a server that can stop reading. */
async function connect() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: 2 * MORE_THAN_THE_NETWORK_HOLDS });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind of address
  const connected = once(server, 'connection');
  const listener = { message: () => {}, closed: () => {} };
  const signal = new AbortController().signal;
  const socket = await openSocket(new URL(`ws://127.0.0.1:${port}/?token=t`), listener, DEFAULT_LIMITS, signal);
  const [peer] = await connected;
  const tape = new Tape(RATE, new ChunkStore(RATE, 10_000_000));
  return {
    socket,
    tape,
    peer,
    async [Symbol.asyncDispose]() {
      socket.terminate();
      peer.terminate(); // a paused one does not notice
      server.close();
      await once(server, 'close');
    },
  };
}
/** The meeting's time that one of the recogniser's times means. */
function placed({ tape }: { tape: Tape }, carrier: Carrier, timeMs: number, side: 'start' | 'end') {
  const sample = carrier.placeTime(timeMs, side, 0);
  return sample === undefined ? undefined : tape.msAt(sample, side);
}
const seconds = (count: number) => new Int16Array(RATE * count);

describe('a carrier', () => {
  it('hands over no audio when the network takes none, and says so after five seconds', async () => {
    await using line = await connect();
    line.peer.pause();
    line.socket.send(new Uint8Array(MORE_THAN_THE_NETWORK_HOLDS));
    const carrier = new Carrier(line.socket, line.tape, pcmPacking, 0, DEFAULT_LIMITS, 0);
    line.tape.appendAudio(seconds(1), 0, true);
    carrier.pump(0, false);
    expect([carrier.next, carrier.isStalled(5000), carrier.isStalled(5001)]).toEqual([0, false, true]);
  });

  it('skips the middle of a long silence when it is behind, and keeps the times', async () => {
    await using line = await connect();
    line.tape.appendAudio(seconds(0.32), 0, true);
    line.tape.appendSilence(RATE * 9.6);
    line.tape.appendAudio(seconds(1.6), 9920, true);
    const carrier = new Carrier(line.socket, line.tape, pcmPacking, 0, { ...DEFAULT_LIMITS, burstMs: 60_000 }, 0);
    carrier.pump(0, true);
    expect(carrier.next).toBe(line.tape.head);
    const sentMs = line.tape.msIn(carrier.sentSamples);
    expect(sentMs).toBeGreaterThan(320 + 1000 + 1600);
    expect(sentMs).toBeLessThan(320 + 1000 + 1600 + 700);
    expect(placed(line, carrier, sentMs - 1600, 'start')).toBe(9920);
    expect(placed(line, carrier, sentMs, 'end')).toBe(11_520);
  });

  it('skips no silence when it keeps up', async () => {
    await using line = await connect();
    line.tape.appendAudio(seconds(0.32), 0, true);
    line.tape.appendSilence(RATE * 0.64);
    const carrier = new Carrier(line.socket, line.tape, pcmPacking, 0, DEFAULT_LIMITS, 0);
    carrier.pump(0, false);
    expect(carrier.sentSamples).toBe(line.tape.head);
  });

  it('goes no faster than real time after a second ahead', async () => {
    await using line = await connect();
    line.tape.appendAudio(seconds(10), 0, true);
    const carrier = new Carrier(line.socket, line.tape, pcmPacking, 0, DEFAULT_LIMITS, 0);
    for (let nowMs = 0; nowMs <= 3000; nowMs += 40) carrier.pump(nowMs, false);
    expect(line.tape.msIn(carrier.sentSamples)).toBeGreaterThan(3300);
    expect(line.tape.msIn(carrier.sentSamples)).toBeLessThanOrEqual(4000);
  });

  it('stops where it should, closes the utterance with silence, and goes on from there with the right times', async () => {
    await using line = await connect();
    line.tape.appendAudio(seconds(1), 0, true);
    line.tape.appendSilence(RATE);
    line.tape.appendAudio(seconds(1), 2000, true);
    const carrier = new Carrier(line.socket, line.tape, pcmPacking, 0, { ...DEFAULT_LIMITS, burstMs: 60_000 }, 0);
    const until = 1.5 * RATE;
    carrier.pump(0, false, until);
    expect(carrier.next).toBe(until);
    expect(carrier.closeUtterance(0)).toBe(true);
    const closedMs = line.tape.msIn(carrier.sentSamples);
    expect(closedMs).toBeGreaterThanOrEqual(1500 + DEFAULT_LIMITS.trailingSilenceMs);
    expect(carrier.closeUtterance(100)).toBe(true);
    expect(line.tape.msIn(carrier.sentSamples)).toBe(closedMs);
    carrier.pump(0, true);
    expect(carrier.next).toBe(line.tape.head);
    expect(placed(line, carrier, closedMs, 'start')).toBe(2000); // the rest of the pause was heard ahead of time
  });

  it('places words that begin in the silence that kept the socket at the speech after it', async () => {
    await using line = await connect();
    const carrier = new Carrier(line.socket, line.tape, pcmPacking, 0, { ...DEFAULT_LIMITS, burstMs: 60_000 }, 0);
    line.tape.appendAudio(seconds(1), 0, true);
    line.tape.appendSilence(2 * RATE);
    carrier.pump(0, true);
    for (const nowMs of [5_000, 10_000]) carrier.keepAlive(nowMs);
    const talkMs = line.tape.msIn(carrier.sentSamples);
    line.tape.appendAudio(seconds(1), 30_000, true);
    carrier.pump(11_000, true);
    const at = (timeMs: number, side: 'start' | 'end') => {
      const sample = carrier.placeTime(timeMs, side, 11_000);
      return sample === undefined ? undefined : line.tape.wordsMsAt(sample, side);
    };
    expect([at(talkMs - 20, 'start'), at(talkMs, 'start'), at(talkMs + 500, 'start')]).toEqual([
      30_000, 30_000, 30_500,
    ]);
    expect([at(1_000, 'end'), at(3_200, 'end')]).toEqual([1_000, 3_000]);
  });

  it('knows which speech is over, to place words without usable times', async () => {
    await using line = await connect();
    const carrier = new Carrier(line.socket, line.tape, pcmPacking, 0, { ...DEFAULT_LIMITS, burstMs: 60_000 }, 0);
    line.tape.appendAudio(seconds(1), 0, true);
    carrier.pump(0, true);
    expect(carrier.sentLast).toEqual({ from: 0, to: RATE }); // no pause so far
    line.tape.appendSilence(RATE);
    line.tape.appendAudio(seconds(1), 2000, true);
    carrier.pump(0, true);
    expect(carrier.sentLast).toEqual({ from: 0, to: RATE }); // what they are saying now is not over
    line.tape.appendSilence(RATE);
    carrier.pump(0, true);
    expect(carrier.sentLast).toEqual({ from: 2 * RATE, to: 3 * RATE });
  });

  it('ignores a time that neither the audio nor the clock has reached, and counts on as before', async () => {
    await using line = await connect();
    const carrier = new Carrier(line.socket, line.tape, pcmPacking, 0, { ...DEFAULT_LIMITS, burstMs: 60_000 }, 0);
    line.tape.appendAudio(seconds(4), 0, true);
    carrier.pump(0, true);
    expect(carrier.placeTime(80_000, 'end', 3_000)).toBeUndefined();
    expect(placed(line, carrier, 2_000, 'start')).toBe(2_000);
  });
});
