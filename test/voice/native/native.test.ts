import { execFile } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { receiveNatively } from '../../../src/voice/connection/datagrams.ts';
import { decodersOf } from '../../../src/voice/index.ts';
import { loadNative, type NativeVoice } from '../../../src/voice/native/native.ts';
import { isV3 } from '../../../src/voice/native/native-file.ts';
import { startVoiceServer, type VoiceServer } from '../../simulators/discord/voice/index.ts';
import { encodeSpeech } from '../../simulators/speech/index.ts';
import { native, WAYS_TO_DECODE } from '../../support/native.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { Call } from '../support/call.ts';
import { ANA } from '../support/gateway.ts';

const RATES = [48_000, 24_000, 16_000] as const;
const WORDS = 'Hello you over there';

describe.skipIf(native === undefined)('the addon (skipped where there is no C compiler)', () => {
  const addon = native as NativeVoice; // the tests run only where there is one

  describe('decodes', () => {
    it.each(RATES.flatMap((rate) => [1, 2].map((channels) => ({ rate, channels: channels as 1 | 2 }))))(
      'the same as libopus, at $rate Hz of $channels channels',
      ({ rate, channels }) => {
        const [ours, theirs] = [decodersOf(rate, addon)(), decodersOf(rate, undefined)()];
        for (const packet of encodeSpeech(WORDS, { channels })) {
          const [made, wanted] = [ours.decode(packet), theirs.decode(packet)];
          expect(made?.length).toBe(rate / 50);
          // Other compiler options round differently, and libopus's own tests allow more.
          made?.forEach((sample, i) => void expect(Math.abs(sample - (wanted?.[i] ?? 0))).toBeLessThanOrEqual(4));
        }
      },
    );

    it('into its own memory, which stays unchanged until the call after the next', () => {
      const decoder = decodersOf(48_000, addon)();
      const [first, second, ...others] = encodeSpeech(WORDS).slice(10);
      const made = decoder.decode(first ?? Buffer.of());
      const kept = made?.slice();
      decoder.decode(second ?? Buffer.of());
      expect(made).toEqual(kept);
      for (const packet of others) decoder.decode(packet);
      expect(made).not.toEqual(kept); // used again
    });

    it('frames of different lengths, one after the other', () => {
      const decoder = decodersOf(48_000, addon)();
      const [packet = Buffer.of()] = encodeSpeech(WORDS).slice(10);
      const twice = Buffer.concat([Buffer.of((packet[0] ?? 0) | 1), packet.subarray(1), packet.subarray(1)]);
      const lengths = [packet, twice, packet].map((each) => decoder.decode(each)?.length);
      expect(lengths).toEqual([960, 1920, 960]);
    });

    it('no garbage, and goes on after it', () => {
      const decoder = decodersOf(48_000, addon)();
      const [packet = Buffer.of()] = encodeSpeech(WORDS).slice(10);
      const cut = Buffer.of(0xff, 0x7f); // two frames and more, none of which is there
      expect([Buffer.of(), cut].map((each) => decoder.decode(each))).toEqual([undefined, undefined]);
      expect(decoder.decode(packet)?.length).toBe(960);
    });

    it('only with a decoder, a packet and memory', () => {
      const decoder = addon.createDecoder(48_000);
      const samples = new Int16Array(960);
      const decode = addon.decode as (...values: readonly unknown[]) => number;
      for (const values of [[], [{}, Buffer.of(1), samples], [decoder, 'x', samples], [decoder, Buffer.of(1), [1]]])
        expect(() => decode(...values)).toThrow('Cannot decode: wrong arguments');
      expect(() => addon.createDecoder(44_100)).toThrow('invalid argument');
    });
  });

  describe('tells objects apart', () => {
    const calls = addon as unknown as Record<string, (...values: readonly unknown[]) => unknown>;
    const objects = () => ({
      cipher: addon.createGcm(Buffer.alloc(32)),
      decoder: addon.createDecoder(48_000),
      thread: addon.startDecoding(() => {}),
    });
    const samples = new Int16Array(960);
    const packet = Buffer.of(0xfb, 1);

    it.each(['cipher', 'decoder', 'thread', 'nothing'] as const)('when it is given a %s', (kind) => {
      const all = { ...objects(), nothing: {} };
      const it = all[kind];
      const refused: Record<string, () => unknown> = {
        openGcm: () => calls.openGcm?.(it, Buffer.alloc(100), 0, 100, 12),
        decode: () => calls.decode?.(it, packet, samples),
        pushPacket: () => calls.pushPacket?.(it, all.decoder, packet, samples),
        'pushPacket, as decoder,': () => calls.pushPacket?.(all.thread, it, packet, samples),
        takeDecoded: () => calls.takeDecoded?.(it, new Int32Array(1), false),
        stopDatagrams: () => calls.stopDatagrams?.(it),
      };
      const right = { cipher: ['openGcm'], decoder: ['decode', 'pushPacket, as decoder,'], nothing: [] as string[] };
      const takes = kind === 'thread' ? ['pushPacket', 'takeDecoded'] : right[kind];
      for (const [name, call] of Object.entries(refused))
        if (!takes.includes(name)) expect(call, name).toThrow(TypeError);
    });
  });

  it('refuses a decoder that the decoding thread has, and takes it again afterwards', () => {
    const [first, second] = [addon.startDecoding(() => {}), addon.startDecoding(() => {})];
    const decoder = addon.createDecoder(48_000);
    const [packet = Buffer.of()] = encodeSpeech(WORDS).slice(10);
    const samples = new Int16Array(960);
    addon.pushPacket(first, decoder, packet, samples);
    expect(() => addon.decode(decoder, packet, samples)).toThrow('the decoding thread has this decoder');
    expect(() => addon.pushPacket(second, decoder, packet, samples)).toThrow('another thread has this decoder');
    const made = new Int32Array(4);
    expect(addon.takeDecoded(first, made, true)).toBe(1);
    expect(made[0]).toBe(960);
    expect(addon.decode(decoder, packet, samples)).toBe(960);
  });

  it('says which libopus it has', () => {
    expect(addon.opusVersion()).toMatch(/^libopus \d+\.\d+/u);
  });

  describe('decrypts', () => {
    it('only with a key of 32 bytes', () => {
      expect(() => addon.createGcm(Buffer.alloc(16))).toThrow('the key is not 32 bytes');
    });

    it('nothing outside the memory that it is given', () => {
      const open = addon.openGcm as (...values: readonly unknown[]) => number;
      const cipher = addon.createGcm(Buffer.alloc(32));
      for (const [start, end] of [
        [0, 41],
        [30, 20],
        [-1, 40],
        [0, -1],
      ])
        expect(() => open(cipher, Buffer.alloc(40), start, end, 12)).toThrow('Cannot decrypt voice: wrong arguments');
    });

    it('nothing whose header is longer than the packet', () => {
      expect(addon.openGcm(addon.createGcm(Buffer.alloc(32)), Buffer.alloc(40), 0, 40, 30)).toBe(-1);
    });
  });

  describe('receives datagrams', () => {
    it('of one sender, whole and in order, in memory that is never written again', async () => {
      const { socket, from, sendAll } = await sockets();
      const other = await bound();
      const taken: Buffer[] = [];
      const changed = new EventTarget();
      using _receiving = receiveNatively(addon, socket, from, (buffer, start, end) => {
        taken.push(buffer.subarray(start, end));
        changed.dispatchEvent(new Event('taken'));
      });
      other.send(Buffer.from('a forger'), socket.address().port, '127.0.0.1');
      await sendAll([Buffer.alloc(3_000)]); // longer than any voice packet: it is left out
      const sent: Buffer[] = [];
      // Batches that the system has room for, and of several lengths; together more than one piece of memory.
      while (sent.reduce((sum, { length }) => sum + length, 0) < 200_000) {
        const batch = Array.from({ length: 70 }, (_, i) => Buffer.alloc(100 + 16 * i, sent.length + i));
        sent.push(...batch);
        await sendAll(batch);
        while (taken.length < sent.length) await once(changed, 'taken');
      }
      expect(taken).toEqual(sent);
    });

    it.each([2, 6])('at most as many at once as there are spans for: %i numbers', async (numbers) => {
      const { socket, from, sendAll } = await sockets();
      const { handle } = Reflect.get(
        socket,
        Object.getOwnPropertySymbols(socket).find((key) => key.description === 'state symbol') ?? '',
      );
      handle.recvStop(); // else Node takes some
      const spans = new Uint32Array(numbers);
      const counts: number[] = [];
      const all = Promise.withResolvers<string>();
      let text = '';
      const receiver = addon.receiveDatagrams(handle.fd, 0x7f000001, from.port, spans, (slab, count) => {
        counts.push(count);
        for (let i = 0; i < count; i++) text += Buffer.from(slab, spans[2 * i], spans[2 * i + 1]).toString();
        if (text.length === 10) all.resolve(text);
      });
      await sendAll(Array.from({ length: 10 }, (_, i) => Buffer.from(String(i))));
      expect(await all.promise).toBe('0123456789');
      expect(Math.max(...counts)).toBeLessThanOrEqual(numbers / 2);
      addon.stopDatagrams(receiver);
    });

    it('until it is disposed of; then the socket receives them again', async () => {
      const { socket, from, sendAll } = await sockets();
      const taken: string[] = [];
      const first = Promise.withResolvers<void>();
      const receiving = receiveNatively(addon, socket, from, (buffer, start, end) => {
        taken.push(`natively ${buffer.subarray(start, end)}`);
        first.resolve();
      });
      await sendAll([Buffer.from('one')]);
      await first.promise;
      receiving?.[Symbol.dispose]();
      receiving?.[Symbol.dispose]();
      await sendAll([Buffer.from('two')]);
      const [message] = await once(socket, 'message');
      expect([...taken, `${message}`]).toEqual(['natively one', 'two']);
    });

    it('no more once it was stopped, and stopping twice does no harm', async () => {
      const { socket, from } = await sockets();
      const fd = Reflect.get(
        socket,
        Object.getOwnPropertySymbols(socket).find((key) => key.description === 'state symbol') ?? '',
      ).handle.fd;
      const receiver = addon.receiveDatagrams(fd, 0x7f000001, from.port, new Uint32Array(128), () => {});
      addon.stopDatagrams(receiver);
      addon.stopDatagrams(receiver);
      await new Promise(setImmediate); // the loop lets go of it
      await new Promise(setImmediate);
      expect(() => addon.stopDatagrams(receiver)).not.toThrow();
    });

    it('no more once its own callback stopped it, or the socket was closed', async () => {
      const { socket, from, sendAll } = await sockets();
      let taken = 0;
      const first = Promise.withResolvers<void>();
      const receiving = receiveNatively(addon, socket, from, () => {
        taken += 1;
        receiving?.[Symbol.dispose]();
        first.resolve();
      });
      await sendAll([Buffer.from('one')]);
      await first.promise;
      using _again = receiveNatively(addon, socket, from, () => {
        taken += 1;
      });
      socket.close();
      await once(socket, 'close');
      expect(taken).toBe(1);
    });

    it('without ending the process early or holding it back', async () => {
      const script = `
        import { createSocket } from 'node:dgram';
        import { receiveNatively } from './src/voice/connection/datagrams.ts';
        import { loadNative } from './src/voice/native/native.ts';
        const [socket, sender] = [createSocket('udp4'), createSocket('udp4')];
        socket.bind(0, '127.0.0.1', () => sender.bind(0, '127.0.0.1', () => {
          const from = { ip: '127.0.0.1', port: sender.address().port };
          receiveNatively(loadNative({ info() {}, warn() {} }), socket, from, () => { socket.close(); sender.close(); console.log('heard'); });
          sender.send('hello', socket.address().port, '127.0.0.1');
        }));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script]);
      expect(stdout).toBe('heard\n');
    });

    it('and lets an error of the listener become an uncaught exception', async () => {
      const script = `
        import { createSocket } from 'node:dgram';
        import { receiveNatively } from './src/voice/connection/datagrams.ts';
        import { loadNative } from './src/voice/native/native.ts';
        const [socket, sender] = [createSocket('udp4'), createSocket('udp4')];
        process.on('uncaughtException', (error) => { console.log(error.message); process.exit(); });
        socket.bind(0, '127.0.0.1', () => sender.bind(0, '127.0.0.1', () => {
          const from = { ip: '127.0.0.1', port: sender.address().port };
          receiveNatively(loadNative({ info() {}, warn() {} }), socket, from, () => { throw new Error('no'); });
          sender.send('hello', socket.address().port, '127.0.0.1');
        }));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script]);
      expect(stdout).toBe('no\n');
    });

    it('only where Node’s sockets are as they were, and the sender has an IPv4 address', async () => {
      const { socket, from } = await sockets();
      const take = () => {};
      expect(receiveNatively(addon, createSocket('udp4').unref(), from, take)).toBeUndefined(); // not bound
      expect(receiveNatively(addon, socket, { ip: '::1', port: 1 }, take)).toBeUndefined();
      using receiving = receiveNatively(addon, socket, from, take);
      expect(receiving).toBeDefined(); // else Node has moved the parts that are used: datagrams.ts
    });
  });
});

describe('a room', inRealTime, () => {
  let server: VoiceServer;
  beforeAll(async () => {
    server = await startVoiceServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(WAYS_TO_DECODE)('is heard $way, end-to-end encryption and all', async ({ native }) => {
    const call = new Call(server);
    await using listener = await call.listen({ native });
    await call.ana.say(WORDS);
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe(WORDS);
  });
});

describe('without the addon', () => {
  it('the log says why it is missing, and how to make it', () => {
    const said: unknown[] = [];
    const log = { warn: (...values: unknown[]) => void said.push(values) };
    expect(loadNative(log as never, '/nowhere/voice.node')).toBeUndefined();
    expect(JSON.stringify(said)).toMatch(/no native addon.*npm run build:native/u);
    const bundled = createRequire(import.meta.url).resolve('@discordjs/opus/package.json');
    const version = readFileSync(join(dirname(bundled), 'deps/opus/package_version'), 'utf8').match(/"(.*)"/u)?.[1];
    expect(JSON.stringify(said)).toContain(`"libopus ${version}"`);
  });

  it('the installation goes on where there is no compiler', async () => {
    const script = new URL('../../../scripts/build-native.ts', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env: { PATH: '/nowhere' } });
    expect(stdout).toBe('The native addon was not built: there is no C compiler (cc).\n');
  });

  it('a processor’s own instructions are used only where it has them all', () => {
    const all = 'flags\t\t: fpu sse2 avx2 bmi1 bmi2 f16c fma movbe abm\n';
    expect(isV3(`processor\t: 0\n${all}`)).toBe(true);
    expect(isV3(all.replace('avx2 ', ''))).toBe(false);
    expect(isV3('processor : 0\nFeatures : fp asimd\n')).toBe(false);
  });
});

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  onTestFinished(() => {
    try {
      socket.close();
    } catch {
      // the test closed it
    }
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** A bound socket, and another that sends to it. */
async function sockets() {
  const [socket, sender] = [await bound(), await bound()];
  const { port } = socket.address() as AddressInfo;
  const from = { ip: '127.0.0.1', port: sender.address().port };
  const sendAll = async (datagrams: readonly Buffer[]) => {
    for (const datagram of datagrams) await new Promise((resolve) => sender.send(datagram, port, '127.0.0.1', resolve));
  };
  return { socket, from, sendAll };
}
