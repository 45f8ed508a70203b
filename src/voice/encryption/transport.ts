import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { NativeVoice } from '../native/native.ts';
import { mediaOf, type RtpHeader } from '../packets/rtp.ts';
import { xchachaKey } from './xchacha.ts';

const TAG_BYTES = 16;
const COUNTER_BYTES = 4; // the varying part of the nonce is the last four bytes of the packet

type OpenParts = (sealed: Buffer, aad: Buffer, tag: Buffer, counter: Buffer) => Buffer;

/** Decrypts what the voice server encrypted: the layer between it and the bot, under the key of one voice session. */
export class TransportCipher {
  readonly #decrypt: (buffer: Buffer, header: RtpHeader) => Buffer | undefined;

  /** @throws {RangeError} for a mode that Discord does not offer */
  constructor(mode: string, secretKey: Uint8Array, native?: NativeVoice) {
    if (mode === 'aead_aes256_gcm_rtpsize')
      this.#decrypt = native ? inPlace(native, secretKey) : inParts(aesGcm(createSecretKey(secretKey)));
    else if (mode === 'aead_xchacha20_poly1305_rtpsize') this.#decrypt = inParts(xchacha(Buffer.from(secretKey)));
    else throw new RangeError(`Cannot decrypt voice: unknown mode ${mode}`);
  }

  /**
   * The voice frame in the packet; `undefined` when the packet is not from the server, is damaged or is empty.
   *
   * Call it only once for a datagram: the frame may overwrite its memory.
   *
   * @param buffer - holds the datagram where the header says
   */
  decryptPacket(buffer: Buffer, header: RtpHeader): Buffer | undefined {
    if (header.end - header.start < header.bytes + TAG_BYTES + COUNTER_BYTES) return undefined;
    return this.#decrypt(buffer, header);
  }
}

/** Decrypts natively, in place: a sixth of the time, and no work for the garbage collector. */
function inPlace(native: NativeVoice, secretKey: Uint8Array) {
  const cipher = native.createGcm(secretKey);
  return (buffer: Buffer, header: RtpHeader) => {
    const length = native.openGcm(cipher, buffer, header.start, header.end, header.bytes);
    const from = header.start + header.bytes;
    return length < 0 ? undefined : mediaOf(header, buffer, from, from + length);
  };
}

function inParts(open: OpenParts) {
  return (buffer: Buffer, header: RtpHeader) => {
    const { start, end, bytes } = header;
    const counterAt = end - COUNTER_BYTES;
    const tagAt = counterAt - TAG_BYTES;
    try {
      const decrypted = open(
        buffer.subarray(start + bytes, tagAt),
        buffer.subarray(start, start + bytes),
        buffer.subarray(tagAt, counterAt),
        buffer.subarray(counterAt, end),
      );
      return mediaOf(header, decrypted, 0, decrypted.length);
    } catch {
      return undefined; // authentication failed: anybody can send us datagrams, so this is an ordinary answer
    }
  };
}

/** The key object is made once: handing the raw key to each packet's decipher costs four times as much. */
function aesGcm(key: KeyObject): OpenParts {
  const nonce = Buffer.alloc(12);
  return (sealed, aad, tag, counter) => {
    counter.copy(nonce);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(aad);
    decipher.setAuthTag(tag);
    const plain = decipher.update(sealed);
    decipher.final();
    return plain;
  };
}

function xchacha(key: Buffer): OpenParts {
  const longNonce = Buffer.alloc(24);
  const nonce = Buffer.alloc(12); // four zeros and the long nonce's last eight bytes, which Discord leaves zero
  return (sealed, aad, tag, counter) => {
    counter.copy(longNonce);
    const decipher = createDecipheriv('chacha20-poly1305', xchachaKey(key, longNonce), nonce, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(aad, { plaintextLength: sealed.length });
    decipher.setAuthTag(tag);
    const plain = decipher.update(sealed);
    decipher.final();
    return plain;
  };
}
