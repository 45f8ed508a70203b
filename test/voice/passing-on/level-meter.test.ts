import opus from '@discordjs/opus';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoudnessGate } from '../../../src/palabra/tape/loudness.ts';
import { LevelMeter } from '../../../src/voice/passing-on/level-meter.ts';
import { seededRandom } from '../../simulators/discord/voice/index.ts';
import { encodeSpeech, speak } from '../../simulators/speech/index.ts';

const RATE = 48_000;
const random = seededRandom(5);
const noise = (amplitude: number) =>
  Int16Array.from({ length: RATE }, () => Math.round(amplitude * (2 * random() - 1)));
const SOUNDS = [
  ['speech', speak('hello there you all', RATE)],
  ['quiet speech', speak('hello there you all', RATE).map((sample) => Math.round(sample / 30))],
  ['noise', noise(3_000)],
  ['faint noise', noise(150)],
] as const;

/** Codes a sound in packets of this length. */
function coded(samples: Int16Array, channels: 1 | 2, ms: number): Buffer[] {
  const encoder = new opus.OpusEncoder(RATE, channels);
  encoder.setBitrate(64_000);
  const count = (RATE * ms) / 1000;
  return Array.from({ length: Math.floor(samples.length / count) }, (_, i) => {
    const pcm = Buffer.alloc(2 * count * channels);
    for (let at = 0; at < count; at++) {
      for (let channel = 0; channel < channels; channel++) {
        pcm.writeInt16LE(samples[i * count + at] ?? 0, 2 * (at * channels + channel));
      }
    }
    return encoder.encode(pcm);
  });
}

function levelOf(packet: Buffer, decoder: opus.OpusEncoder): number {
  const pcm = decoder.decode(packet);
  let sum = 0;
  for (let at = 0; at < pcm.length; at += 2) sum += pcm.readInt16LE(at) ** 2;
  return Math.sqrt((2 * sum) / pcm.length);
}

describe('a look at a packet', () => {
  describe.each([1, 2] as const)('of %i channels', (channels) => {
    describe.each([20, 10, 5, 2.5])('and %f ms', (ms) => {
      it.each(SOUNDS)('says how loud it is, within 6 dB: %s', (_what, samples) => {
        const [meter, decoder] = [new LevelMeter(), new opus.OpusEncoder(RATE, 1)];
        const errors = coded(samples, channels, ms).flatMap((packet) => {
          const [seen, heard] = [meter.levelOf(packet) ?? 0, levelOf(packet, decoder)];
          return heard < 20 ? [] : [Math.abs(Math.log2(seen / heard))];
        });
        const sorted = errors.toSorted((a, b) => a - b);
        expect(sorted[Math.floor(sorted.length * 0.5)]).toBeLessThan(0.6);
        expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThan(1.6); // beginnings and ends lie in two packets
      });
    });
  });

  it('finds the same speech as the samples do', () => {
    const [meter, decoder] = [new LevelMeter(), new opus.OpusEncoder(RATE, 1)];
    const [seen, heard] = [new LoudnessGate(), new LoudnessGate()];
    const judged = encodeSpeech('what they see is what they hear', { channels: 2 }).map((packet) => [
      seen.judgeLevel(meter.levelOf(packet) ?? 0, 20),
      heard.judgeLevel(levelOf(packet, decoder), 20),
    ]);
    const isLoud = (loudness: string | undefined) => loudness === 'loud' || loudness === 'clear';
    const same = judged.filter(([a, b]) => isLoud(a) === isLoud(b));
    expect(same.length / judged.length).toBeGreaterThan(0.97);
  });

  it.each([
    ['SILK', 8_000, 1_000],
    ['both coders', 32_000, 1_001],
  ])('sees who speaks where %s is used', (_coder, bitrate, mode) => {
    const encoder = new opus.OpusEncoder(RATE, 1);
    encoder.setBitrate(bitrate);
    encoder.applyEncoderCTL(11_002, mode); // OPUS_SET_FORCE_MODE
    const meter = new LevelMeter();
    const levels = [
      new Int16Array(RATE),
      speak('hello there you all', RATE).subarray(0, RATE),
      new Int16Array(RATE),
    ].map((samples) =>
      Array.from({ length: 50 }, (_, i) => {
        const pcm = samples.slice(i * 960, (i + 1) * 960);
        return meter.levelOf(encoder.encode(Buffer.from(pcm.buffer))) ?? 0;
      }),
    );
    const loud = levels.map((each) => each.slice(10).filter((level) => level > 65).length); // an encoder is careful at first
    expect(loud).toEqual([0, 40, 0]);
  });

  it.each([
    ['silence', [0xf8, 0xff, 0xfe], 0],
    ['what stands for a lost packet', [0xf8], 0],
    ['a packet that a sender left out (DTX)', [0xf8, 0], 0],
    ['speech by SILK, marked as a voice', [0x48, 0x80, 1, 2, 3], 2_000],
    ['speech by SILK, not marked', [0x48, 0x00, 1, 2, 3], 0],
    ['no packet', [], undefined],
    ['garbage', [0xfb, 0, 1, 2, 3], undefined],
  ])('%s', (_what, packet, level) => {
    expect(new LevelMeter().levelOf(Uint8Array.from(packet))).toBe(level);
  });

  it('is a number for every packet, whatever its bits are', () => {
    const meter = new LevelMeter();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 1_400 }), (packet) => {
        const level = meter.levelOf(packet);
        expect(level === undefined || Number.isFinite(level)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    const [packet = Buffer.of(), ...others] = encodeSpeech('still of use afterwards');
    for (const other of [packet, ...others.slice(0, 30)]) meter.levelOf(other);
    const fresh = new LevelMeter();
    for (const other of [packet, ...others.slice(0, 30)]) fresh.levelOf(other);
    const last = others[31] ?? packet;
    expect(Math.log2((meter.levelOf(last) ?? 0) / (fresh.levelOf(last) ?? 1))).toBeCloseTo(0, 1);
  });
});
