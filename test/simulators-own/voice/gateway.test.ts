import { once } from 'node:events';
import { entersState, VoiceConnectionDisconnectReason, VoiceConnectionStatus } from '@discordjs/voice';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Op, startVoiceServer, type VoiceServer } from '../../simulators/discord/voice/index.ts';
import { encodeSpeech } from '../../simulators/speech/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { ANA, BEN, BOT, CHANNEL, GUILD, join, joinReady, listen } from './real-client.ts';

describe('the voice gateway', () => {
  let server: VoiceServer;
  beforeEach(async () => {
    server = await startVoiceServer({ heartbeatMs: 100 });
  });
  afterEach(() => server.close());

  it('closes with 4006 when the session is unknown', async () => {
    using client = join(server, { sessionId: 'another' });
    expect(await once(server, 'refused')).toEqual([4006]);
    await entersState(client.connection, VoiceConnectionStatus.Signalling, 2_000);
    expect(client.joins()).toBeGreaterThanOrEqual(1);
  });

  it('closes with 4004 when the token is wrong', async () => {
    using _client = join(server, { token: 'another' });
    expect(await once(server, 'refused')).toEqual([4004]);
  });

  it('closes with 4017 a client that cannot encrypt', async () => {
    using _client = join(server, { daveEncryption: false });
    expect(await once(server, 'refused')).toEqual([4017]);
  });

  it('lets a client that cannot encrypt into a room that does not', async () => {
    server.room(GUILD, CHANNEL, { daveVersion: 0 });
    using client = join(server, { daveEncryption: false });
    await entersState(client.connection, VoiceConnectionStatus.Ready, 5_000);
    expect(server.room(GUILD, CHANNEL).clients.get(BOT)?.state).toBe('ready');
  });

  it('closes with 4014 when a client is removed, and the room is empty of it', async () => {
    using client = await joinReady(server);
    server.remove(GUILD, BOT);
    await entersState(client.connection, VoiceConnectionStatus.Disconnected, 2_000);
    expect(client.connection.state).toMatchObject({
      reason: VoiceConnectionDisconnectReason.WebSocketClose,
      closeCode: 4014,
    });
    expect(server.room(GUILD, CHANNEL).clients.size).toBe(0);
  });

  it.each([4003, 4012])('closes with %i who speaks out of turn', async (code) => {
    const version = code === 4012 ? 4 : 8;
    const socket = new WebSocket(`wss://${server.endpoint}/?v=${version}`);
    const closed = once(socket, 'close');
    await once(socket, 'open');
    socket.send(JSON.stringify({ op: Op.speaking, d: { speaking: 1, delay: 0, ssrc: 1 } }));
    expect((await closed)[0]).toBe(code);
  });

  it('is told by heartbeats what the client has received', async () => {
    server.room(GUILD, CHANNEL).addHuman(ANA);
    using _client = await joinReady(server);
    await server.room(GUILD, CHANNEL).settled();
    const bot = server.room(GUILD, CHANNEL).clients.get(BOT);
    await expect.poll(() => bot?.acknowledged).toBe(bot?.sequence);
    expect(bot?.violations).toEqual([]);
  });

  it.each(['after resumed', 'before resumed'] as const)('sends what was missed again %s', async (replay) => {
    await using other = await startVoiceServer({ replay, daveVersion: 0 });
    using client = await joinReady(other);
    const room = other.room(GUILD, CHANNEL);
    room.clients.get(BOT)?.drop();
    await once(other, 'dropped');
    const ana = room.addHuman(ANA);
    ana.sendOpus(Buffer.from([0xf8, 0xff, 0xfe]));
    await once(other, 'resumed');
    await expect.poll(() => client.connection.receiver.ssrcMap.get(ana.ssrc)?.userId).toBe(ANA);
  });

  it('keeps a dropped client in the encrypted call until it is back', inRealTime, async () => {
    const room = server.room(GUILD, CHANNEL);
    const ana = room.addHuman(ANA);
    using client = await joinReady(server);
    await room.settled();
    const epoch = room.dave.epoch;
    const ear = listen(client, ANA);
    room.clients.get(BOT)?.close(4015);
    await once(server, 'resumed');
    await entersState(client.connection, VoiceConnectionStatus.Ready, 2_000);
    const speech = encodeSpeech('k');
    await ana.sayPackets(speech);
    await ear.heard(speech.length);
    expect(ear.packets.slice(0, speech.length)).toEqual(speech);
    expect(room.dave.epoch).toBe(epoch);
  });

  it('ends the session when it refuses to resume it', async () => {
    using client = await joinReady(server);
    server.faults.refuseResumes = 1;
    server.room(GUILD, CHANNEL).clients.get(BOT)?.drop();
    expect(await once(server, 'refused')).toEqual([4006]);
    await entersState(client.connection, VoiceConnectionStatus.Signalling, 2_000);
    expect(server.room(GUILD, CHANNEL).clients.size).toBe(0);
  });

  it('can hang, until the client gives up on its heartbeats and resumes', inRealTime, async () => {
    const room = server.room(GUILD, CHANNEL);
    room.dave.prefers = 'humans';
    const ana = room.addHuman(ANA);
    using client = await joinReady(server);
    await room.settled();
    room.clients.get(BOT)?.hang();
    room.addHuman(BEN); // a change of keys that the client only learns of when it is back
    await once(server, 'resumed');
    await room.settled();
    const speech = encodeSpeech('o');
    const ear = listen(client, ANA);
    await ana.sayPackets(speech);
    await ear.heard(speech.length);
    expect(ear.packets.slice(0, speech.length)).toEqual(speech);
  });

  it('can hang before its Hello', async () => {
    server.faults.hangs = 1;
    const socket = new WebSocket(`wss://${server.endpoint}/?v=8`);
    await once(socket, 'open');
    using _client = await joinReady(server); // the next connection is served
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });

  it('tells a client who is here, whose voice is whose, and who left', async () => {
    const room = server.room(GUILD, CHANNEL, { daveVersion: 0 });
    const ana = room.addHuman(ANA);
    ana.sendOpus(Buffer.from([0xf8, 0xff, 0xfe]));
    using client = await joinReady(server);
    const { ssrcMap } = client.connection.receiver;
    await expect.poll(() => ssrcMap.get(ANA)?.audioSSRC).toBe(ana.ssrc);
    room.addHuman(BEN);
    ana.leave();
    await expect.poll(() => ssrcMap.get(ANA)).toBeUndefined();
    expect([...room.humans.keys()]).toEqual([BEN]);
  });
});
