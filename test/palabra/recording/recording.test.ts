import { describe, expect, it } from 'vitest';
import { makePage } from '../../../src/palabra/packing/ogg-page.ts';
import { detectFormat } from '../../../src/palabra/recording/detect.ts';
import { flacDurationMs } from '../../../src/palabra/recording/flac-duration.ts';
import { ADTS } from '../../../src/palabra/recording/framed/adts.ts';
import { MP3 } from '../../../src/palabra/recording/framed/mp3.ts';
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

describe('tags around frames', () => {
  const frame = frameLike(MP3_STEREO, 417, 0x55);
  const music = Buffer.concat(Array(40).fill(frame));
  const id3 = (bytes: number) => {
    const size = [21, 14, 7, 0].map((shift) => (bytes >> shift) & 0x7f);
    return Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), Buffer.from(size), Buffer.alloc(bytes, 0xff)]);
  };
  const ape = Buffer.concat([
    Buffer.from('APETAGEX\xd0\x07\0\0\0\0\x10\0\x01\0\0\0\0\0\0\xa0', 'latin1'),
    Buffer.alloc(8 + 0x10_0000, 0xff),
  ]);
  const old = Buffer.from('TAG'.padEnd(128, 'x'));

  it.each([
    ['a cover of 1.9 MB between two joined files', [music, id3(1_900_000), music]],
    ['an old tag, and then a new one with a cover', [music, old, id3(1_900_000), music]],
    ['two tags in front', [id3(300), id3(500_000), music, music]],
    ['an APE tag of a megabyte', [music, ape, music]],
    ['a tag behind junk', [music, Buffer.alloc(777, 0xff), id3(400_000), music]],
  ])('are passed over, whatever their length: %s', async (_what, parts) => {
    const { pieces, recording } = await read(Buffer.concat(parts));
    expect(recording.audio).toEqual({ format: 'mp3' });
    expect(bytesOf(pieces).equals(Buffer.concat([music, music]))).toBe(true);
    expect(recording.isBrokenOff?.()).toBe(false);
  });

  it.each([
    ['FLAC', Buffer.concat([files.flacHead(48_000, 96_000), Buffer.alloc(1_000, 1)]), 'flac'],
    ['Ogg', oggSpeech('hello'), 'ogg'],
    ['AAC', Buffer.concat(Array(40).fill(frameLike(ADTS_MONO, 256, 0x55))), 'aac'],
    ['MP3 behind junk', Buffer.concat([Buffer.alloc(99), music]), 'mp3'],
  ])('do not decide the format, the bytes behind them do: %s', async (_what, audio, format) => {
    const { pieces, recording } = await read(Buffer.concat([id3(5_000), audio]), { name: 'song.mp3' });
    expect(recording.audio).toEqual({ format });
    expect(bytesOf(pieces).length).toBeGreaterThan(900);
  });

  it('do not hide that the rest was given up: so much junk is no pause', async () => {
    const { pieces, recording } = await read(Buffer.concat([music, Buffer.alloc(300_000), music]));
    expect(bytesOf(pieces).length).toBe(music.length);
    expect(recording.isBrokenOff?.()).toBe(true);
  });

  it('and an end in the middle of a frame are no such thing', async () => {
    const { recording } = await read(Buffer.concat([music, old, music.subarray(0, 100)]));
    expect(recording.isBrokenOff?.()).toBe(false);
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

  const sizes = [0x7fff_f000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff - 36, 0xffff_ffff - 44, 0xffff_ffff, 0];

  it.each(sizes)('of a pipe holds what is there, whatever its header promises: %i', async (stated) => {
    const piped = Buffer.from(wav);
    piped.writeUInt32LE(stated, 40);
    piped.writeUInt32LE(stated < 0x7fff_0000 ? 0 : Math.min(0xffff_ffff, stated + 36), 4);
    const { pieces, recording, silence } = await read(piped);
    expect(recording.durationMs).toBeUndefined();
    const sent = bytesOf(pieces);
    expect(sent.subarray(44).equals(wav.subarray(44))).toBe(true);
    const promised = sent.readUInt32LE(40);
    expect(promised === 0xffff_ffff || promised >= wav.length - 44 + bytesOf(silence).length).toBe(true);
    const ofFile = await read(piped, { sizeBytes: piped.length });
    expect(ofFile.recording.durationMs).toBe((wav.length - 44) / 32);
    expect(bytesOf(ofFile.pieces).readUInt32LE(40)).toBeLessThan(1_000_000);
  });

  it('is as long as it says where more is there', async () => {
    const { recording } = await read(Buffer.concat([wav, Buffer.alloc(5_000)]), { sizeBytes: wav.length + 5_000 });
    expect(recording.durationMs).toBe((wav.length - 44) / 32);
  });

  it.each(['RF64', 'BW64'])('of the large kind becomes a usual one: %s', async (name) => {
    const sizes64 = Buffer.from(`ds64${'\x1c\0\0\0'}${'\0'.repeat(28)}`, 'latin1');
    sizes64.writeBigUInt64LE(BigInt(wav.length - 44), 16);
    const large = Buffer.concat([wav.subarray(0, 12), sizes64, wav.subarray(12), Buffer.from('LIST\x04\0\0\0abcd')]);
    large.write(name, 0, 'latin1');
    large.writeUInt32LE(0xffff_ffff, 4);
    large.writeUInt32LE(0xffff_ffff, 40 + sizes64.length);
    const { pieces, recording } = await read(large);
    expect(recording.durationMs).toBe((wav.length - 44) / 32);
    const sent = bytesOf(pieces);
    expect(sent.toString('latin1', 0, 4) + sent.toString('latin1', 12, 16)).toBe('RIFFJUNK');
    expect(sent.subarray(44 + sizes64.length).equals(wav.subarray(44))).toBe(true);
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

/** Ogg Opus of its own serial number, whose clock begins late. */
function oggFrom(text: string, serial: number, lateBy = 0n): Buffer {
  const ogg = Buffer.from(oggSpeech(text));
  for (let at = ogg.indexOf('OggS'); at >= 0; at = ogg.indexOf('OggS', at + 1)) {
    ogg.writeUInt32LE(serial, at + 14);
    const granule = ogg.readBigInt64LE(at + 6);
    if (granule > 0n) ogg.writeBigInt64LE(granule + lateBy, at + 6);
  }
  return ogg;
}

describe('a chain of Ogg streams, or one that begins late', () => {
  const pagesIn = (bytes: Buffer) => {
    const pages: { readonly serial: number; readonly isLast: boolean }[] = [];
    for (let at = bytes.indexOf('OggS'); at >= 0; at = bytes.indexOf('OggS', at + 1)) {
      pages.push({ serial: bytes.readUInt32LE(at + 14), isLast: (bytes.readUInt8(at + 5) & 4) !== 0 });
    }
    return pages;
  };

  it('lasts as long as its packets, whatever its clock says at first', async () => {
    const { pieces, silence } = await read(oggFrom('hello', 7, 27_172_852_480n));
    expect(lengthMs(pieces)).toBe(25 * 20);
    expect(Math.max(...pieces.map(({ durationMs }) => durationMs))).toBeLessThanOrEqual(500);
    expect(bytesOf(silence).readBigInt64LE(6)).toBe(27_172_852_480n + 25n * 960n + 16n * 960n);
  });

  it('ends each stream with silence and its own mark, and paces all of them', async () => {
    const chain = Buffer.concat([oggFrom('hello', 7), oggFrom('again', 8, 5_000_000n)]);
    const { pieces, silence, recording } = await read(chain);
    const playedMs = 25 * 20 + 320 + lengthMs((await read(oggFrom('again', 8))).pieces);
    expect(lengthMs(pieces)).toBe(playedMs);
    const all = pagesIn(Buffer.concat([bytesOf(pieces), bytesOf(silence)]));
    const marks = all.flatMap(({ serial, isLast }) => (isLast ? [serial] : []));
    expect(marks).toEqual([7, 8]);
    expect(all.findLastIndex(({ serial }) => serial === 7)).toBe(all.findIndex(({ isLast }) => isLast));
    expect(recording.isBrokenOff?.()).toBe(false);
  });

  it('is known to be broken off where its pages end in something else', async () => {
    const ogg = oggSpeech('hello');
    const { recording } = await read(ogg.subarray(0, ogg.length - 5));
    expect(recording.isBrokenOff?.()).toBe(true);
  });

  it('goes on behind something broken', async () => {
    const ogg = oggSpeech('hello');
    const at = ogg.lastIndexOf('OggS');
    const { pieces, recording } = await read(
      Buffer.concat([ogg.subarray(0, at), Buffer.alloc(500, 1), ogg.subarray(at)]),
    );
    expect([lengthMs(pieces), recording.isBrokenOff?.()]).toEqual([25 * 20, false]);
  });
});

describe('Speex and FLAC in Ogg', () => {
  const page = (granule: bigint, packets: readonly Uint8Array[], sequence = 1) =>
    Buffer.from(makePage({ isLast: false, granule, serial: 7, sequence }, packets));
  const speexHead = Buffer.alloc(80);
  speexHead.write('Speex   ');
  speexHead.writeUInt32LE(16_000, 36);
  speexHead.writeUInt32LE(320, 56);
  speexHead.writeUInt32LE(2, 64);
  const flacHead = Buffer.alloc(51);
  flacHead.write('\x7fFLAC', 'latin1');
  flacHead.writeUIntBE(48_000 << 4, 27, 3);
  const flacFrame = (...head: number[]) => Uint8Array.of(0xff, 0xf8, ...head, 1, 2, 3);

  it.each([
    ['Speex, two frames of 20 ms a packet', speexHead, Array<Uint8Array>(50).fill(Buffer.alloc(40, 1)), 2_000],
    [
      'FLAC in blocks of 4096',
      flacHead,
      Array<Uint8Array>(10).fill(flacFrame(0xca, 0x08, 0x00)),
      (40_960 * 1000) / 48_000,
    ],
    [
      'FLAC in blocks of 4608',
      flacHead,
      Array<Uint8Array>(10).fill(flacFrame(0x5a, 0x08, 0x00)),
      (46_080 * 1000) / 48_000,
    ],
    ['FLAC in a block of 1,000', flacHead, [flacFrame(0x7a, 0x08, 0xc2, 0x80, 0x03, 0xe7)], 1_000 / 48],
    ['FLAC in a block of 100', flacHead, [flacFrame(0x6a, 0x08, 0x05, 99)], 100 / 48],
  ])('last as long as their own packets say, though the clock begins late: %s', async (_what, head, packets, ms) => {
    const comments = Buffer.from('comments');
    const ogg = Buffer.concat([page(0n, [head], 0), page(0n, [comments]), page(27_172_852_480n, packets)]);
    const { pieces, silence } = await read(ogg);
    expect(lengthMs(pieces)).toBeCloseTo(ms);
    expect(silence).toEqual([]);
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
  ])('is identified by its first bytes: %s', (format, head) => {
    expect(detectFormat(bytes(head), undefined)).toBe(format);
  });

  it.each([
    ['speech.raw', 'pcm_s16le'],
    ['speech.f32be', 'pcm_f32be'],
    ['speech.ulaw', 'mulaw'],
    ['SPEECH.AL', 'alaw'],
  ])('is identified by a name where bytes cannot: %s', (name, format) => {
    expect(detectFormat(bytes('\xff\xfb\x90\0'), name)).toBe(format);
  });

  it('of samples without a name is not known', () => {
    expect(detectFormat(bytes('\0\0\x01\0'), undefined)).toBeUndefined();
  });
});
