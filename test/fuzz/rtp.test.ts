import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { durationMs } from '../../src/core/pcm.ts';
import { TransportCipher } from '../../src/voice/encryption/transport.ts';
import { parseRtp } from '../../src/voice/packets/rtp.ts';
import { Receiver } from '../../src/voice/receiver.ts';
import { MODES, Transport as Sender } from '../simulators/discord/voice/index.ts';
import { encodeSpeech } from '../simulators/speech/index.ts';
import { WAYS, WAYS_TO_HEAR } from '../support/native.ts';
import { fuzzBytes, hostileBytes, seedsOf } from './support/fuzz.ts';

const ANA = '84000000000000004';
const SSRC = 7;
const EXTENSION = Buffer.from([0x10, 0xff, 0x90, 0x00]);
const SPEECH = encodeSpeech('Hello');
const PACKET_BYTES = 200; // of an input that is cut into packets

describe.each(WAYS)('what comes over UDP, read $way', ({ native }) => {
  it.each(MODES)('never throws, whatever datagram it is: %s', async (mode) => {
    const sender = new Sender(mode);
    const real = SPEECH.map((opus, i) => sender.seal({ sequence: i, timestamp: i * 960, ssrc: SSRC }, EXTENSION, opus));
    const cipher = new TransportCipher(mode, sender.secretKey, native);
    const examples = [...real, ...seedsOf('rtp').map(({ bytes }) => bytes)];
    const tried = await fuzzBytes('rtp', hostileBytes(examples), (bytes) => {
      const header = parseRtp(bytes);
      if (!header) return;
      const frame = cipher.decryptPacket(Buffer.from(bytes), header);
      if (frame && frame.length > bytes.length) throw new Error('There is more in it than was sent');
    });
    expect(tried).toBeGreaterThan(examples.length);
  });
});

describe.each(WAYS_TO_HEAR)('what comes over UDP, heard $way', ({ native, isPassedOn }) => {
  it('is in order and no more than 2 s ahead of its arrival, whatever an authentic sender says', async () => {
    const sender = new Sender('aead_aes256_gcm_rtpsize');
    const secret = { mode: 'aead_aes256_gcm_rtpsize', key: sender.secretKey };
    const keys = {
      required: true,
      ready: true,
      recover() {},
      decryptFrame: (_: string, frame: Buffer) => {
        if ((frame[0] ?? 0) % 2 === 0) throw new Error('no key');
        return frame.subarray(0, frame.length - 11);
      },
    };
    const speech = Buffer.concat(
      SPEECH.map((opus) =>
        Buffer.concat([Buffer.of(1, 0, 20, 1), opus, Buffer.alloc(PACKET_BYTES)]).subarray(0, PACKET_BYTES),
      ),
    );
    const examples = [
      speech,
      Buffer.concat([speech, randomBytes(2_000)]),
      ...seedsOf('voice-packets').map(({ bytes }) => bytes),
    ];
    await fuzzBytes('voice-packets', hostileBytes(examples), (bytes) => {
      let nowMs = 0;
      let endMs = 0;
      const receiver = new Receiver({
        sampleRateHz: 48_000,
        native,
        takesPackets: () => isPassedOn,
        clock: { beganAt: new Date(), nowMs: () => nowMs },
        mayHear: () => true,
        link: () => ({ secret, keys, resuming: false }),
        missed: () => {},
        heard: (stream) => {
          void stream
            .listen((frame) => {
              // A packet that is passed on cannot be squeezed by the sample that the sender's clock is ahead.
              if (frame.startMs < endMs - (isPassedOn ? 0.03 : 0.01)) throw new Error('It overlaps what came before');
              endMs = frame.startMs + durationMs(frame);
              if (endMs > nowMs + 2_001) throw new Error('It is too far ahead');
            }, AbortSignal.timeout(60_000))
            .catch((error: unknown) => {
              failure = error;
            });
        },
      });
      let failure: unknown;
      receiver.readMessage({ op: 5, d: { user_id: ANA, ssrc: SSRC } });
      let [sequence, timestamp] = [0, 0];
      // Each piece: how much the number and the time stamp grow, how much time passes, and the voice frame.
      for (let at = 0; at + 4 < bytes.length && at < 100 * PACKET_BYTES; at += PACKET_BYTES) {
        const [numbers = 0, jumps = 0, lengthMs = 0, passes = 0] = bytes.subarray(at, at + 4);
        sequence = (sequence + numbers - 4 * (jumps & 3)) & 0xffff;
        timestamp = (timestamp + lengthMs * 48 * (jumps > 250 ? 100_000 : 1)) >>> 0;
        nowMs += passes;
        const packet = sender.seal(
          { sequence, timestamp, ssrc: SSRC },
          EXTENSION,
          bytes.subarray(at + 4, at + PACKET_BYTES),
        );
        receiver.readDatagram(packet, 0, packet.length);
      }
      receiver.finish();
      if (failure) throw failure;
    });
  });
});
