import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { mediaOf, type RtpHeader } from './rtp.ts';
import { xchachaKey } from './xchacha.ts';

const TAG_BYTES = 16;
const COUNTER_BYTES = 4; // the nonce's varying part travels as the last four bytes of the packet

type Open = (sealed: Buffer, aad: Buffer, tag: Buffer, counter: Buffer) => Buffer;

/** Opens what the voice server sealed: the encryption between it and us, under the key of one voice session. */
export class Transport {
  readonly #open: Open;

  /** @throws {RangeError} for a mode that Discord does not offer */
  constructor(mode: string, secretKey: Uint8Array) {
    if (mode === 'aead_aes256_gcm_rtpsize') this.#open = aesGcm(createSecretKey(secretKey));
    else if (mode === 'aead_xchacha20_poly1305_rtpsize') this.#open = xchacha(Buffer.from(secretKey));
    else throw new RangeError(`Cannot decrypt voice: unknown mode ${mode}`);
  }

  /** The voice frame in the packet; `undefined` when the packet is not the server's, is damaged or holds nothing. */
  open(datagram: Buffer, header: RtpHeader): Buffer | undefined {
    const counterAt = datagram.length - COUNTER_BYTES;
    const tagAt = counterAt - TAG_BYTES;
    if (tagAt < header.bytes) return undefined;
    try {
      const decrypted = this.#open(
        datagram.subarray(header.bytes, tagAt),
        datagram.subarray(0, header.bytes),
        datagram.subarray(tagAt, counterAt),
        datagram.subarray(counterAt),
      );
      return mediaOf(header, decrypted);
    } catch {
      return undefined; // authentication failed: anybody can send us datagrams, so this is an ordinary answer
    }
  }
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
