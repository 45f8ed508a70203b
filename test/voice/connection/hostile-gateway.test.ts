import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Op, startVoiceServer, type VoiceServer } from '../../simulators/discord/voice/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { Call } from '../support/call.ts';
import { ANA } from '../support/gateway.ts';

/** Frames that hold no message at all. */
const FRAMES: readonly (readonly [string, string | Buffer])[] = [
  ['no byte', Buffer.alloc(0)],
  ['one byte', Buffer.alloc(1)],
  ['two bytes', Buffer.alloc(2)],
  ['no character', ''],
  ['no JSON', '{"op":5'],
  ['null', 'null'],
  ['a number', '5'],
  ['a list', '[]'],
  ['an operation that is a word', '{"op":"5","d":{}}'],
  ['an operation that is no whole number', '{"op":5.5,"d":{}}'],
  ['a huge sequence number', '{"op":5,"d":{},"seq":1e300}'],
  ['a sequence number that is an object', '{"op":5,"d":{},"seq":{}}'],
];

/** What Hello, Ready and Session Description must not say. */
const SESSION = { mode: 'aead_aes256_gcm_rtpsize', secret_key: Array(32).fill(7), dave_protocol_version: 1 };
const READY = { ssrc: 1, ip: '127.0.0.1', port: 9, modes: ['aead_aes256_gcm_rtpsize'] };
const LIES: readonly (readonly [string, number, unknown])[] = [
  ['Hello with nothing', Op.hello, undefined],
  ['Hello with a heartbeat each millisecond', Op.hello, { heartbeat_interval: 0.001 }],
  ['Hello with a heartbeat in a century', Op.hello, { heartbeat_interval: 1e15 }],
  ['Ready with nothing', Op.ready, null],
  ['Ready with a stream number that is too large', Op.ready, { ...READY, ssrc: 2 ** 40 }],
  ['Ready with a port that is none', Op.ready, { ...READY, port: 70_000 }],
  ['Ready with a name for an address', Op.ready, { ...READY, ip: 'localhost' }],
  ['Ready with encryptions that nobody knows', Op.ready, { ...READY, modes: ['rot13'] }],
  ['Ready with encryptions that are no list', Op.ready, { ...READY, modes: 7 }],
  ['Session Description with nothing', Op.sessionDescription, null],
  ['Session Description with an unknown encryption', Op.sessionDescription, { ...SESSION, mode: 'rot13' }],
  ['Session Description with a short key', Op.sessionDescription, { ...SESSION, secret_key: [1, 2, 3] }],
  ['Session Description with a key of words', Op.sessionDescription, { ...SESSION, secret_key: Array(32).fill('x') }],
  ['Session Description with a number for a key', Op.sessionDescription, { ...SESSION, secret_key: 4_000_000_000 }],
  ['Session Description with DAVE 99', Op.sessionDescription, { ...SESSION, dave_protocol_version: 99 }],
];

/** Messages of wrong types, which nobody needs. */
const SENSELESS: readonly (readonly [number, unknown])[] = [
  [Op.speaking, null],
  [Op.speaking, { user_id: 5, ssrc: 'x' }],
  [Op.speaking, { user_id: ANA, ssrc: -1e300 }],
  [Op.clientsConnect, { user_ids: 7 }],
  [Op.clientsConnect, { user_ids: [null, {}, 'Ana'] }],
  [Op.clientDisconnect, []],
  [Op.video, { user_id: {}, audio_ssrc: [] }],
  [Op.davePrepareTransition, { transition_id: 1e9, protocol_version: 1 }],
  [Op.davePrepareTransition, { transition_id: {}, protocol_version: 0 }],
  [Op.davePrepareTransition, null],
  [Op.daveExecuteTransition, { transition_id: 'x' }],
  [Op.davePrepareEpoch, { epoch: 1, protocol_version: 99 }],
  [Op.davePrepareEpoch, 'soon'],
  [Op.daveExternalSender, 'who'],
  [60_000, { user_id: ANA }],
  [Op.hello, { heartbeat_interval: 13_750 }],
];

// Vitest fails the run for any exception that nobody caught: that is how these failed with the library as shipped.
describe.concurrent('a misbehaving voice gateway', inRealTime, () => {
  let server: VoiceServer;
  beforeAll(async () => {
    server = await startVoiceServer();
    server.setMaxListeners(0); // many of these wait for it at once
  });
  afterAll(() => server.close());

  it.each(FRAMES)('is hung up on at %s, and tried again, while other meetings go on', async (_, frame) => {
    const call = new Call(server);
    const other = new Call(server);
    await using listener = await call.listen();
    await using elsewhere = await other.listen();
    const said = other.ana.say('Nothing happened here');
    const again = call.botIs('ready');
    call.bot.raw(frame);
    await again;
    await call.channel.settled();
    await call.ana.say('Again');
    await said;
    await Promise.all([listener.quiet(), elsewhere.quiet()]);
    expect(listener.person(ANA).text()).toBe('Again');
    expect(call.gateway.joins).toBe(2);
    expect(elsewhere.person(ANA).text()).toBe('Nothing happened here');
    expect(other.gateway.joins).toBe(1);
  });

  it.each(LIES)('is hung up on at %s, and tried again', async (_, op, lie) => {
    await using own = await startVoiceServer({ certificate: server.certificate });
    own.faults.says.set(op, lie);
    const call = new Call(own);
    await using listener = await call.listen();
    await call.ana.say('Well');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Well');
    expect(call.gateway.joins).toBe(2);
  });

  it('loses only the invalid messages that the connection can do without', async () => {
    const call = new Call(server);
    await using listener = await call.listen();
    for (const [op, d] of SENSELESS) call.bot.json(op, d);
    await call.ana.say('Never mind');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Never mind');
    expect(call.gateway.joins).toBe(1);
  });

  it.each([
    ['external sender', Op.daveExternalSender],
    ['proposals', Op.daveProposals],
    ['commit', Op.daveAnnounceCommit],
    ['welcome', Op.daveWelcome],
  ])('cannot end anything with a DAVE %s of any bytes', async (_, op) => {
    const call = new Call(server);
    await using listener = await call.listen();
    for (const length of [0, 1, 2, 3, 40, 5_000]) call.bot.binary(op, Buffer.alloc(length, length));
    await call.channel.settled();
    await call.ana.say('Still heard');
    await listener.quiet();
    expect(listener.person(ANA).text()).toMatch(/heard$/u);
  });

  it.each([
    ['bytes', Buffer.alloc(2_000_000)],
    ['characters', JSON.stringify({ op: 5, d: 'x'.repeat(2_000_000) })], // compressed, they are 2 kB on the way
  ])('has its session resumed after two million %s at once, which are not read', async (_, frame) => {
    const call = new Call(server);
    await using listener = await call.listen();
    const resumed = call.botIs('resumed');
    call.bot.raw(frame);
    await resumed;
    await call.ana.say('Still heard');
    await listener.quiet();
    expect(listener.person(ANA).text()).toBe('Still heard');
    expect(call.gateway.joins).toBe(1);
  });

  it('is hung up on when it sends more messages than anybody needs', async () => {
    const call = new Call(server);
    await using _listener = await call.listen();
    const again = call.botIs('ready');
    for (let i = 0; i < 1_500; i++) call.bot.json(Op.speaking, { user_id: ANA, ssrc: i + 1, speaking: 1 });
    await again;
    expect(call.gateway.joins).toBe(2);
  });

  it('is hung up on when it lets itself be resumed and hangs up, again and again', async () => {
    await using own = await startVoiceServer({ certificate: server.certificate });
    const call = new Call(own);
    await using _listener = await call.listen();
    let resumes = 0;
    own.on('resumed', (client) => {
      resumes += 1;
      client.drop();
    });
    const again = call.botIs('ready');
    call.bot.drop();
    await again;
    expect(resumes).toBeLessThanOrEqual(11);
    expect(call.gateway.joins).toBe(2);
  });
});
