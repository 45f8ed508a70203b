import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Room,
  type SimulatedVoice,
  startVoiceServer,
  type VoiceClient,
  type VoiceServer,
} from '../../simulators/discord/voice/index.ts';
import { encodeSpeech } from '../../simulators/speech/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { ANA, BEN, BOT, CHANNEL, GUILD, joinReady, listen, type RealClient } from './real-client.ts';

const isEncrypted = (packet: Buffer) => packet.subarray(-2).equals(Buffer.from([0xfa, 0xfa]));

describe('an end-to-end encrypted call', inRealTime, () => {
  let server: VoiceServer;
  let room: Room;
  let ana: SimulatedVoice;
  beforeEach(async () => {
    server = await startVoiceServer({ dave: { readyTimeoutMs: 300, commitTimeoutMs: 300 } });
    room = server.room(GUILD, CHANNEL);
    ana = room.addHuman(ANA);
  });
  afterEach(() => server.close());

  const bot = (): VoiceClient => {
    const client = room.clients.get(BOT);
    if (client === undefined) throw new Error('The bot is not in the room');
    return client;
  };

  /** What the client hears of a short word, once everybody has the keys. */
  async function hears(client: RealClient, speaker: SimulatedVoice): Promise<{ said: Buffer[]; heard: Buffer[] }> {
    await room.settled();
    const ear = listen(client, speaker.userId);
    ear.packets.length = 0;
    const said = encodeSpeech('o');
    await speaker.sayPackets(said);
    await ear.heard(said.length + 5);
    return { said, heard: ear.packets.slice(0, said.length) };
  }

  it.each(['humans', 'clients'] as const)('takes the commit of %s where it prefers it', async (kind) => {
    room.dave.prefers = kind;
    using client = await joinReady(server);
    const { said, heard } = await hears(client, ana);
    expect(heard).toEqual(said);
    expect(room.dave.memberIds[0]).toBe(kind === 'humans' ? ANA : BOT); // who made the group is its first leaf
  });

  it('begins with transition 0 and counts from then on', async () => {
    const ids: number[] = [];
    server.on('executed', (_, id) => ids.push(id));
    using _client = await joinReady(server);
    await room.settled();
    room.addHuman(BEN);
    await room.settled();
    expect(ids).toEqual([0, 1]);
  });

  it('welcomes a client into a call that is under way', async () => {
    room.addHuman(BEN);
    await room.settled();
    expect(room.dave.epoch).toBe(1n);
    using client = await joinReady(server);
    const { said, heard } = await hears(client, ana);
    expect(room.dave.epoch).toBe(2n);
    expect(heard).toEqual(said);
  });

  it('takes the keys from somebody who leaves, and gives new ones when they are back', async () => {
    const ben = room.addHuman(BEN);
    using client = await joinReady(server);
    await room.settled();
    const before = room.dave.epoch;
    ben.leave();
    await room.settled();
    expect(room.dave.memberIds.toSorted()).toEqual([ANA, BOT].toSorted());
    const again = room.addHuman(BEN);
    const both = await Promise.all([hears(client, ana), hears(client, again)]);
    for (const { said, heard } of both) expect(heard).toEqual(said);
    expect(room.dave.epoch).toBe(before + 2n);
  });

  it('gives new keys to somebody who is back before the call has noticed', async () => {
    const ben = room.addHuman(BEN);
    using client = await joinReady(server);
    await room.settled();
    ben.leave();
    const { said, heard } = await hears(client, room.addHuman(BEN));
    expect(heard).toEqual(said);
  });

  it('keeps talking through a change of epoch', async () => {
    using client = await joinReady(server);
    await room.settled();
    const ear = listen(client, ANA);
    const said = encodeSpeech('a long enough word');
    const spoken = ana.sayPackets(said);
    await ear.heard(10);
    const ben = room.addHuman(BEN);
    await room.settled();
    ben.leave();
    await spoken;
    await ear.heard(said.length + 5);
    expect(ear.packets.slice(0, said.length)).toEqual(said);
  });

  it('forgets the group of a sole member, and makes a new one for the next', async () => {
    using client = await joinReady(server);
    await room.settled();
    ana.leave();
    await room.settled();
    expect(room.dave.epoch).toBe(0n);
    const { said, heard } = await hears(client, room.addHuman(ANA));
    expect(heard).toEqual(said);
    expect(room.dave.epoch).toBe(1n);
  });

  it.each(['commit', 'welcome'] as const)('adds a client anew that got an invalid %s', async (what) => {
    room.dave.prefers = 'humans';
    if (what === 'welcome') server.once('identified', (client) => client.corruptNext('welcome'));
    using client = await joinReady(server);
    if (what === 'commit') {
      await room.settled();
      bot().corruptNext('commit');
      room.addHuman(BEN);
    }
    const [userId] = await once(server, 'invalid');
    const { said, heard } = await hears(client, ana);
    expect(userId).toBe(BOT);
    expect(heard).toEqual(said);
  });

  it('can be downgraded while it runs, and upgraded again', async () => {
    using client = await joinReady(server);
    await room.settled();
    await room.setDaveVersion(0);
    const plain = await hears(client, ana);
    expect(plain.heard).toEqual(plain.said);
    expect(room.dave.epoch).toBe(0n);
    await room.setDaveVersion(1);
    const encrypted = await hears(client, ana);
    expect(encrypted.heard).toEqual(encrypted.said);
    expect(room.dave.epoch).toBe(1n);
  });

  it('can announce a transition and never execute it', async () => {
    using _client = await joinReady(server);
    await room.settled();
    room.dave.unexecuted = 1;
    const ids: number[] = [];
    server.on('executed', (_, id) => ids.push(id));
    const announced = once(server, 'commit');
    room.addHuman(BEN);
    await announced;
    await room.settled();
    expect(ids).toEqual([]);
  });

  it('executes a transition without those who do not say that they are ready', async () => {
    using _client = await joinReady(server);
    await room.settled();
    room.dave.prefers = 'humans';
    bot().hold('everything');
    room.addHuman(BEN);
    expect((await once(server, 'executed'))[1]).toBe(1);
  });

  it('takes back what nobody commits to in time, and proposes it again', async () => {
    await using slow = await startVoiceServer({ dave: { commitTimeoutMs: 60, preferenceMs: 5_000 } });
    const call = slow.room(GUILD, CHANNEL);
    const speaker = call.addHuman(ANA);
    using client = await joinReady(slow);
    await call.settled();
    call.dave.prefers = 'clients';
    call.clients.get(BOT)?.hold('everything');
    call.addHuman(BEN);
    await expect.poll(() => call.dave.takenBack).toBeGreaterThan(1);
    call.clients.get(BOT)?.release();
    await call.settled();
    const said = encodeSpeech('o');
    const ear = listen(client, ANA);
    await speaker.sayPackets(said);
    await ear.heard(said.length);
    expect(ear.packets.slice(0, said.length)).toEqual(said);
    expect(call.dave.memberIds.toSorted()).toEqual([BOT, ANA, BEN]);
  });

  it('can hold a welcome back, so that encrypted frames come before it', async () => {
    room.dave.prefers = 'humans';
    server.once('identified', (client) => client.hold('welcomes'));
    using client = await joinReady(server);
    await once(server, 'commit');
    const ear = listen(client, ANA);
    await ana.sayPackets(encodeSpeech('o'));
    expect(ear.packets.filter(isEncrypted).length).toBeGreaterThan(0); // the shipped receiver hands them on
    bot().release();
    const { said, heard } = await hears(client, ana);
    expect(heard).toEqual(said);
  });

  it('lets people send plain or broken frames into it', async () => {
    using client = await joinReady(server);
    await room.settled();
    const ear = listen(client, ANA);
    const speech = encodeSpeech('o');
    ana.habits.encrypts = 'not at all';
    await ana.sayPackets(speech);
    ana.habits.encrypts = 'badly';
    await ana.sayPackets(speech);
    await ear.heard(10);
    expect(ear.packets).toEqual(Array.from({ length: 10 }, () => Buffer.from([0xf8, 0xff, 0xfe]))); // the pauses only
  });
});
