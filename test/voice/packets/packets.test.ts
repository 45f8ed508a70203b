import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { TransportCipher } from '../../../src/voice/encryption/transport.ts';
import { xchachaKey } from '../../../src/voice/encryption/xchacha.ts';
import { durationOf, isNearEmpty, isSilence } from '../../../src/voice/packets/opus-packet.ts';
import { mediaOf, parseRtp } from '../../../src/voice/packets/rtp.ts';
import { WAYS } from '../../support/native.ts';

interface Parts {
  readonly first?: number; // version, padding, extension and number of contributing sources
  readonly type?: number;
  readonly sources?: number;
  readonly extension?: Buffer;
}

function header({ first = 0x80, type = 0x78, sources = 0, extension }: Parts = {}): Buffer {
  const fixed = Buffer.alloc(12 + 4 * sources);
  fixed[0] = first | sources | (extension ? 0x10 : 0);
  fixed[1] = type;
  fixed.writeUInt16BE(65_535, 2);
  fixed.writeUInt32BE(4_000_000_000, 4);
  fixed.writeUInt32BE(123_456, 8);
  if (!extension) return fixed;
  const preamble = Buffer.from([0xbe, 0xde, 0, extension.length / 4]);
  return Buffer.concat([fixed, preamble]);
}

const BODY = Buffer.from('voice');

describe('the header of a voice packet', () => {
  it('says whose stream it is, which packet and what time', () => {
    const parsed = parseRtp(Buffer.concat([header(), BODY]));
    expect(parsed).toMatchObject({ ssrc: 123_456, sequence: 65_535, timestamp: 4_000_000_000, bytes: 12 });
  });

  it('ends behind any number of contributing sources and the extension preamble', () => {
    const parsed = parseRtp(Buffer.concat([header({ sources: 3, extension: Buffer.alloc(8) }), BODY]));
    expect(parsed).toMatchObject({ bytes: 28, extensionBytes: 8 });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.alloc(1, 0x80)],
    ['a header and a part of an extension', Buffer.concat([header({ first: 0x90 }), Buffer.alloc(3)])],
    ['a header and nothing behind the preamble', header({ extension: Buffer.alloc(8) })],
    ['a datagram of 9 bytes', Buffer.alloc(9, 0x80)],
    ['a datagram of 11 bytes', Buffer.alloc(11, 0x80)],
    ['a header and nothing else', header()],
    ['an extension that is cut off', header({ first: 0x90 })],
    ['another version', Buffer.concat([header({ first: 0x40 }), BODY])],
    ['RTCP', Buffer.concat([header({ type: 201 }), BODY])],
    ['video', Buffer.concat([header({ type: 103 }), BODY])],
  ])('is not found in %s', (_, datagram) => {
    expect(parseRtp(datagram)).toBeUndefined();
  });

  it('is found in a buffer that holds other datagrams, too', () => {
    const datagram = Buffer.concat([header({ sources: 1, extension: Buffer.alloc(8) }), BODY]);
    const buffer = Buffer.concat([Buffer.alloc(20, 0xff), datagram, Buffer.alloc(30, 0xff)]);
    const [start, end] = [20, 20 + datagram.length];
    expect(parseRtp(buffer, start, end)).toEqual({ ...parseRtp(datagram), start, end });
  });

  it.each([12, 15, 16])('is not found in %i bytes with an extension, whatever follows them', (length) => {
    const buffer = Buffer.concat([Buffer.alloc(20), header({ first: 0x90 }), Buffer.alloc(40)]);
    expect(parseRtp(buffer, 20, 20 + length)).toBeUndefined();
  });

  it('goes by the extension bit, not by bytes that look like an extension', () => {
    expect(parseRtp(Buffer.concat([header(), Buffer.from([0xbe, 0xde, 0, 1]), BODY]))?.extensionBytes).toBe(0);
  });

  it('says where extension and padding end', () => {
    const parsed = parseRtp(Buffer.concat([header({ first: 0xa0, extension: Buffer.alloc(4) }), BODY]));
    const decrypted = Buffer.concat([Buffer.alloc(4), BODY, Buffer.from([0, 0, 3])]);
    expect(parsed && mediaOf(parsed, decrypted, 0, decrypted.length)).toEqual(BODY);
  });

  it('leaves no frame where nothing follows the extension', () => {
    const parsed = parseRtp(Buffer.concat([header({ extension: Buffer.alloc(4) }), BODY]));
    expect(parsed && mediaOf(parsed, Buffer.alloc(4), 0, 4)).toBeUndefined();
  });

  it('leaves no frame of a packet that is all extension or padding', () => {
    const parsed = parseRtp(Buffer.concat([header({ first: 0xa0, extension: Buffer.alloc(4) }), BODY]));
    expect(parsed && mediaOf(parsed, Buffer.from([0, 0, 0, 200]), 0, 4)).toBeUndefined();
  });
});

describe('the encryption between voice server and bot', () => {
  const key = randomBytes(32);
  const counter = Buffer.from([1, 2, 3, 4]);
  const clear = header({ extension: Buffer.alloc(4) });
  const plain = Buffer.concat([Buffer.alloc(4), BODY]);

  function withAes(): Buffer {
    const cipher = createCipheriv('aes-256-gcm', key, Buffer.concat([counter, Buffer.alloc(8)]));
    cipher.setAAD(clear);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([clear, sealed, cipher.getAuthTag(), counter]);
  }

  function withXchacha(): Buffer {
    const cipher = createCipheriv(
      'chacha20-poly1305',
      xchachaKey(key, Buffer.concat([counter, Buffer.alloc(20)])),
      Buffer.alloc(12),
      { authTagLength: 16 },
    );
    cipher.setAAD(clear, { plaintextLength: plain.length });
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([clear, sealed, cipher.getAuthTag(), counter]);
  }

  const modes = WAYS.flatMap(({ way, native }) => [
    { way, native, mode: 'aead_aes256_gcm_rtpsize', seal: withAes },
    { way, native, mode: 'aead_xchacha20_poly1305_rtpsize', seal: withXchacha },
  ]);

  it.each(modes)('is opened $way in mode $mode', ({ native, mode, seal }) => {
    const datagram = seal();
    const parsed = parseRtp(datagram);
    expect(parsed && new TransportCipher(mode, key, native).decryptPacket(datagram, parsed)).toEqual(BODY);
  });

  it.each(modes)('is refused $way with one bit changed anywhere in mode $mode', ({ native, mode, seal }) => {
    const transport = new TransportCipher(mode, key, native);
    for (let byte = 2; byte < seal().length; byte++) {
      const datagram = seal();
      datagram.writeUInt8(datagram.readUInt8(byte) ^ 1, byte);
      const parsed = parseRtp(datagram);
      expect(parsed && transport.decryptPacket(datagram, parsed)).toBeUndefined();
    }
  });

  it.each(modes)('is refused $way when too short for a tag in mode $mode', ({ native, mode }) => {
    const datagram = Buffer.concat([header(), BODY]);
    const parsed = parseRtp(datagram);
    expect(parsed && new TransportCipher(mode, key, native).decryptPacket(datagram, parsed)).toBeUndefined();
  });

  it('derives the key of XChaCha20 as in the test vector of draft-irtf-cfrg-xchacha, section 2.2.1', () => {
    const vectorKey = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
    const nonce = Buffer.from('000000090000004a0000000031415927', 'hex');
    expect(xchachaKey(vectorKey, nonce).toString('hex')).toBe(
      '82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc',
    );
  });

  it('says when it does not know the mode', () => {
    expect(() => new TransportCipher('xsalsa20_poly1305', key)).toThrow('unknown mode xsalsa20_poly1305');
  });
});

describe('an Opus packet', () => {
  it.each([
    [[0xf8], 20],
    [[0x08, 0], 20],
    [[0x18, 0], 60],
    [[0x00, 0], 10],
    [[0x60, 0], 10],
    [[0xe0, 0], 2.5],
    [[0xf9, 0], 40],
    [[0xfb, 0x03], 60],
    [[0xfb, 0x06], 120],
    [[0xfb, 0x07], undefined],
    [[0xfb, 0x00], undefined],
    [[0x1b, 0x3f], undefined],
    [[], undefined],
  ])('%j lasts %s ms', (bytes, ms) => {
    expect(durationOf(Buffer.from(bytes))).toBe(ms);
  });

  it('is silence only as Discord writes it', () => {
    expect(isSilence(Buffer.from([0xf8, 0xff, 0xfe]))).toBe(true);
    expect(isSilence(Buffer.from([0xf8, 0xff, 0xff]))).toBe(false);
  });

  it.each([
    ['nothing', [], true],
    ['zeros', [0, 0, 0, 0], true],
    ['zeros and one other byte', [0, 0, 7, 0], true],
    ['a quiet sound', [0, 1, 7, 0], false],
    ['one byte', [0xf8], false],
  ])('of %s is near empty: %s', (_, bytes, expected) => {
    expect(isNearEmpty(Buffer.from(bytes))).toBe(expected);
  });
});
