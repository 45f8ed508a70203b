import { createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hchacha20 } from '../../simulators/discord/voice/hchacha20.ts';
import { Transport } from '../../simulators/discord/voice/transport.ts';

const header = { sequence: 1, timestamp: 960, ssrc: 42 };
const extension = Buffer.from([0x10, 0xff, 0x90, 0x00]);
const payload = Buffer.from('opus');

describe('transport encryption', () => {
  it('seals extension and payload with AES-256-GCM, and authenticates the 16 bytes before them', () => {
    const transport = new Transport('aead_aes256_gcm_rtpsize');
    const packet = transport.seal(header, extension, payload);
    const nonce = Buffer.concat([packet.subarray(-4), Buffer.alloc(8)]);
    const decipher = createDecipheriv('aes-256-gcm', transport.secretKey, nonce);
    decipher.setAAD(packet.subarray(0, 16));
    decipher.setAuthTag(packet.subarray(-20, -4));
    const opened = Buffer.concat([decipher.update(packet.subarray(16, -20)), decipher.final()]);
    expect(opened).toEqual(Buffer.concat([extension, payload]));
    expect(packet.subarray(12, 16)).toEqual(Buffer.from([0xbe, 0xde, 0x00, 0x01]));
  });

  it('never uses a nonce twice', () => {
    const transport = new Transport('aead_aes256_gcm_rtpsize');
    const nonces = [1, 2, 3].map(() => transport.seal(header, extension, payload).readUInt32BE(32 + 8));
    expect(new Set(nonces).size).toBe(3);
  });

  it('derives the subkey of XChaCha20 as in section 2.2.1 of its draft', () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
    const nonce = Buffer.from('000000090000004a0000000031415927', 'hex');
    expect(hchacha20(key, nonce).toString('hex')).toBe(
      '82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc',
    );
  });

  it('seals with XChaCha20-Poly1305 for a client that asks for it', () => {
    const transport = new Transport('aead_xchacha20_poly1305_rtpsize');
    const packet = transport.seal(header, extension, payload);
    const subkey = hchacha20(transport.secretKey, Buffer.concat([packet.subarray(-4), Buffer.alloc(12)]));
    const decipher = createDecipheriv('chacha20-poly1305', subkey, Buffer.alloc(12), { authTagLength: 16 });
    decipher.setAAD(packet.subarray(0, 16), { plaintextLength: 8 });
    decipher.setAuthTag(packet.subarray(-20, -4));
    expect(Buffer.concat([decipher.update(packet.subarray(16, -20)), decipher.final()])).toEqual(
      Buffer.concat([extension, payload]),
    );
  });
});
