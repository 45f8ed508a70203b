import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { NativeVoice } from './native.ts';
import { mediaOf, type RtpHeader } from './rtp.ts';
import { xchachaKey } from './xchacha.ts';

const TAG_BYTES = 16;
const COUNTER_BYTES = 4; // the nonce's varying part travels as the last four bytes of the packet

type Open = (sealed: Buffer, aad: Buffer, tag: Buffer, counter: Buffer) => Buffer;

/** Opens what the voice server sealed: the encryption between it and us, under the key of one voice session. */
export class Transport {
  readonly #open: (datagram: Buffer, header: RtpHeader) => Buffer | undefined;

  /** @throws {RangeError} for a mode that Discord does not offer */
  constructor(mode: string, secretKey: Uint8Array, native?: NativeVoice) {
    if (mode === 'aead_aes256_gcm_rtpsize')
      this.#open = native ? inPlace(native, secretKey) : inParts(aesGcm(createSecretKey(secretKey)));
    else if (mode === 'aead_xchacha20_poly1305_rtpsize') this.#open = inParts(xchacha(Buffer.from(secretKey)));
    else throw new RangeError(`Cannot decrypt voice: unknown mode ${mode}`);
  }

  /**
   * The voice frame in the packet; `undefined` when the packet is not the server's, is damaged or holds nothing.
   *
   * To be called once: the datagram is used up, as the frame may lie in its memory.
   */
  open(datagram: Buffer, header: RtpHeader): Buffer | undefined {
    if (datagram.length < header.bytes + TAG_BYTES + COUNTER_BYTES) return undefined;
    return this.#open(datagram, header);
  }
}

/** Decrypts natively, where the ciphertext stands: a sixth of the time, and nothing for the collector. */
function inPlace(native: NativeVoice, secretKey: Uint8Array) {
  const cipher = native.createGcm(secretKey);
  return (datagram: Buffer, header: RtpHeader) => {
    const length = native.openGcm(cipher, datagram, header.bytes);
    return length < 0 ? undefined : mediaOf(header, datagram, header.bytes, header.bytes + length);
  };
}

function inParts(open: Open) {
  return (datagram: Buffer, header: RtpHeader) => {
    const counterAt = datagram.length - COUNTER_BYTES;
    const tagAt = counterAt - TAG_BYTES;
    try {
      const decrypted = open(
        datagram.subarray(header.bytes, tagAt),
        datagram.subarray(0, header.bytes),
        datagram.subarray(tagAt, counterAt),
        datagram.subarray(counterAt),
      );
      return mediaOf(header, decrypted, 0, decrypted.length);
    } catch {
      return undefined; // authentication failed: anybody can send us datagrams, so this is an ordinary answer
    }
  };
}

/** The key object is made once: handing the raw key to each packet's decipher costs four times as much. */
function aesGcm(key: KeyObject): Open {
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

function xchacha(key: Buffer): Open {
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
