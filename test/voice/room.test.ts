import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVoiceServer, type VoiceServer } from '../simulators/discord/voice/index.ts';
import { encodeSpeech } from '../simulators/speech/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { Call } from './support/call.ts';
import { ANA, BEN } from './support/gateway.ts';

describe.concurrent.each([0, 1] as const)(
  'a voice room with end-to-end encryption version %i',
  inRealTime,
  (daveVersion) => {
    let server: VoiceServer;
    beforeAll(async () => {
      server = await startVoiceServer();
    });
    afterAll(() => server.close());

    it('hears what a person says', async () => {
      const call = new Call(server, {}, daveVersion);
      await using listener = await call.listen();
      await call.ana.say('Hello everyone', { channels: 2 });
      await listener.quiet();
      expect(listener.person(ANA).read()).toMatchObject([{ text: 'Hello everyone', isIntact: true, slips: 0 }]);
      expect(listener.room.reception(ANA)).toMatchObject({
        concealedFrames: 0,
        undecryptable: 0,
        corrupt: 0,
        encryption: daveVersion === 0 ? 'transport only' : 'end-to-end',
      });
    });

    it('hears two people who talk at once, each on their own', async () => {
      const call = new Call(server, {}, daveVersion);
      const ben = call.channel.addHuman(BEN);
      await using listener = await call.listen();
      await Promise.all([call.ana.say('I was saying that'), ben.say('Sorry but I must')]);
      await listener.quiet();
      expect(listener.person(ANA).text()).toBe('I was saying that');
      expect(listener.person(BEN).text()).toBe('Sorry but I must');
    });

    it('hears them by packets that are passed on', async () => {
      const call = new Call(server, {}, daveVersion);
      await using listener = await call.listen({ takesPackets: () => true });
      await call.ana.say('Nobody decodes this', { channels: 2 });
      await listener.quiet();
      expect(listener.person(ANA).read()).toMatchObject([{ text: 'Nobody decodes this', isIntact: true, slips: 0 }]);
    });

    it.each([24_000, 16_000] as const)('gives audio at %i Hz when that is wanted', async (sampleRateHz) => {
      const call = new Call(server, {}, daveVersion);
      await using listener = await call.listen({ sampleRateHz });
      await call.ana.say('Half as fine');
      await listener.quiet();
      expect(listener.person(ANA).frames[0]).toMatchObject({ sampleRateHz });
      expect(listener.person(ANA).text()).toBe('Half as fine');
    });
  },
);

it('knows when a person spoke, within 100 ms', inRealTime, async () => {
  await using server = await startVoiceServer();
  const call = new Call(server);
  await using listener = await call.listen();
  const packets = encodeSpeech('On time');
  await call.ana.sayPackets(packets); // all code has run once: what follows is not about compiling
  await listener.quiet();
  const startedAtMs = await call.ana.sayPackets(packets);
  await listener.quiet();
  const [, second] = listener.person(ANA).spurts();
  const beganAtMs = performance.timeOrigin + performance.now() - listener.clock.nowMs();
  expect(Math.abs(beganAtMs + (second?.startMs ?? 0) - startedAtMs)).toBeLessThan(100);
});
