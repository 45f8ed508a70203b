import { once } from 'node:events';
import opus from '@discordjs/opus';
import { entersState, VoiceConnectionStatus } from '@discordjs/voice';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  PERFECT,
  type Room,
  type SimulatedVoice,
  seededRandom,
  startVoiceServer,
  type VoiceServer,
} from '../../simulators/discord/voice/index.ts';
import { encodeSpeech, SpeechReader } from '../../simulators/speech/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { ANA, BOT, CHANNEL, GUILD, join, joinReady, listen, type RealClient } from './real-client.ts';

const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

interface Rtp {
  readonly atMs: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
}

/** What arrives at the client's UDP socket, before anything looks into it. */
function tap({ connection }: RealClient): Rtp[] {
  const seen: Rtp[] = [];
  if (connection.state.status !== VoiceConnectionStatus.Ready) throw new Error('The client is not ready');
  const networking = connection.state.networking.state;
  if (!('udp' in networking)) throw new Error('The client has no UDP socket');
  networking.udp.on('message', (datagram: Buffer) => {
    if (datagram.length < 12 || datagram[0] !== 0x90) return;
    seen.push({
      atMs: performance.timeOrigin + performance.now(),
      sequence: datagram.readUInt16BE(2),
      timestamp: datagram.readUInt32BE(4),
      ssrc: datagram.readUInt32BE(8),
    });
  });
  return seen;
}

describe('the voice of a simulated human', inRealTime, () => {
  let server: VoiceServer;
  let room: Room;
  let ana: SimulatedVoice;
  let client: RealClient;
  beforeEach(async () => {
    server = await startVoiceServer({ daveVersion: 0 });
    room = server.room(GUILD, CHANNEL);
    ana = room.addHuman(ANA);
    client = await joinReady(server);
  });
  afterEach(async () => {
    client[Symbol.dispose]();
    await server.close();
  });

  it.each([1, 2] as const)('is speech that can be read back, coded in %i channels', async (channels) => {
    const ear = listen(client, ANA);
    const { text } = await ana.say('Hello', { channels });
    await ear.heard(encodeSpeech('Hello').length + 5);
    const decoder = new opus.OpusEncoder(48_000, 1);
    const reader = new SpeechReader(48_000);
    const pcm = ear.packets.map((packet) => decoder.decode(packet));
    const samples = new Int16Array(48_000 + pcm.length * 960); // and a second of silence, which ends the utterance
    for (const [frame, bytes] of pcm.entries()) {
      for (let i = 0; i < bytes.length / 2; i++) samples[frame * 960 + i] = bytes.readInt16LE(i * 2);
    }
    const ended = reader.push(samples).filter((event) => event.kind === 'ended');
    expect(ended.map((event) => event.text)).toEqual([text]);
  });

  it('keeps to 20 ms a packet without drifting', async () => {
    const seen = tap(client);
    const packets = Array.from({ length: 50 }, () => SILENCE);
    const startedAtMs = await ana.sayPackets(packets);
    await expect.poll(() => seen.length).toBe(55);
    const late = seen.map(({ atMs }, frame) => atMs - (startedAtMs + frame * 20));
    expect(late.toSorted((a, b) => a - b)[27]).toBeLessThan(15); // the median: one slow moment must not matter
  });

  it('has a clock of its own that may run fast', async () => {
    ana.habits.driftPpm = 50_000; // far beyond any real clock, so that it shows within a second
    const seen = tap(client);
    await ana.sayPackets(Array.from({ length: 50 }, () => SILENCE));
    await expect.poll(() => seen.length).toBe(55);
    const tookMs = (seen[50]?.atMs ?? 0) - (seen[0]?.atMs ?? 0);
    expect(Math.abs(tookMs - (50 * 20) / 1.05)).toBeLessThan(24); // half of what it would be off without
  });

  it('counts its packets in order, and its time by 960 samples a packet', async () => {
    ana.renumber({ sequence: 65_534, timestamp: 2 ** 32 - 960 });
    const seen = tap(client);
    await ana.sayPackets([SILENCE, SILENCE]);
    expect(seen.slice(0, 4).map(({ sequence }) => sequence)).toEqual([65_534, 65_535, 0, 1]);
    expect(seen.slice(0, 4).map(({ timestamp }) => timestamp)).toEqual([2 ** 32 - 960, 0, 960, 1_920]);
  });

  it.each([
    ['go on', 11],
    ['stand still', 1],
  ] as const)('lets timestamps %s over a pause', async (timestampsOverPauses, frames) => {
    ana.habits.timestampsOverPauses = timestampsOverPauses;
    const seen = tap(client);
    await ana.sayPackets([SILENCE]);
    await new Promise((resolve) => setTimeout(resolve, 140)); // with the 40 ms of announcing: a pause of 200 ms or so
    await ana.sayPackets([SILENCE]);
    await expect.poll(() => seen.length).toBe(12);
    const [before, after] = [seen[5]?.timestamp ?? 0, seen[6]?.timestamp ?? 0];
    const passed = ((after - before) >>> 0) / 960;
    expect(Math.abs(passed - frames)).toBeLessThanOrEqual(timestampsOverPauses === 'go on' ? 3 : 0);
  });

  it('goes on under another SSRC when the person reconnects, and is announced again', async () => {
    await ana.sayPackets([SILENCE]);
    const before = ana.ssrc;
    ana.changeSsrc();
    const ear = listen(client, ANA);
    await ana.sayPackets([SILENCE]);
    await ear.heard(6);
    expect(client.connection.receiver.ssrcMap.get(ana.ssrc)?.userId).toBe(ANA);
    expect(ana.ssrc).not.toBe(before);
  });

  it('is not known in time when its Speaking message comes late', async () => {
    ana.habits.announces = { afterMs: 200 };
    const ear = listen(client, ANA);
    await ana.sayPackets(Array.from({ length: 20 }, () => SILENCE));
    await ear.heard(5);
    expect(ear.packets.length).toBeLessThan(20); // the shipped receiver drops what it cannot attribute
  });

  it('is never known when its Speaking message is never sent', async () => {
    ana.habits.announces = 'never';
    const seen = tap(client);
    await ana.sayPackets([SILENCE]);
    await expect.poll(() => seen.length).toBe(6);
    expect(client.connection.receiver.ssrcMap.get(ANA)).toBeUndefined();
  });

  it('loses, doubles and reorders what the network is told to, and counts it', async () => {
    ana.network = { lossRate: 0.1, duplicateRate: 0.1, reorderRate: 0.1, jitterMs: 10, random: seededRandom(7) };
    const seen = tap(client);
    await ana.sayPackets(Array.from({ length: 60 }, () => SILENCE));
    const { sent, lost, duplicated, reordered } = ana.traffic;
    expect(sent).toBe(65);
    expect(Math.min(lost, duplicated, reordered)).toBeGreaterThan(0);
    await expect.poll(() => seen.length).toBe(sent - lost + duplicated);
    const backwards = seen.filter(
      ({ sequence }, i) => ((sequence - (seen[i - 1]?.sequence ?? sequence)) << 16) >> 16 < 0,
    );
    expect(backwards.length).toBeGreaterThan(0);
  });

  it('is cut off when the person leaves', async () => {
    const spoken = ana.sayPackets(Array.from({ length: 100 }, () => SILENCE));
    ana.leave();
    await expect(spoken).rejects.toThrow('left before they were through');
  });

  it('falls silent while the UDP path is dead, and is heard afterwards', async () => {
    const ear = listen(client, ANA);
    server.killUdp(60_000);
    await ana.sayPackets([SILENCE, SILENCE]);
    server.killUdp(0);
    await ana.sayPackets([SILENCE]);
    await ear.heard(6);
    expect(ear.packets).toHaveLength(6);
  });

  it.each(['bad tag', 'other port'] as const)(
    'can be forged with a %s, which ends the shipped stream',
    async (kind) => {
      await ana.sayPackets([SILENCE]);
      const bot = room.clients.get(BOT);
      if (bot === undefined) throw new Error('The bot is not in the room');
      const stream = client.connection.receiver.subscribe(ANA);
      const failed = once(stream, 'error');
      await room.forge(bot, kind, ana);
      await failed;
      expect(stream.destroyed).toBe(true);
    },
  );
});

describe('IP discovery', () => {
  it('can go without an answer for some datagrams, and leaves the shipped client connecting for ever', async () => {
    await using server = await startVoiceServer({ daveVersion: 0 });
    server.faults.ignoredDiscoveries = 1;
    using client = join(server);
    expect(await once(server, 'discovery')).toEqual([false]);
    await expect(entersState(client.connection, VoiceConnectionStatus.Ready, 300)).rejects.toThrow();
  });
});

describe('a perfect network with a seeded random', inRealTime, () => {
  it('changes nothing', async () => {
    await using server = await startVoiceServer({ daveVersion: 0, network: { ...PERFECT, random: seededRandom(1) } });
    const ana = server.room(GUILD, CHANNEL).addHuman(ANA);
    using client = await joinReady(server);
    const ear = listen(client, ANA);
    await ana.sayPackets(Array.from({ length: 20 }, () => SILENCE));
    await ear.heard(25);
    expect(ana.traffic).toEqual({ sent: 25, lost: 0, reordered: 0, duplicated: 0 });
  });
});
