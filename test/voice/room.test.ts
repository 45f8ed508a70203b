import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Room, startVoiceServer, type VoiceServer } from '../simulators/discord/voice/index.ts';
import { ANA, BEN, CHANNEL, Gateway, GUILD } from './gateway.ts';
import { listen } from './listener.ts';

describe.each([0, 1] as const)('a voice room with end-to-end encryption version %i', (daveVersion) => {
  let server: VoiceServer;
  let gateway: Gateway;
  let channel: Room;
  beforeEach(async () => {
    server = await startVoiceServer({ daveVersion });
    gateway = new Gateway(server);
    channel = server.room(GUILD, CHANNEL);
  });
  afterEach(() => server.close());

  it('hears what a person says, at the time when they say it', async () => {
    const ana = channel.addHuman(ANA);
    await using listener = await listen(gateway);
    await channel.settled();
    const said = await ana.say('Hello everyone', { channels: 2 });
    await listener.quiet();
    const [heard] = listener.person(ANA).read();
    expect(heard).toMatchObject({ text: 'Hello everyone', isIntact: true, slips: 0 });
    const beganAtMs = performance.timeOrigin + performance.now() - listener.clock.nowMs();
    const startMs = listener.person(ANA).frames[0]?.startMs ?? 0;
    expect(Math.abs(beganAtMs + startMs - said.startedAtMs)).toBeLessThan(50);
    expect(listener.room.reception(ANA)).toMatchObject({
      concealedFrames: 0,
      undecryptable: 0,
      corrupt: 0,
      encryption: daveVersion === 0 ? 'transport only' : 'end-to-end',
    });
  });

  it('hears two people who talk at once, each on their own', async () => {
    const [ana, ben] = [channel.addHuman(ANA), channel.addHuman(BEN)];
    await using listener = await listen(gateway);
    await channel.settled();
    await Promise.all([ana.say('I was saying that'), ben.say('Sorry but I must')]);
    await listener.quiet();
    expect([listener.person(ANA).text(), listener.person(BEN).text()]).toEqual([
      'I was saying that',
      'Sorry but I must',
    ]);
  });
});
