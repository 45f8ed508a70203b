import { type DMChannel, Events, type GuildMember, type NonThreadGuildBasedChannel, type VoiceState } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { bots } from './bot.ts';

const { discord, login } = bots();

async function talk() {
  const sim = await discord();
  const guild = sim.addGuild({ name: 'Café' });
  const voice = guild.addVoiceChannel('Talk');
  const other = guild.addVoiceChannel('Other');
  const ana = guild.addMember({ name: 'ana', nick: 'Ana' });
  const bot = await login(sim);
  const nextState = () => {
    const heard = Promise.withResolvers<{ before: VoiceState; after: VoiceState }>();
    bot.once(Events.VoiceStateUpdate, (before, after) => heard.resolve({ before, after }));
    return heard.promise;
  };
  return { sim, guild, voice, other, ana, bot, nextState };
}

describe('people in voice, as discord.js sees them', () => {
  it('join with their names, move and leave', async () => {
    const { ana, voice, other, nextState } = await talk();
    const joined = nextState();
    ana.join(voice);
    expect((await joined).after).toMatchObject({ channelId: voice.id, member: { displayName: 'Ana' } });
    const moved = nextState();
    ana.move(other);
    expect((await moved).before.channelId).toBe(voice.id);
    const left = nextState();
    ana.leave();
    expect((await left).after.channelId).toBeNull();
  });

  it('have to be asked for again by name when the members intent is not there', async () => {
    const { ana, voice, nextState } = await talk();
    ana.join(voice);
    await nextState();
    ana.rename('Anna');
    const muted = nextState();
    ana.setVoiceFlags({ selfMute: true });
    expect((await muted).after.member?.displayName).toBe('Anna');
  });

  it('see the bot come by op 4, and go when a moderator disconnects or moves it', async () => {
    const { guild, voice, other, bot, nextState } = await talk();
    const joined = nextState();
    bot.guilds.cache.get(guild.id)?.shard.send({
      op: 4,
      d: { guild_id: guild.id, channel_id: voice.id, self_mute: true, self_deaf: false },
    });
    expect((await joined).after).toMatchObject({ id: bot.user.id, channelId: voice.id, selfMute: true });
    expect(guild.bot.voice?.channel).toBe(voice);
    const moved = nextState();
    guild.moveBot(other);
    expect((await moved).after.channelId).toBe(other.id);
    const thrownOut = nextState();
    guild.disconnectBot();
    expect((await thrownOut).after.channelId).toBeNull();
  });

  it('see the bot come again where it sat before it crashed, and the new session is told its voice server', async () => {
    const { sim, guild, voice, bot, nextState } = await talk();
    const d = { guild_id: guild.id, channel_id: voice.id, self_mute: true, self_deaf: false };
    const joined = nextState();
    bot.guilds.cache.get(guild.id)?.shard.send({ op: 4, d });
    await joined;
    const restarted = await login(sim);
    expect(restarted.guilds.cache.get(guild.id)?.members.me?.voice.channelId).toBe(voice.id);
    const told = Promise.withResolvers<void>();
    restarted.on(Events.Raw, (packet: { t: unknown }) => (packet.t === 'VOICE_SERVER_UPDATE' ? told.resolve() : null));
    restarted.guilds.cache.get(guild.id)?.shard.send({ op: 4, d });
    await told.promise;
  });

  it('lose a full channel and one the bot may not enter, without an answer', async () => {
    const { guild, ana, bot, nextState } = await talk();
    const full = guild.addVoiceChannel('Full', { userLimit: 1 });
    const closed = guild.addVoiceChannel('Closed', { overwrites: [{ for: guild.everyone, deny: ['Connect'] }] });
    closed.setOverwrite({ for: guild.botRole, deny: ['Connect'] });
    ana.join(full);
    await nextState();
    const open = guild.addVoiceChannel('Open');
    const seated = nextState();
    for (const channel of [full, closed, open]) {
      bot.guilds.cache.get(guild.id)?.shard.send({
        op: 4,
        d: { guild_id: guild.id, channel_id: channel.id, self_mute: true, self_deaf: false },
      });
    }
    expect((await seated).after.channelId).toBe(open.id);
  });

  it('are out of a voice channel that is deleted, and the bot hears of both', async () => {
    const { ana, voice, bot, nextState } = await talk();
    ana.join(voice);
    await nextState();
    const left = nextState();
    const deleted = Promise.withResolvers<DMChannel | NonThreadGuildBasedChannel>();
    bot.once(Events.ChannelDelete, deleted.resolve);
    voice.delete();
    expect((await left).after.channelId).toBeNull();
    expect((await deleted.promise).id).toBe(voice.id);
  });

  it('include the bot itself, which is told of its own new name', async () => {
    const { guild, bot } = await talk();
    const renamed = Promise.withResolvers<GuildMember>();
    bot.once(Events.GuildMemberUpdate, (_, after) => renamed.resolve(after));
    await bot.guilds.cache.get(guild.id)?.members.me?.setNickname('[transcribing] Parley');
    expect((await renamed.promise).displayName).toBe('[transcribing] Parley');
    expect(guild.bot.displayName).toBe('[transcribing] Parley');
  });
});
