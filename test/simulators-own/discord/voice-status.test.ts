import { GatewayDispatchEvents } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { PermissionName } from '../../simulators/discord/index.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();
const MAY: readonly PermissionName[] = ['ViewChannel', 'Connect', 'SetVoiceChannelStatus'];

async function talk(botPermissions = MAY) {
  const sim = await discord();
  const guild = sim.addGuild({ name: 'Café', botPermissions, everyonePermissions: [] });
  const voice = guild.addVoiceChannel('Talk');
  const text = guild.addTextChannel('notes');
  guild.bot.join(voice);
  const bot = await login(sim);
  const write = async (status: string | null, { id } = voice) => {
    await bot.rest.put(`/channels/${id}/voice-status`, { body: { status } });
  };
  const next = (event: GatewayDispatchEvents) => new Promise((resolve) => bot.ws.once(event, resolve));
  return { guild, voice, text, bot, write, next };
}

describe('the status of a voice channel, as Discord documents it', () => {
  it('is written, removed, and told to everybody', async () => {
    const { guild, voice, write, next } = await talk();
    const told = next(GatewayDispatchEvents.VoiceChannelStatusUpdate);
    await write('Tea');
    expect(await told).toEqual({ id: voice.id, guild_id: guild.id, status: 'Tea' });
    await write(null);
    expect(voice.status).toBeNull();
  });

  it('is told when it is asked for, and not with the channel', async () => {
    const { guild, voice, bot, next } = await talk();
    voice.setStatus('Tea');
    const told = next(GatewayDispatchEvents.ChannelInfo);
    bot.guilds.cache.get(guild.id)?.shard.send({ op: 43, d: { guild_id: guild.id, fields: ['status'] } });
    expect(await told).toEqual({ guild_id: guild.id, channels: [{ id: voice.id, status: 'Tea' }] });
    expect(voice.json()).not.toHaveProperty('status');
  });

  it('has at most 500 characters, and only voice channels have one', async () => {
    const { text, voice, write } = await talk();
    await write('x'.repeat(500));
    await expect(write('x'.repeat(501))).rejects.toMatchObject({ code: 50035 });
    await expect(write('Tea', text)).rejects.toMatchObject({ code: 50024 });
    expect(voice.status).toHaveLength(500);
  });

  it('needs its permission, and Manage Channels of who does not sit there', async () => {
    const without = await talk(['ViewChannel', 'Connect']);
    await expect(without.write('Tea')).rejects.toMatchObject({ code: 50013 });
    const outside = await talk();
    outside.guild.disconnectBot();
    await expect(outside.write('Tea')).rejects.toMatchObject({ code: 50013 });
    const manager = await talk([...MAY, 'ManageChannels']);
    manager.guild.disconnectBot();
    await manager.write('Tea');
    expect(manager.voice.status).toBe('Tea');
  });
});
