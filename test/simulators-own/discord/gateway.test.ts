import { type Client, Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { DiscordSimulator, Guild } from '../../simulators/discord/index.ts';
import { bots, INTENTS } from './bot.ts';

const { discord, login } = bots();

function resumed(bot: Client): Promise<number> {
  const heard = Promise.withResolvers<number>();
  bot.once(Events.ShardResume, (_, replayed) => heard.resolve(replayed));
  return heard.promise;
}

async function seated(): Promise<{ sim: DiscordSimulator; guild: Guild; bot: Client<true> }> {
  const sim = await discord();
  const guild = sim.addGuild({ name: 'Café' });
  const voice = guild.addVoiceChannel('Talk');
  const bot = await login(sim);
  const joined = Promise.withResolvers<void>();
  bot.once(Events.VoiceStateUpdate, () => joined.resolve());
  const d = { guild_id: guild.id, channel_id: voice.id, self_mute: true, self_deaf: false };
  bot.guilds.cache.get(guild.id)?.shard.send({ op: 4, d });
  await joined.promise;
  return { sim, guild, bot };
}

describe.concurrent('a gateway session', () => {
  it('is resumed after a lost connection, and hears what it missed', async () => {
    const { sim, guild, bot } = await seated();
    const back = resumed(bot);
    const heard = Promise.withResolvers<string>();
    bot.once(Events.ChannelCreate, (channel) => heard.resolve(channel.name));
    sim.gateway.drop();
    guild.addTextChannel('missed');
    expect(await back).toBeGreaterThanOrEqual(1);
    expect(await heard.promise).toBe('missed');
    expect(sim.gateway.count).toEqual({ connections: 2, identifies: 1, resumes: 1 });
    expect(guild.bot.voice).toBeDefined();
  });

  it('is resumed when Discord asks to reconnect', async () => {
    const { sim, bot } = await seated();
    const back = resumed(bot);
    sim.gateway.askToReconnect();
    await back;
    expect(sim.gateway.count.identifies).toBe(1);
  });

  it.each([4000, 4001, 4008, 4009])('closed with %i is taken up again', async (code) => {
    const sim = await discord();
    const bot = await login(sim);
    const closed = Promise.withResolvers<number>();
    bot.once(Events.ShardReconnecting, closed.resolve);
    sim.gateway.close(code);
    await closed.promise;
    await expect.poll(() => sim.gateway.count.connections, { timeout: 8_000 }).toBe(2);
  });

  it('that is invalid but can be resumed is resumed on the same connection', async () => {
    const { sim, guild, bot } = await seated();
    const back = resumed(bot);
    sim.gateway.invalidateSession(true);
    await back;
    expect(sim.gateway.count).toEqual({ connections: 1, identifies: 1, resumes: 1 });
    expect(guild.bot.voice).toBeDefined();
  });

  it('that is invalid begins anew, and the bot is out of voice', { timeout: 30_000 }, async () => {
    const { sim, guild, bot } = await seated();
    const anew = Promise.withResolvers<void>();
    bot.once(Events.ShardReady, () => anew.resolve());
    sim.gateway.invalidateSession(false);
    await anew.promise;
    expect(sim.gateway.count.identifies).toBe(2);
    expect(guild.bot.voice).toBeUndefined();
  });

  it('whose resume is refused begins anew', { timeout: 30_000 }, async () => {
    const { sim, guild, bot } = await seated();
    const anew = Promise.withResolvers<void>();
    bot.once(Events.ShardReady, () => anew.resolve());
    sim.gateway.refuseResume();
    sim.gateway.drop();
    await anew.promise;
    expect(sim.gateway.count).toMatchObject({ resumes: 1, identifies: 2 });
    expect(guild.bot.voice).toBeUndefined();
  });

  it('is left by a client whose heartbeats are not answered', async () => {
    const sim = await discord({ heartbeatIntervalMs: 200 });
    const bot = await login(sim);
    const left = Promise.withResolvers<void>();
    bot.once(Events.ShardReconnecting, () => left.resolve());
    sim.gateway.stopAcknowledging();
    await left.promise;
    sim.gateway.stopAcknowledging(false);
    await resumed(bot);
    expect(sim.gateway.count.connections).toBeGreaterThanOrEqual(2);
  });

  it('ends with a clean goodbye, and the bot is out of voice at once', async ({ expect }) => {
    const { sim, guild, bot } = await seated();
    await bot.destroy();
    await expect.poll(() => guild.bot.voice).toBeUndefined();
    expect(sim.gateway.isConnected).toBe(false);
  });

  it('hears only what it asked for', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const text = guild.addTextChannel('general');
    const bot = await login(sim, [GatewayIntentBits.Guilds]);
    const names: string[] = [];
    bot.ws.on('VOICE_STATE_UPDATE' as never, () => names.push('voice')); // an event name that the client types as unheard
    bot.on(Events.MessageCreate, () => names.push('message'));
    guild.addMember({ name: 'ana' }).join(guild.addVoiceChannel('Talk'));
    guild.owner.write(text, 'hello');
    const told = Promise.withResolvers<void>();
    bot.on(Events.ChannelCreate, (channel) => (channel.name === 'last' ? told.resolve() : undefined));
    guild.addTextChannel('last');
    await told.promise;
    expect(names).toEqual([]);
  });

  it('sees of others only that they wrote, without the content intent', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const text = guild.addTextChannel('general');
    const bot = await login(sim, [...INTENTS, GatewayIntentBits.GuildMessages]);
    const heard = Promise.withResolvers<string>();
    bot.once(Events.MessageCreate, (message) => heard.resolve(message.content));
    guild.owner.write(text, 'private words');
    expect(await heard.promise).toBe('');
  });
});
