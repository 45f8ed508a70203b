import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { durationMs } from '../../../src/core/pcm.ts';
import { PERFECT, seededRandom, startVoiceServer, type VoiceServer } from '../../simulators/discord/voice/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { Call } from '../support/call.ts';
import { ANA, BEN } from '../support/gateway.ts';

const TEXT = 'The quick brown fox jumps over the lazy dog';

const WAYS = [
  { way: 'decoded', options: {} },
  { way: 'passed on', options: { takesPackets: () => true } },
];

describe.concurrent.each(WAYS)('what a room hears over a bad connection, $way', inRealTime, ({ options }) => {
  let server: VoiceServer;
  beforeAll(async () => {
    server = await startVoiceServer();
  });
  afterAll(() => server.close());

  // Where frames are not encrypted end to end, only the jitter buffer can detect a copy.
  it.each([1, 0] as const)(
    'is whole when packets come late, twice and out of order, DAVE version %i',
    async (version) => {
      const call = new Call(server, {}, version);
      await using listener = await call.listen(options);
      call.channel.network = {
        lossRate: 0,
        reorderRate: 0.1,
        duplicateRate: 0.1,
        jitterMs: 60,
        random: seededRandom(1),
      };
      await call.ana.say(TEXT);
      await listener.quiet();
      expect(listener.person(ANA).read()).toMatchObject([{ text: TEXT, slips: 0 }]);
    },
  );

  it('keeps its length when one packet in ten is lost', async () => {
    const call = new Call(server);
    await using listener = await call.listen(options);
    call.channel.network = { ...PERFECT, lossRate: 0.1, random: seededRandom(5) };
    const said = await call.ana.say(TEXT);
    await listener.quiet();
    const { frames } = listener.person(ANA);
    const heardMs = frames.reduce((sum, frame) => sum + durationMs(frame), 0);
    expect(call.ana.traffic.lost).toBeGreaterThan(5);
    expect(Math.abs(heardMs - (said.endedAtMs - said.startedAtMs))).toBeLessThanOrEqual(40); // the ends may be lost
    expect(listener.person(ANA).read()).toMatchObject([{ slips: 0 }]);
    expect(listener.room.reception(ANA)?.concealedFrames).toBeGreaterThanOrEqual(call.ana.traffic.lost - 3);
  });

  it('has the first syllable of somebody who is named half a second late', async () => {
    const call = new Call(server, { announces: { afterMs: 500 } });
    await using listener = await call.listen(options);
    await call.ana.say('First things first');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('First things first');
  });

  it('survives forged and damaged datagrams', async () => {
    const call = new Call(server);
    await using listener = await call.listen(options);
    await call.ana.say('Before');
    for (const kind of ['bad tag', 'short', 'other port'] as const) await call.channel.forge(call.bot, kind, call.ana);
    await call.ana.say('After');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Before After');
  });

  it.each(['go on', 'stand still'] as const)(
    'is in time when timestamps %s over pauses',
    async (timestampsOverPauses) => {
      const call = new Call(server, { timestampsOverPauses });
      await using listener = await call.listen(options);
      const first = await call.ana.say('One');
      await listener.quiet();
      await new Promise((resolve) =>
        server.pacer.at(performance.timeOrigin + performance.now() + 700, () => resolve(null)),
      );
      const second = await call.ana.say('Two');
      await listener.quiet();
      const [one, two] = listener.person(ANA).read();
      const apartMs = ((two?.startSample ?? 0) - (one?.startSample ?? 0)) / 48;
      expect(Math.abs(apartMs - (second.startedAtMs - first.startedAtMs))).toBeLessThan(150);
    },
  );

  it('goes on over the end of the numbers', async () => {
    const call = new Call(server);
    await using listener = await call.listen(options);
    call.ana.renumber({ sequence: 2 ** 16 - 20, timestamp: 2 ** 32 - 20 * 960 });
    await call.ana.say('All around the world');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('All around the world');
  });

  it('goes on when a person gets another SSRC', async () => {
    const call = new Call(server);
    await using listener = await call.listen(options);
    await call.ana.say('Before');
    call.ana.changeSsrc();
    await call.ana.say('After');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Before After');
    expect(listener.person(ANA).streams).toBe(1);
  });

  it('is nothing when a person sends only silence', async () => {
    const call = new Call(server);
    await using listener = await call.listen(options);
    await call.ana.sendSilentPackets(400);
    await listener.quiet();
    expect(listener.person(ANA).streams).toBe(0);
    expect(listener.room.reception(ANA)?.packets).toBeGreaterThan(15);
  });

  it('leaves out a person while they must not be heard, and hears them again afterwards', async () => {
    const muted = new Set([ANA]);
    const call = new Call(server);
    const ben = call.channel.addHuman(BEN);
    await using listener = await call.listen({ ...options, mayHear: (id) => !muted.has(id) });
    await Promise.all([call.ana.say('Secret'), ben.say('Public')]);
    await listener.quiet();
    expect(listener.room.reception(ANA)).toBeUndefined();
    muted.clear();
    await call.ana.say('Now I speak');
    await listener.quiet();
    expect([listener.person(ANA).text(), listener.person(BEN).text()]).toEqual(['Now I speak', 'Public']);
  });
});
