import { describe, expect, it } from 'vitest';
import { ADTS } from '../../../src/palabra/recording/adts.ts';
import { detectFormat } from '../../../src/palabra/recording/detect.ts';
import { flacDurationMs } from '../../../src/palabra/recording/flac-duration.ts';
import { MP3 } from '../../../src/palabra/recording/mp3.ts';
import { type AboutAudio, openRecording } from '../../../src/palabra/recording/open.ts';
import type { Piece } from '../../../src/palabra/recording/recording.ts';
import { oggSpeech, wavSpeech } from '../../scripts/support/audio-files.ts';
import * as files from './support/files.ts';

async function* inDrops(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const bytesOf = (pieces: readonly Piece[]) => Buffer.concat(pieces.map(({ bytes }) => bytes));
const lengthMs = (pieces: readonly Piece[]) => pieces.reduce((sum, { durationMs }) => sum + durationMs, 0);

async function read(bytes: Uint8Array, about: AboutAudio = {}) {
  const recording = await openRecording(inDrops(bytes, 777), about);
  const pieces = await Array.fromAsync(recording.pieces());
  return { recording, pieces, silence: recording.silence(1500) };
}

// Frames whose silence was heard with a browser's decoders.
const MP3_STEREO = Uint8Array.of(0xff, 0xfb, 0x90, 0x00); // MPEG 1, 128 kbit/s, 44,100 Hz
const ADTS_MONO = Uint8Array.of(0xff, 0xf1, 0x4c, 0x40, 0x20, 0x1f, 0xfc); // low complexity, 48,000 Hz
const frameLike = (start: Uint8Array, length: number, fill: number) => {
  const frame = new Uint8Array(length).fill(fill);
  frame.set(start);
  return frame;
};

describe('an MP3 recording', () => {
  const frame = frameLike(MP3_STEREO, 417, 0x55);
  const tag = Buffer.from('ID3\x04\0\0\0\0\x01\x00'.padEnd(10 + 128, '\xff'), 'latin1');
  const music = Buffer.concat(Array(40).fill(frame));

  it('is its frames, without the tags around them', async () => {
    const { pieces, recording } = await read(Buffer.concat([tag, music, Buffer.from('TAG'.padEnd(128, 'x'))]));
    expect(recording.audio).toEqual({ format: 'mp3' });
    expect(bytesOf(pieces).equals(music)).toBe(true);
    expect(lengthMs(pieces)).toBeCloseTo((40 * 1152 * 1000) / 44_100);
  });

  it('finds its place again after something broken', async () => {
    const { pieces } = await read(Buffer.concat([music, Buffer.alloc(50, 0xff), music]));
    expect(bytesOf(pieces).length).toBe(2 * music.length);
  });

  it('ends with frames of its own kind that hold nothing', async () => {
    const { silence } = await read(music);
    const bytes = bytesOf(silence);
    expect(lengthMs(silence)).toBeGreaterThanOrEqual(1500);
    expect(MP3.read(bytes)).toEqual(MP3.read(frame));
    expect(bytes.subarray(4, 417).every((byte) => byte === 0)).toBe(true);
  });
});

describe('an AAC recording', () => {
  const frame = frameLike(ADTS_MONO, 256, 0x55);

  it('is its ADTS frames, and ends with silent ones', async () => {
    expect(ADTS.read(frame)?.bytes).toBe(256);
    const music = Buffer.concat(Array(40).fill(frame));
    const { pieces, silence, recording } = await read(music);
    expect(recording.audio).toEqual({ format: 'aac' });
    expect(bytesOf(pieces).equals(music)).toBe(true);
    expect([...bytesOf(silence).subarray(0, 11)]).toEqual([255, 241, 76, 64, 1, 127, 252, 0, 0, 0, 7]);
    expect(lengthMs(silence)).toBeGreaterThanOrEqual(1500);
  });
});

describe('a WAV recording', () => {
  const wav = wavSpeech('hello');

  it('promises room for the silence after it in its header', async () => {
    const { pieces, silence } = await read(wav);
    const bytes = bytesOf(pieces);
    expect(bytes.readUInt32LE(40)).toBeGreaterThanOrEqual(wav.length - 44 + bytesOf(silence).length);
    expect(bytes.subarray(44).equals(wav.subarray(44))).toBe(true);
    expect(lengthMs(pieces)).toBe((wav.length - 44) / 32);
  });

  it('leaves out what follows the audio', async () => {
    const { pieces } = await read(Buffer.concat([wav, Buffer.from('LIST\x04\0\0\0abcd')]));
    expect(bytesOf(pieces).length).toBe(wav.length);
  });

  it('goes on to the end of a pipe that did not know its length', async () => {
    const endless = Buffer.from(wav);
    endless.writeUInt32LE(0xffff_ffff, 40);
    const { pieces, recording } = await read(endless);
    expect(bytesOf(pieces).length).toBe(wav.length);
    expect(recording.durationMs).toBeUndefined();
  });

  it.each([
    ['unsigned bytes', 1, 8, 0x80],
    ['A-law', 6, 8, 0xd5],
    ['mu-law', 7, 8, 0xff],
    ['16 bits', 1, 16, 0],
  ])('is silent in its own way: %s', async (_what, code, bits, value) => {
    const other = Buffer.from(wav);
    other.writeUInt16LE(code, 20);
    other.writeUInt16LE(bits, 34);
    const { silence } = await read(other);
    expect(bytesOf(silence).every((byte) => byte === value)).toBe(true);
  });
});

describe('an Ogg recording', () => {
  it('does not wait for the years that a page claims to play', async () => {
    const pages = [
      files.oggHead(),
      files.oggPage(2n ** 62n),
      files.oggPage(-5n),
      files.oggPage(0n),
      files.oggPage(960n),
    ];
    const { pieces } = await read(Buffer.concat(pages));
    expect(lengthMs(pieces)).toBeLessThan(30);
  });

  it('lasts as long as its granules say, and its last page is not the last any more', async () => {
    const ogg = oggSpeech('hello');
    const { pieces, silence } = await read(ogg);
    expect(lengthMs(pieces)).toBe(25 * 20); // 8 bytes of 60 ms, and the encoder's delay
    expect(bytesOf(pieces).length).toBe(ogg.length);
    const lastPage = pieces.at(-1)?.bytes[5];
    expect(lastPage).toBe(0);
    expect(lengthMs(silence)).toBeGreaterThanOrEqual(1500);
    expect(silence.at(-1)?.bytes[5]).toBe(4);
  });
});

describe('a FLAC or WebM recording', () => {
  it('is passed on as it is, as fast as its header says that it plays', async () => {
    const flac = Buffer.concat([files.flacHead(48_000, 96_000), Buffer.alloc(60_000, 1)]);
    expect(flacDurationMs(flac)).toBe(2_000);
    const { pieces } = await read(flac, { sizeBytes: flac.length, durationMs: 2_000 });
    expect(bytesOf(pieces).equals(flac)).toBe(true);
    expect(lengthMs(pieces)).toBeCloseTo(2_000);
  });

  it.each([
    ['no samples', files.flacHead(48_000, 0)],
    ['no rate', files.flacHead(0, 96_000)],
    ['an end before its header', files.flacHead(48_000, 96_000).subarray(0, 25)],
  ])('has no known length with %s', (_what, flac) => {
    expect(flacDurationMs(flac)).toBeUndefined();
  });
});

describe('a recording that waits for more', () => {
  it('passes on frames that are there, though more bytes may come', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const frame = frameLike(MP3_STEREO, 417, 0x55);
    async function* pipe() {
      yield Buffer.concat(Array(20).fill(frame));
      await promise; // as long as nobody goes on speaking
    }
    const recording = await openRecording(pipe(), { format: 'mp3' });
    const pieces = recording.pieces()[Symbol.asyncIterator]();
    const { value } = await pieces.next();
    expect(value.bytes.length).toBe(13 * 417); // 320 ms and a little
    resolve();
  });
});

describe('the format of audio', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');

  it.each([
    ['wav', 'RIFF\0\0\0\0WAVEfmt '],
    ['ogg', 'OggS\0\x02'],
    ['flac', 'fLaC\0'],
    ['webm', '\x1a\x45\xdf\xa3'],
    ['mp4', '\0\0\0\x20ftypM4A '],
    ['mp3', 'ID3\x04'],
    ['mp3', '\xff\xfb\x90\0'],
    ['aac', '\xff\xf1\x4c\x80'],
  ])('is told by its first bytes: %s', (format, head) => {
    expect(detectFormat(bytes(head), undefined)).toBe(format);
  });

  it.each([
    ['speech.raw', 'pcm_s16le'],
    ['speech.f32be', 'pcm_f32be'],
    ['speech.ulaw', 'mulaw'],
    ['SPEECH.AL', 'alaw'],
  ])('is told by a name where bytes cannot: %s', (name, format) => {
    expect(detectFormat(bytes('\xff\xfb\x90\0'), name)).toBe(format);
  });

  it('of samples without a name is not known', () => {
    expect(detectFormat(bytes('\0\0\x01\0'), undefined)).toBeUndefined();
  });
});
