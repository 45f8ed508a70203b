import { once } from 'node:events';
import {
  type DiscordGatewayAdapterCreator,
  EndBehaviorType,
  entersState,
  joinVoiceChannel,
  type VoiceConnection,
  VoiceConnectionStatus,
} from '@discordjs/voice';
import type { Client } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { Channel, Member } from '../../../simulators/discord/index.ts';
import { inRealTime } from '../../../support/real-time/in-real-time.ts';
import { bots, INTENTS } from '../bot.ts';
import { field, RawSession } from './raw-session.ts';

const { discord, login } = bots();

const SHARD = { shards: [1], shardCount: 2 };
const connections: VoiceConnection[] = [];

afterEach(() => {
  for (const connection of connections.splice(0)) connection.destroy();
});

/** One process of the bot: its own gateway session, and a gate between its voice connection and the gateway. */
class Process {
  readonly bot: Client<true>;
  /** What the voice connection heard from the gateway about its server. */
  toldServer = 0;
  #isShut = false;

  constructor(bot: Client<true>) {
    this.bot = bot;
    bot.ws.on('VOICE_SERVER_UPDATE' as never, () => this.toldServer++); // an event name that the client types as unheard
  }

  get sessionId(): string | undefined {
    return this.bot.guilds.cache.first()?.members.me?.voice.sessionId ?? undefined;
  }

  /** From now on its voice connection neither asks for the seat nor learns of anything. */
  shutGate(): void {
    this.#isShut = true;
  }

  async join(channel: Channel): Promise<VoiceConnection> {
    const guild = this.bot.guilds.cache.get(channel.guild?.id ?? '');
    if (guild === undefined) throw new Error('The client does not know the guild');
    const gated: DiscordGatewayAdapterCreator = (methods) => {
      const inner = guild.voiceAdapterCreator({
        onVoiceServerUpdate: (data) => (this.#isShut ? undefined : methods.onVoiceServerUpdate(data)),
        onVoiceStateUpdate: (data) => (this.#isShut ? undefined : methods.onVoiceStateUpdate(data)),
        destroy: () => methods.destroy(),
      });
      return {
        sendPayload: (payload) => !this.#isShut && inner.sendPayload(payload),
        destroy: () => inner.destroy(),
      };
    };
    const connection = joinVoiceChannel({
      guildId: guild.id,
      channelId: channel.id,
      group: String(connections.length), // connections of one guild are told apart by this
      adapterCreator: gated,
      selfDeaf: false,
      selfMute: true,
    });
    connections.push(connection);
    return await entersState(connection, VoiceConnectionStatus.Ready, 10_000);
  }
}

/** How many packets that are not silence each connection hears while somebody says something. */
async function heardBy(all: readonly VoiceConnection[], member: Member): Promise<readonly number[]> {
  const counts = all.map(() => 0);
  const streams = all.map(({ receiver }, index) => {
    const stream = receiver.subscribe(member.id, { end: { behavior: EndBehaviorType.Manual } });
    stream.on('data', (packet: Buffer) => {
      if (packet.length > 3) counts[index] = (counts[index] ?? 0) + 1;
    });
    return stream;
  });
  await member.say('hello');
  for (const stream of streams) stream.destroy();
  return counts;
}

const VARIANTS = ([4006, 4014, 'nothing'] as const).flatMap((closesWith) =>
  (['all', 'asker'] as const).map((tells) => ({ closesWith, tells })),
);

describe('a voice seat that another session of the bot takes over', inRealTime, () => {
  it.each(VARIANTS)(
    'goes over unseen: the old connection is closed with $closesWith, the server told to $tells',
    async (takeover) => {
      const sim = await discord({ voice: {}, takeover });
      const guild = sim.addGuild({ name: 'Café', shard: [1, 2] });
      const talk = guild.addVoiceChannel('Talk');
      const ana = guild.addMember({ name: 'ana' });
      ana.join(talk);
      const [old, heir] = [
        new Process(await login(sim, INTENTS, SHARD)),
        new Process(await login(sim, INTENTS, SHARD)),
      ];
      const witness = await RawSession.identify(sim, [1, 2]);
      await witness.event('READY');
      const before = await old.join(talk);
      const client = sim.voiceRoom(talk).clients.get(old.bot.user.id);
      const oldSession = guild.bot.voice?.sessionId;
      const [toldOld, toldHeir] = [old.toldServer, heir.toldServer];

      old.shutGate();
      const after = await heir.join(talk);
      await sim.voiceRoom(talk).settled();
      const newSession = guild.bot.voice?.sessionId;

      // The seat is the heir's, and nobody saw the bot leave.
      expect(newSession).not.toBe(oldSession);
      const states = () =>
        witness.heard.filter(({ t, d }) => t === 'VOICE_STATE_UPDATE' && Object(d).user_id === guild.bot.id);
      await expect.poll(() => states().map((state) => field(state, 'session_id'))).toEqual([oldSession, newSession]);
      expect(states().map((state) => field(state, 'channel_id'))).toEqual([talk.id, talk.id]);
      expect(sim.seats.seen.map(({ channelId }) => channelId)).toEqual([talk.id, talk.id]);
      expect(sim.seats.asked.map(({ sessionId }) => sessionId)).toEqual([oldSession, newSession]);
      expect(sim.seats.asked.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1']);

      // Whoever is told is told once; the witness asked for nothing.
      const toldWitness = witness.names.filter((name) => name === 'VOICE_SERVER_UPDATE').length;
      const ofTakeover = [old.toldServer - toldOld, heir.toldServer - toldHeir];
      expect([...ofTakeover, toldWitness]).toEqual(takeover.tells === 'all' ? [1, 1, 2] : [0, 1, 0]);

      // Only the heir hears; what became of the old connection is as the variant says.
      expect(client?.closedWith).toBe(takeover.closesWith === 'nothing' ? undefined : takeover.closesWith);
      expect(client?.state).toBe(takeover.closesWith === 'nothing' ? 'ready' : 'dropped');
      const [heardBefore, heardAfter] = await heardBy([before, after], ana);
      expect(heardBefore).toBe(0);
      expect(heardAfter).toBeGreaterThan(10);

      // The old process leaves: its goodbye takes nothing with it.
      await old.bot.destroy();
      await expect.poll(() => sim.gateway.sessions.size).toBe(2);
      expect(guild.bot.voice).toMatchObject({ channel: talk, sessionId: newSession });
      const [, heardAtLast] = await heardBy([before, after], ana);
      expect(heardAtLast).toBeGreaterThan(10);
      expect(sim.violations).toEqual([]);
    },
  );

  it('stays where it is while the other has not asked, however many sessions there are', async () => {
    const sim = await discord({ voice: {} });
    const guild = sim.addGuild({ name: 'Café', shard: [1, 2] });
    const talk = guild.addVoiceChannel('Talk');
    const [old] = [new Process(await login(sim, INTENTS, SHARD)), await login(sim, INTENTS, SHARD)];
    await old.join(talk);
    expect(guild.bot.voice?.sessionId).toBe(old.sessionId);
    expect(sim.seats.asked).toHaveLength(1);
  });

  it('is, unless told, closed with 4006 when the other is let in', async () => {
    const sim = await discord({ voice: {} });
    const guild = sim.addGuild({ name: 'Café', shard: [1, 2] });
    const talk = guild.addVoiceChannel('Talk');
    const [old, heir] = [new Process(await login(sim, INTENTS, SHARD)), new Process(await login(sim, INTENTS, SHARD))];
    await old.join(talk);
    const client = sim.voiceRoom(talk).clients.get(old.bot.user.id);
    const left = once(sim.voiceServer, 'left');
    old.shutGate();
    await heir.join(talk);
    expect(await left).toEqual([client]);
    expect(client?.closedWith).toBe(4006);
    expect(heir.toldServer).toBe(2);
  });

  it.each([
    { closesWith: 4006, hears: false },
    { closesWith: 4014, hears: false },
    { closesWith: 'nothing', hears: true },
    { closesWith: undefined, hears: true },
  ] as const)(
    'closed with $closesWith, is heard on by the old connection before the new one is let in: $hears',
    async ({ closesWith, hears }) => {
      const takeover = closesWith === undefined ? {} : { takeover: { closesWith, tells: 'asker' } as const };
      const sim = await discord({ voice: {}, ...takeover });
      const guild = sim.addGuild({ name: 'Café', shard: [1, 2] });
      const talk = guild.addVoiceChannel('Talk');
      const ana = guild.addMember({ name: 'ana' });
      ana.join(talk);
      const old = new Process(await login(sim, INTENTS, SHARD));
      const before = await old.join(talk);
      await sim.voiceRoom(talk).settled();
      old.shutGate();
      const heir = await RawSession.identify(sim, [1, 2]); // it takes the seat, and never connects to voice
      heir.send(4, { guild_id: guild.id, channel_id: talk.id, self_mute: true, self_deaf: false });
      await heir.event('VOICE_SERVER_UPDATE');
      const [heard = 0] = await heardBy([before], ana);
      expect(heard > 10).toBe(hears);
      expect(sim.voiceRoom(talk).clients.size).toBe(hears ? 1 : 0);
    },
  );

  it.each([
    { tells: 'all', told: [2, 2] },
    { tells: 'asker', told: [0, 2] },
  ] as const)('has its next server told to $tells', async ({ tells, told }) => {
    const sim = await discord({ voice: {}, takeover: { closesWith: 4006, tells } });
    const guild = sim.addGuild({ name: 'Café', shard: [1, 2] });
    const talk = guild.addVoiceChannel('Talk');
    const [old, heir] = [new Process(await login(sim, INTENTS, SHARD)), new Process(await login(sim, INTENTS, SHARD))];
    await old.join(talk);
    old.shutGate();
    const connection = await heir.join(talk);
    const before = [old.toldServer, heir.toldServer];
    await sim.voiceServerChange(guild); // one update that the server is gone, one that there is another
    await expect.poll(() => sim.voiceRoom(talk).clients.size, { timeout: 5_000 }).toBe(1);
    await entersState(connection, VoiceConnectionStatus.Ready, 5_000);
    expect([old.toldServer - (before[0] ?? 0), heir.toldServer - (before[1] ?? 0)]).toEqual(told);
  });

  it('is taken back, and taken again, by two processes that both want it', async () => {
    const sim = await discord({ voice: {} });
    const guild = sim.addGuild({ name: 'Café', shard: [1, 2] });
    const talk = guild.addVoiceChannel('Talk');
    const [one, other] = [new Process(await login(sim, INTENTS, SHARD)), new Process(await login(sim, INTENTS, SHARD))];
    await one.join(talk);
    await other.join(talk).catch(() => {}); // the other side may be the one that is in
    await expect.poll(() => sim.seats.asked.length, { timeout: 8_000 }).toBeGreaterThan(2);
    expect(new Set(sim.seats.asked.map(({ sessionId }) => sessionId)).size).toBe(2);
  });

  it('goes over without voice servers, too', async () => {
    const sim = await discord({ takeover: { closesWith: 4014, tells: 'asker' } });
    const guild = sim.addGuild({ name: 'Café', shard: [1, 2] });
    const talk = guild.addVoiceChannel('Talk');
    const [old, heir] = [await RawSession.identify(sim, [1, 2]), await RawSession.identify(sim, [1, 2])];
    await Promise.all([old.event('READY'), heir.event('READY')]);
    const seat = { guild_id: guild.id, channel_id: talk.id, self_mute: true, self_deaf: false };
    old.send(4, seat);
    await old.event('VOICE_SERVER_UPDATE');
    heir.send(4, seat);
    await heir.event('VOICE_SERVER_UPDATE');
    expect(sim.seats.seen.map(({ channelId }) => channelId)).toEqual([talk.id, talk.id]);
    expect(guild.bot.voice?.sessionId).toBe(field(await heir.event('READY'), 'session_id'));
    expect(old.names.filter((name) => name === 'VOICE_SERVER_UPDATE')).toHaveLength(1);
  });
});
