import { once } from 'node:events';
import {
  EndBehaviorType,
  entersState,
  joinVoiceChannel,
  type VoiceConnection,
  VoiceConnectionStatus,
} from '@discordjs/voice';
import type { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, DiscordSimulator, Guild, Member } from '../../simulators/discord/index.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();

let sim: DiscordSimulator;
let guild: Guild;
let talk: Channel;
let other: Channel;
let ana: Member;
let bot: Client<true>;
let connection: VoiceConnection | undefined;

beforeEach(async () => {
  sim = await discord({ voice: {} });
  guild = sim.addGuild({ name: 'Café' });
  talk = guild.addVoiceChannel('Talk');
  other = guild.addVoiceChannel('Other');
  ana = guild.addMember({ name: 'ana' });
  bot = await login(sim);
});

afterEach(() => {
  if (connection?.state.status !== VoiceConnectionStatus.Destroyed) connection?.destroy();
  connection = undefined;
});

async function join(channel: Channel): Promise<VoiceConnection> {
  const known = bot.guilds.cache.get(guild.id);
  if (known === undefined) throw new Error('The client does not know the guild');
  connection = joinVoiceChannel({
    guildId: guild.id,
    channelId: channel.id,
    adapterCreator: known.voiceAdapterCreator,
    selfDeaf: false,
    selfMute: true,
  });
  return await entersState(connection, VoiceConnectionStatus.Ready, 10_000);
}

/** Hears one person until they say something; how many packets of it that were not silence arrived. */
async function packetsHeard(from: VoiceConnection, member: Member): Promise<number> {
  let count = 0;
  const stream = from.receiver.subscribe(member.id, { end: { behavior: EndBehaviorType.Manual } });
  stream.on('data', (packet: Buffer) => (packet.length > 3 ? count++ : undefined));
  await ana.say('hello');
  stream.destroy();
  return count;
}

describe('voice, with discord.js and @discordjs/voice', inRealTime, () => {
  it('takes the bot into the room and lets it hear who speaks', async () => {
    ana.join(talk);
    const ready = await join(talk);
    await sim.voiceRoom(talk).settled();
    expect(await packetsHeard(ready, ana)).toBeGreaterThan(10);
    expect([...sim.voiceRoom(talk).clients.keys()]).toEqual([bot.user.id]);
  });

  it('throws the bot out of the room when a moderator disconnects it', async () => {
    const ready = await join(talk);
    guild.disconnectBot();
    await entersState(ready, VoiceConnectionStatus.Disconnected, 5_000);
    expect(sim.voiceRoom(talk).clients.size).toBe(0);
  });

  it('takes the bot along when a moderator moves it', async () => {
    ana.join(other);
    const ready = await join(talk);
    const entered = once(sim.voiceServer, 'ready');
    guild.moveBot(other);
    await entered;
    await entersState(ready, VoiceConnectionStatus.Ready, 5_000);
    await sim.voiceRoom(other).settled();
    expect(await packetsHeard(ready, ana)).toBeGreaterThan(10);
  });

  it('moves everybody to another server when the guild changes its own', async () => {
    ana.join(talk);
    const ready = await join(talk);
    const before = sim.voiceRoom(talk);
    await sim.voiceServerChange(guild);
    await expect.poll(() => sim.voiceRoom(talk).clients.size, { timeout: 5_000 }).toBe(1);
    expect(before.clients.size).toBe(0);
    await entersState(ready, VoiceConnectionStatus.Ready, 5_000);
    await sim.voiceRoom(talk).settled();
    expect(await packetsHeard(ready, ana)).toBeGreaterThan(10);
  });

  it('tells the bot its server again when it rejoins where it is', async () => {
    const ready = await join(talk);
    const entered = once(sim.voiceServer, 'ready');
    ready.rejoin();
    await entered;
    await entersState(ready, VoiceConnectionStatus.Ready, 5_000);
    expect(guild.bot.voice?.channel).toBe(talk);
  });

  it('ends for the bot with its gateway session', async () => {
    await join(talk);
    const left = once(sim.voiceServer, 'left');
    sim.gateway.invalidateSession(false);
    await left;
    expect(guild.bot.voice).toBeUndefined();
  });

  it('is silent for who does not sit in it', async () => {
    await expect(ana.say('hello')).rejects.toThrow('not in a voice channel');
  });
});
