const SIGMA = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const; // "expand 32-byte k"
const QUARTERS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

/**
 * The key derivation of XChaCha20, which node:crypto lacks (draft-irtf-cfrg-xchacha, section 2.2).
 *
 * @param key - 32 bytes
 * @param nonce - the first 16 of the 24 bytes of the nonce
 */
export function hchacha20(key: Buffer, nonce: Buffer): Buffer {
  const words = (bytes: Buffer, count: number) => Array.from({ length: count }, (_, i) => bytes.readUInt32LE(i * 4));
  const state = Uint32Array.from([...SIGMA, ...words(key, 8), ...words(nonce, 4)]);
  for (let round = 0; round < 10; round++) for (const [a, b, c, d] of QUARTERS) quarterRound(state, a, b, c, d);
  const subkey = Buffer.alloc(32);
  for (const [at, word] of [0, 1, 2, 3, 12, 13, 14, 15].entries()) subkey.writeUInt32LE(state[word] ?? 0, at * 4);
  return subkey;
}

function quarterRound(state: Uint32Array, a: number, b: number, c: number, d: number): void {
  const mix = (to: number, from: number, turned: number, bits: number) => {
    state[to] = (state[to] ?? 0) + (state[from] ?? 0);
    const word = (state[turned] ?? 0) ^ (state[to] ?? 0);
    state[turned] = (word << bits) | (word >>> (32 - bits));
  };
  mix(a, b, d, 16);
  mix(c, d, b, 12);
  mix(a, b, d, 8);
  mix(c, d, b, 7);
}
