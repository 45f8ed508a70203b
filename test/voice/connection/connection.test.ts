import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VoiceError } from '../../../src/core/errors.ts';
import { durationMs } from '../../../src/core/pcm.ts';
import { startVoiceServer, type VoiceServer } from '../../simulators/discord/voice/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { Call } from '../support/call.ts';
import { ANA, BOT, CHANNEL } from '../support/gateway.ts';
import { listen } from '../support/listener.ts';

/** The error that a promise ends with. */
async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail');
}

describe.concurrent('joining a voice channel', inRealTime, () => {
  let server: VoiceServer;
  beforeAll(async () => {
    server = await startVoiceServer();
  });
  afterAll(() => server.close());

  it('says that Discord does not answer, and takes its request back', async () => {
    const { gateway } = new Call(server);
    gateway.answers = 'nothing';
    const error = await failureOf(listen(gateway, { joinLimitMs: 300 }));
    expect(error).toBeInstanceOf(VoiceError);
    expect(error).toMatchObject({ code: 'join-timeout' });
    expect(gateway.hasLeft).toBe(true);
  });

  it('ends with the reason of an abort', async () => {
    const { gateway } = new Call(server);
    gateway.answers = 'nothing';
    const stop = new AbortController();
    const joining = failureOf(listen(gateway, { signal: stop.signal }));
    stop.abort(new Error('enough'));
    expect(await joining).toMatchObject({ message: 'enough' });
    expect(gateway.hasLeft).toBe(true);
  });

  it('survives lost datagrams while it discovers its address', async () => {
    await using ownServer = await startVoiceServer();
    ownServer.faults.ignoredDiscoveries = 2;
    const call = new Call(ownServer);
    await using listener = await call.listen();
    await call.ana.say('Found');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Found');
  });

  it('tries again when the voice gateway opens and says nothing', async () => {
    await using ownServer = await startVoiceServer();
    ownServer.faults.hangs = 1;
    const call = new Call(ownServer);
    await using _listener = await call.listen();
    expect(call.bot.state).toBe('ready');
  });

  it('tries again when the gateway cannot be asked yet', async () => {
    const call = new Call(server);
    call.gateway.answers = 'cannot be asked';
    const joining = call.listen();
    call.gateway.answers = 'a voice server';
    await using _listener = await joining;
    expect(call.gateway.joins).toBe(2);
  });

  it('is not a storm of requests when it is refused again and again', async () => {
    const { gateway } = new Call(server);
    gateway.token = 'stale';
    const error = await failureOf(listen(gateway, { joinLimitMs: 2_500 }));
    expect(error).toMatchObject({ code: 'join-timeout' });
    expect(gateway.joins).toBeLessThan(5);
  });
});

describe.concurrent('a voice room whose connection breaks', inRealTime, () => {
  let server: VoiceServer;
  beforeAll(async () => {
    server = await startVoiceServer();
  });
  afterAll(() => server.close());

  const LONG = 'This goes on and on for quite a while';

  it('loses nothing while the voice gateway is resumed', async () => {
    const call = new Call(server);
    await using listener = await call.listen();
    const said = call.ana.say(LONG);
    call.bot.drop();
    await call.botIs('resumed');
    await said;
    await listener.quiet();
    expect(listener.person(ANA).read()).toMatchObject([{ text: LONG, isIntact: true }]);
    expect(listener.events).toEqual([]);
  });

  it.each([4006, 4009, 4015, 1006])('hears again after close code %i', async (code) => {
    const call = new Call(server);
    await using listener = await call.listen();
    if (code === 1006) call.bot.drop();
    else call.bot.close(code);
    await call.botIs(code === 4015 || code === 1006 ? 'resumed' : 'ready');
    await call.channel.settled();
    await call.ana.say('Again');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Again');
  });

  it.each([4014, 4022])('waits for Discord after close code %i', async (code) => {
    const call = new Call(server);
    await using listener = await call.listen();
    call.bot.close(code);
    expect(await listener.event('interrupted')).toMatchObject({ because: expect.stringContaining(String(code)) });
    expect(call.gateway.joins).toBe(1);
    call.gateway.nameServer();
    await listener.event('connected');
    await call.channel.settled();
    await call.ana.say('Again');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Again');
  });

  it('hears again when the voice gateway refuses to resume', async () => {
    await using ownServer = await startVoiceServer();
    const call = new Call(ownServer);
    await using listener = await call.listen();
    ownServer.faults.refuseResumes = 1;
    call.bot.drop();
    await call.botIs('ready');
    await call.channel.settled();
    await call.ana.say('Again');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Again');
  });

  it('keeps the time when no sound comes through for a while', async () => {
    await using ownServer = await startVoiceServer();
    const call = new Call(ownServer);
    await using listener = await call.listen();
    const saying = call.ana.say('Before the gap and after the gap');
    await listener.heard(10);
    ownServer.killUdp(500);
    const said = await saying;
    await listener.quiet();
    const last = listener.person(ANA).frames.at(-1);
    const endMs = (last?.startMs ?? 0) + (last ? durationMs(last) : 0);
    const beganAtMs = performance.timeOrigin + performance.now() - listener.clock.nowMs();
    expect(Math.abs(beganAtMs + endMs - said.endedAtMs)).toBeLessThan(100);
    expect(listener.person(ANA).text()).toMatch(/after the gap$/);
  });

  it('is lost when Discord asks for an encryption that Parley does not support', async () => {
    const call = new Call(server);
    await using listener = await call.listen();
    call.bot.close(4017);
    expect(await listener.event('lost')).toMatchObject({ error: { code: 'encryption-unsupported' } });
  });

  it('is lost when the connection to Discord ends for good', async () => {
    const call = new Call(server);
    await using listener = await call.listen();
    call.gateway.end();
    expect(await listener.event('lost')).toMatchObject({ error: { code: 'connection-lost' } });
  });

  it('joins again after a lost gateway session', async () => {
    const call = new Call(server);
    await using listener = await call.listen();
    call.gateway.loseSession();
    await listener.room.rejoin(AbortSignal.timeout(5_000));
    await call.channel.settled();
    await call.ana.say('Again');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Again');
    expect(listener.events).toEqual([]);
  });

  it('goes on when Discord takes the voice server away and names another', async () => {
    await using other = await startVoiceServer();
    const call = new Call(server);
    await using listener = await call.listen();
    await call.ana.say('Here');
    call.gateway.takeServerAway();
    const there = other.room(call.gateway.guildId, CHANNEL);
    const ana = there.addHuman(ANA);
    const ready = once(other, 'ready');
    call.gateway.nameServer(other);
    await ready;
    await there.settled();
    await ana.say('there');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Here there');
    expect(listener.person(ANA).streams).toBe(1);
  });

  it('follows into another channel', async () => {
    const call = new Call(server);
    const otherId = '82000000000000009';
    await using listener = await call.listen();
    const there = server.room(call.gateway.guildId, otherId);
    const ana = there.addHuman(ANA);
    server.remove(call.gateway.guildId, BOT);
    call.gateway.nameServer(server, otherId);
    await call.botIs('ready');
    await there.settled();
    await ana.say('Moved');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Moved');
  });
});

describe.concurrent('leaving a voice room', inRealTime, () => {
  let server: VoiceServer;
  beforeAll(async () => {
    server = await startVoiceServer();
  });
  afterAll(() => server.close());

  it('ends everything, and doing it twice is the same', async () => {
    const call = new Call(server);
    const listener = await call.listen();
    await call.ana.say('Bye');
    await listener.room.leave();
    await listener[Symbol.asyncDispose](); // resolves only when speakers, frames and events have ended
    expect(call.gateway.hasLeft).toBe(true);
    expect(listener.person(ANA).text()).toBe('Bye');
  });

  it('gives a person a new stream after the one before was finished', async () => {
    const call = new Call(server);
    await using listener = await call.listen();
    await call.ana.say('First');
    await listener.quiet();
    listener.person(ANA).stream?.finish();
    await call.ana.say('Second');
    await listener.quiet();
    expect(listener.person(ANA).streams).toBe(2);
    expect(listener.person(ANA).text()).toBe('First Second');
  });
});
