import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVoiceServer, type VoiceServer } from '../../simulators/discord/voice/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { Call } from '../support/call.ts';
import { ANA, BEN, CARL } from '../support/gateway.ts';
import { listen } from '../support/listener.ts';

const EXTERNAL_SENDER_OP = 25;
const LONG = 'This goes on and on and on for quite a while, whatever happens';

describe.concurrent('an encrypted call', inRealTime, () => {
  let server: VoiceServer;
  beforeAll(async () => {
    server = await startVoiceServer({ dave: { readyTimeoutMs: 500, commitTimeoutMs: 500 } });
  });
  afterAll(() => server.close());

  it('is heard without a break while people come and go', async () => {
    const call = new Call(server);
    await using listener = await call.listen();
    const said = call.ana.say(LONG);
    const ben = call.channel.addHuman(BEN);
    await call.channel.settled();
    call.channel.addHuman(CARL);
    await call.channel.settled();
    ben.leave();
    await said;
    await listener.quiet();
    expect(listener.person(ANA).read()).toMatchObject([{ text: LONG, isIntact: true }]);
    expect(call.channel.dave.epoch).toBeGreaterThanOrEqual(4n);
  });

  it.each(['commit', 'welcome', 'proposals'] as const)('is heard again at once after a spoilt %s', async (what) => {
    const call = new Call(server);
    call.channel.dave.prefers = 'humans';
    if (what === 'welcome') void call.botIs('identified').then((bot) => bot.corruptNext(what));
    await using listener = await call.listen();
    if (what !== 'welcome') call.bot.corruptNext(what);
    const said = call.ana.say(LONG);
    call.channel.addHuman(BEN);
    await said;
    await listener.quiet();
    expect(listener.person(ANA).text().slice(-50)).toBe(LONG.slice(-50)); // speech under keys that the bot never got is lost
  });

  it('is heard on when the voice server sends an invalid identity', async () => {
    const call = new Call(server);
    await using listener = await call.listen();
    call.bot.binary(EXTERNAL_SENDER_OP, Buffer.from('nonsense'));
    await call.ana.say('At once');
    call.channel.addHuman(BEN);
    await call.ana.say(LONG);
    await call.channel.settled();
    await call.ana.say('and then');
    await listener.quiet();
    expect(listener.person(ANA).text()).toMatch(/^At once .*and then$/);
  });

  it.each(['after resumed', 'before resumed'] as const)(
    'goes on when the voice gateway drops while the keys change, and the missed messages come %s',
    async (replay) => {
      await using ownServer = await startVoiceServer({ replay });
      const call = new Call(ownServer);
      await using listener = await call.listen();
      const said = call.ana.say(LONG);
      call.bot.drop();
      call.channel.addHuman(BEN);
      await call.botIs('resumed');
      await said;
      await listener.quiet();
      expect(listener.person(ANA).read()).toMatchObject([{ text: LONG, isIntact: true }]);
    },
  );

  it('asks for new keys when one sender among healthy ones cannot be understood', async () => {
    const call = new Call(server, { encrypts: 'badly' });
    const ben = call.channel.addHuman(BEN);
    await using listener = await call.listen();
    const epoch = call.channel.dave.epoch;
    await Promise.all([call.ana.say(LONG), ben.say(LONG)]);
    await call.channel.settled();
    await ben.say('and then');
    await listener.quiet();
    expect(call.channel.dave.epoch).toBeGreaterThan(epoch);
    expect(call.gateway.joins).toBe(1); // without leaving the channel
    expect(listener.person(BEN).text()).toMatch(/and then$/);
    expect(listener.room.reception(BEN)?.undecryptable).toBeLessThan(10); // said while we were out of the group
    expect(listener.person(ANA).streams).toBe(0);
    expect(listener.room.reception(ANA)).toMatchObject({ encryption: 'negotiating' });
  });

  it('finds out by the keys who speaks when nobody was named', async () => {
    const call = new Call(server, { announces: 'never' });
    const ben = call.channel.addHuman(BEN, { announces: 'never' });
    await using listener = await call.listen();
    await Promise.all([call.ana.say(LONG), ben.say('Not me but somebody else')]);
    await listener.quiet();
    expect(listener.person(ANA).text().slice(-50)).toBe(LONG.slice(-50));
    expect(listener.person(BEN).text()).toMatch(/somebody else$/);
  });

  it('counts what it cannot open', async () => {
    const call = new Call(server, { encrypts: 'badly' });
    await using listener = await call.listen();
    await call.ana.say('No');
    await expect.poll(() => listener.room.reception(ANA)?.undecryptable, { timeout: 4_000 }).toBeGreaterThan(10);
    expect(listener.person(ANA).streams).toBe(0);
  });

  it('lets unencrypted frames through, and reports them as unencrypted', async () => {
    const call = new Call(server, { encrypts: 'not at all' });
    await using listener = await call.listen();
    await call.ana.say('In clear');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('In clear');
    expect(listener.room.reception(ANA)).toMatchObject({ encryption: 'transport only', undecryptable: 0 });
  });

  it('gives no noise before the keys are there', async () => {
    const call = new Call(server, { speaksBeforeKeys: true });
    call.channel.addHuman(BEN);
    await call.channel.settled();
    const joined = call.botIs('identified').then((client) => client.hold('welcomes'));
    await using listener = await listen(call.gateway);
    await joined;
    await call.ana.say('Lost words');
    call.bot.release();
    await call.channel.settled();
    await call.ana.say('Found words');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Found words');
  });

  it('is heard through a change to no encryption and back', async () => {
    const call = new Call(server);
    await using listener = await call.listen();
    const said = call.ana.say(LONG);
    await call.channel.setDaveVersion(0);
    await call.channel.setDaveVersion(1);
    await said;
    await call.channel.settled();
    await call.ana.say('and then');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe(`${LONG} and then`);
  });

  it('goes on when a transition is announced and never executed', async () => {
    const call = new Call(server);
    await using listener = await call.listen();
    call.channel.dave.unexecuted = 1;
    const said = call.ana.say(LONG);
    call.channel.addHuman(BEN);
    await said;
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe(LONG);
  });
});
