import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { decodersOf, decodingOf } from '../../../src/voice/decoding/choose-decoding.ts';
import { encodeSpeech } from '../../simulators/speech/index.ts';
import { busy, native, WAYS_TO_DECODE } from '../../support/native.ts';

const GARBAGE = Buffer.from([0xfb, 0x00, 1, 2, 3]);
const NO_PACKET = Buffer.of();
const speech = encodeSpeech('Hello you over there');

describe.each(WAYS_TO_DECODE)('decoding $way', ({ way, native }) => {
  it('answers several streams in the order in which they asked, whatever they asked for', () => {
    const decoding = decodingOf(48_000, native);
    const [ana, bo] = [decoding.createDecoder(), decoding.createDecoder()];
    const answers: string[] = [];
    const note = (what: string) => (samples: Int16Array | undefined) => answers.push(`${what} ${samples?.length}`);
    const [first = NO_PACKET, second = NO_PACKET] = speech;
    ana.inTurn(() => answers.push('at once'));
    expect(answers).toEqual(['at once']);
    ana.decode(first, note('ana 1'));
    bo.decode(first, note('bo 1'));
    ana.inTurn(() => answers.push('ana 2'));
    ana.decode(GARBAGE, note('ana 3'));
    bo.decode(NO_PACKET, note('bo 2'));
    ana.decode(second, note('ana 4'));
    decoding.settle();
    expect(answers.slice(1)).toEqual([
      'ana 1 960',
      'bo 1 960',
      'ana 2',
      'ana 3 undefined',
      'bo 2 undefined',
      'ana 4 960',
    ]);
  });

  it('decodes each stream as its own decoder would', () => {
    const decoding = decodingOf(48_000, native);
    const streams = Array.from({ length: 3 }, (_, i) => ({
      packets: speech.slice(i * 10),
      decoder: decoding.createDecoder(),
      heard: [] as number[],
    }));
    for (let i = 0; i < speech.length; i++) {
      for (const { packets, decoder, heard } of streams) {
        const packet = packets[i];
        if (packet) decoder.decode(packet, (samples) => heard.push(...(samples ?? [])));
      }
    }
    decoding.settle();
    for (const { packets, heard } of streams) {
      const own = decodersOf(48_000, native)();
      expect(heard).toEqual(packets.flatMap((packet) => Array.from(own.decode(packet) ?? [])));
    }
  });

  it('leaves samples as they are until the call after the next', () => {
    const decoding = decodingOf(48_000, native);
    const decoder = decoding.createDecoder();
    const kept: { samples: Int16Array; copy: number[] }[] = [];
    for (const [i, packet] of speech.entries()) {
      if (i % 3 === 0) decoding.settle(); // else each had memory of its own
      decoder.decode(packet, (samples) => {
        if (samples) kept.push({ samples, copy: Array.from(samples) });
        if (i % 7 === 0) decoding.settle(); // whoever is answered may wait for the others
        const before = kept.at(-2);
        expect(before && Array.from(before.samples)).toEqual(before?.copy);
      });
    }
    decoding.settle();
    expect(kept).toHaveLength(speech.length);
  });

  it('keeps the order when a callback settles everything', () => {
    const decoding = decodingOf(48_000, native);
    const decoder = decoding.createDecoder();
    const answers: number[] = [];
    for (const [i, packet] of speech.entries()) {
      decoder.decode(packet, () => {
        answers.push(i);
        if (i === 5) decoder.inTurn(() => answers.push(-1));
        if (i === 5) decoding.settle();
      });
    }
    decoding.settle();
    const inTurn =
      way === 'on a thread' ? [...speech.keys(), -1] : [...speech.keys()].flatMap((i) => (i === 5 ? [5, -1] : [i]));
    expect(answers).toEqual(inTurn);
  });

  it('takes any number of packets at once', () => {
    const decoding = decodingOf(48_000, native);
    const decoder = decoding.createDecoder();
    let answers = 0;
    for (let i = 0; i < 5_000; i++) decoder.decode(speech[i % speech.length] ?? NO_PACKET, () => answers++);
    decoding.settle();
    expect(answers).toBe(5_000);
  });

  it('answers soon, also when nobody settles', async () => {
    const decoder = decodingOf(48_000, native).createDecoder();
    const last = Promise.withResolvers<number | undefined>();
    for (const packet of speech.slice(1)) decoder.decode(packet, () => {});
    decoder.decode(speech[0] ?? NO_PACKET, (samples) => last.resolve(samples?.length));
    expect(await last.promise).toBe(960);
  });
});

describe.skipIf(native === undefined)('the thread that decodes (skipped where there is no addon)', () => {
  const addon = native as NonNullable<typeof native>; // the tests below run only where there is one

  it('decodes only while many talk', () => {
    const spied = { ...addon, startDecoding: vi.fn(addon.startDecoding) };
    const take = vi.fn();
    decodingOf(48_000, spied)
      .createDecoder()
      .decode(speech[0] ?? NO_PACKET, take);
    expect([take.mock.calls.length, spied.startDecoding.mock.calls.length]).toEqual([1, 0]); // at once, right here
    const decoding = decodingOf(48_000, busy(spied));
    decoding.createDecoder().decode(speech[0] ?? NO_PACKET, take);
    expect([take.mock.calls.length, spied.startDecoding.mock.calls.length]).toEqual([1, 1]);
    decoding.settle();
    expect(take.mock.calls.length).toBe(2);
  });

  it('takes only packets, decoders and memory, and no more packets than it has room for', () => {
    const thread = addon.startDecoding(() => {});
    const decoder = addon.createDecoder(48_000);
    const samples = new Int16Array(960);
    const push = addon.pushPacket as (...values: readonly unknown[]) => void;
    for (const values of [
      [],
      [thread, {}, GARBAGE, samples],
      [thread, decoder, NO_PACKET, samples],
      [thread, decoder, GARBAGE, [1]],
    ])
      expect(() => push(...values)).toThrow('Cannot decode: wrong arguments');
    const start = addon.startDecoding as (...values: readonly unknown[]) => unknown;
    expect(() => start('x')).toThrow('Cannot start decoding: wrong arguments');
    let room = 0;
    while (addon.pushPacket(thread, decoder, GARBAGE, samples)) room += 1;
    expect(room).toBeGreaterThan(1_000);
    const made = new Int32Array(2 * room);
    expect(addon.takeDecoded(thread, made, true)).toBe(room);
    expect(addon.pushPacket(thread, decoder, GARBAGE, samples)).toBe(true); // there is room again
    expect(made[0]).toBeLessThan(0);
  });

  it('holds no process back, and ends with one that has packets under way', async () => {
    const script = `
      import { decodersOf, decodingOf } from './src/voice/decoding/choose-decoding.ts';
      import { loadNative } from './src/voice/native/native.ts';
      const decoder = decodingOf(48_000, loadNative({ info() {}, warn() {} })).createDecoder();
      const packet = Buffer.alloc(160, 7);
      packet[0] = 0xfc;
      for (let i = 0; i < 2_000; i++) decoder.decode(packet, () => {});
      console.log('done');`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script]);
    expect(stdout).toBe('done\n');
  });
});
