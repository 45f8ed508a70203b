import { createCipheriv } from 'node:crypto';

const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const; // 'expand 32-byte k', from RFC 8439
const BLOCK = Buffer.alloc(64);

/**
 * The key under which XChaCha20-Poly1305 runs plain ChaCha20-Poly1305: HChaCha20 of the key and the first 16 nonce bytes.
 *
 * Node has ChaCha20 but not HChaCha20. Both run the same rounds; ChaCha20 then adds the initial state to the result. So
 * HChaCha20 is one block of ChaCha20 with that addition taken back in the eight words it keeps: the first and last four.
 */
export function xchachaKey(key: Buffer, longNonce: Buffer): Buffer {
  const block = createCipheriv('chacha20', key, longNonce.subarray(0, 16)).update(BLOCK);
  const subkey = Buffer.alloc(32);
  for (const [word, constant] of CONSTANTS.entries()) {
    subkey.writeUInt32LE((block.readUInt32LE(4 * word) - constant) >>> 0, 4 * word);
    const last = 48 + 4 * word;
    subkey.writeUInt32LE((block.readUInt32LE(last) - longNonce.readUInt32LE(4 * word)) >>> 0, 16 + 4 * word);
  }
  return subkey;
}
