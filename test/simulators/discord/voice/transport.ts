import { createCipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { hchacha20 } from './hchacha20.ts';
import type { Mode } from './protocol.ts';

const HEADER_BYTES = 16; // 12 of RTP and the 4 that announce the header extension: these stay in clear
const TAG_BYTES = 16;
const OPUS_PAYLOAD_TYPE = 120;

export interface RtpHeader {
  readonly sequence: number; // 16 bits
  readonly timestamp: number; // 32 bits, 48 000 a second
  readonly ssrc: number;
}

/** Seals RTP packets for one client, as Discord's voice servers do. */
export class Transport {
  readonly mode: Mode;
  readonly secretKey: Buffer = randomBytes(32);
  readonly #aesKey: KeyObject;
  #nonce = 0;

  constructor(mode: Mode) {
    this.mode = mode;
    this.#aesKey = createSecretKey(this.secretKey);
  }

  /**
   * A packet with a one-byte header extension (RFC 8285): its announcement is authenticated with the header, its body
   * is encrypted in front of the payload, and the four bytes of the nonce follow the tag.
   *
   * @param extension - the extension's body, a multiple of four bytes
   */
  seal(header: RtpHeader, extension: Buffer, payload: Buffer): Buffer {
    const clearBytes = extension.length + payload.length;
    const packet = Buffer.allocUnsafe(HEADER_BYTES + clearBytes + TAG_BYTES + 4);
    packet[0] = 0x90; // version 2, with extension
    packet[1] = OPUS_PAYLOAD_TYPE;
    packet.writeUInt16BE(header.sequence, 2);
    packet.writeUInt32BE(header.timestamp, 4);
    packet.writeUInt32BE(header.ssrc, 8);
    packet.writeUInt16BE(0xbede, 12);
    packet.writeUInt16BE(extension.length / 4, 14);
    const suffix = Buffer.alloc(4);
    suffix.writeUInt32BE(this.#nonce);
    this.#nonce = (this.#nonce + 1) >>> 0;
    const cipher = this.#cipher(suffix);
    cipher.setAAD(packet.subarray(0, HEADER_BYTES), { plaintextLength: clearBytes });
    let at = HEADER_BYTES;
    for (const part of [
      cipher.update(extension),
      cipher.update(payload),
      cipher.final(),
      cipher.getAuthTag(),
      suffix,
    ]) {
      at += part.copy(packet, at);
    }
    return packet;
  }

  #cipher(suffix: Buffer) {
    if (this.mode === 'aead_aes256_gcm_rtpsize') {
      return createCipheriv('aes-256-gcm', this.#aesKey, Buffer.concat([suffix, Buffer.alloc(8)]));
    }
    // The 24-byte nonce is the suffix and zeros: its first 16 bytes make the subkey, its last 8 are all zero.
    const subkey = hchacha20(this.secretKey, Buffer.concat([suffix, Buffer.alloc(12)]));
    return createCipheriv('chacha20-poly1305', subkey, Buffer.alloc(12), { authTagLength: TAG_BYTES });
  }
}
