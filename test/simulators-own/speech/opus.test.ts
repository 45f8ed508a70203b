import opus from '@discordjs/opus';
import { describe, expect, it } from 'vitest';
import {
  characterErrors,
  encodeSpeech,
  type ReaderEvent,
  type SpeechCoding,
  SpeechReader,
  spokenDurationMs,
  spokenWords,
} from '../../simulators/speech/index.ts';

const TEXT = 'Hello there, wie geht es? Größe 日本 🎉 jumps over the lazy dog, twice.';
const SILENCE_FRAME = Buffer.from([0xf8, 0xff, 0xfe]);

/** Through a mono decoder, as the bot does; `undefined` is a lost packet and becomes silence. */
function read(packets: readonly (Buffer | undefined)[], sampleRateHz: number) {
  const decoder = new opus.OpusEncoder(sampleRateHz, 1);
  const reader = new SpeechReader(sampleRateHz);
  const pcm = packets.map((packet) => {
    if (packet === undefined) return new Int16Array(sampleRateHz / 50);
    const decoded = decoder.decode(packet);
    return new Int16Array(decoded.buffer, decoded.byteOffset, decoded.length / 2);
  });
  return [...pcm, new Int16Array(sampleRateHz)]
    .flatMap((part): ReaderEvent[] => reader.push(part))
    .filter((event) => event.kind === 'ended');
}

const codings: [SpeechCoding, number][] = [
  [{ channels: 1 }, 48_000],
  [{ channels: 2 }, 48_000],
  [{ channels: 1 }, 24_000],
  [{ channels: 2 }, 24_000],
  [{ channels: 1 }, 16_000],
  [{ channels: 2 }, 16_000],
  [{ channels: 1, bitrate: 32_000 }, 48_000],
];

describe('speech in Opus', () => {
  it.each(codings)('is read back exactly: %j decoded at %i Hz', (coding, sampleRateHz) => {
    const packets = [...encodeSpeech(TEXT, coding), ...Array<Buffer>(5).fill(SILENCE_FRAME)];
    expect(read(packets, sampleRateHz)).toMatchObject([{ text: TEXT, slips: 0, isIntact: true }]);
  });

  it('keeps the times to 10 ms, the delay of the codec included', () => {
    const [heard] = read(encodeSpeech(TEXT), 48_000);
    const expected = spokenWords(TEXT).map(({ startMs }) => startMs);
    const off = heard?.words.map(({ startSample }, i) => Math.abs(startSample / 48 - (expected[i] ?? 0)));
    expect(Math.max(...(off ?? [Number.NaN]))).toBeLessThan(10);
  });

  it('is one packet longer than what is said, for the delay of the encoder', () => {
    expect(encodeSpeech('Hi')).toHaveLength(spokenDurationMs('Hi') / 20 + 1);
  });

  it('loses less than a twentieth as many characters as packets, at 5 % loss', () => {
    const packets = encodeSpeech(TEXT, { channels: 2 });
    let seed = 7;
    const isLost = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647 < 0.05;
    };
    let lost = 0;
    let wrong = 0;
    const rounds = 30;
    for (let round = 0; round < rounds; round++) {
      const received = packets.map((packet) => (isLost() ? undefined : packet));
      lost += received.filter((packet) => packet === undefined).length / packets.length;
      const heard = read(received, 24_000).map(({ text }) => text);
      wrong += characterErrors(TEXT, heard.join(' ')) / TEXT.length;
    }
    expect(lost / rounds).toBeGreaterThan(0.03);
    expect(wrong / lost).toBeLessThan(0.05);
  });

  it('shows a lost packet that nothing takes the place of as a slip', () => {
    expect(read(encodeSpeech(TEXT).toSpliced(40, 1), 48_000)).toMatchObject([{ slips: 1, isIntact: false }]);
  });
});
