import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Decoder } from '../../../src/voice/decoding/decoder.ts';
import { TransportCipher } from '../../../src/voice/encryption/transport.ts';
import { LevelMeter } from '../../../src/voice/passing-on/level-meter.ts';
import { startVoiceServer, type VoiceServer } from '../../simulators/discord/voice/index.ts';
import { busy, WAYS_TO_HEAR } from '../../support/native.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { Call } from '../support/call.ts';
import { ANA } from '../support/gateway.ts';

let server: VoiceServer;
beforeAll(async () => {
  server = await startVoiceServer();
});
afterAll(() => server[Symbol.asyncDispose]());
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(WAYS_TO_HEAR)(
  'somebody who must not be heard for a while, $way',
  inRealTime,
  ({ way, native: addon, isPassedOn }) => {
    it('is neither decrypted nor decoded meanwhile, and heard before and after it', async () => {
      const spied = addon && { ...addon, decode: vi.fn(addon.decode), pushPacket: vi.fn(addon.pushPacket) };
      const isBusy = way === 'on a thread';
      const native = spied && isBusy ? busy(spied) : spied;
      let isHeard = true;
      const call = new Call(server);
      await using listener = await call.listen({ mayHear: () => isHeard, native, takesPackets: () => isPassedOn });
      await call.ana.say('On the record');
      await listener.quiet();
      const decrypted = vi.spyOn(TransportCipher.prototype, 'decryptPacket');
      const natively = isBusy ? spied?.pushPacket : spied?.decode;
      const here = isPassedOn ? vi.spyOn(LevelMeter.prototype, 'levelOf') : vi.spyOn(Decoder.prototype, 'decode');
      const decoded = natively?.mockClear() ?? here;
      const { packets } = listener.room.reception(ANA) ?? {};
      isHeard = false;
      await call.ana.say('Off the record');
      await listener.quiet();
      expect([decrypted.mock.calls.length, decoded.mock.calls.length]).toEqual([0, 0]);
      expect(listener.room.reception(ANA)?.packets).toBe(packets);
      isHeard = true;
      await call.ana.say('On it again');
      await listener.quiet();
      expect(decrypted.mock.calls.length).toBeGreaterThan(20);
      expect(decoded.mock.calls.length).toBeGreaterThan(20);
      expect(listener.person(ANA).text()).toBe('On the record On it again');
    });
  },
);
