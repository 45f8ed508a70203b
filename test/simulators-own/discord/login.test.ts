import { DiscordAPIError, Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { bots, INTENTS } from './bot.ts';

const { discord, login, newClient } = bots();

describe('logging in with discord.js', () => {
  it('gets ready and knows its servers, channels and locale', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café', locale: 'fr' });
    const text = guild.addTextChannel('general');
    const bot = await login(sim);
    const known = bot.guilds.cache.get(guild.id);
    expect(known).toMatchObject({ name: 'Café', preferredLocale: 'fr' });
    expect(known?.channels.cache.get(text.id)?.name).toBe('general');
    expect(bot.user.id).toBe(sim.world.bot.id);
    expect(sim.violations).toEqual([]);
  });

  it('refuses a wrong token with 401', async () => {
    const sim = await discord();
    const client = newClient(sim);
    await expect(client.login('wrong')).rejects.toThrow('An invalid token was provided');
    expect(sim.violations).toContain('A request with a wrong token');
  });

  it('closes with 4014 when a privileged intent was not granted', async () => {
    const sim = await discord();
    const client = newClient(sim, [...INTENTS, GatewayIntentBits.GuildMembers]);
    await expect(client.login(sim.token)).rejects.toThrow('Used disallowed intents');
  });

  it('lets in who asks for a privileged intent that was granted', async () => {
    const sim = await discord({ privilegedIntents: ['guildMembers'] });
    const bot = await login(sim, [...INTENTS, GatewayIntentBits.GuildMembers]);
    expect(bot.isReady()).toBe(true);
  });

  it('names, without the presences intent, only the bot and those who sit in voice', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    guild.addMember({ name: 'away' });
    const ana = guild.addMember({ name: 'ana' });
    ana.join(guild.addVoiceChannel('Talk'));
    const bot = await login(sim);
    const names = bot.guilds.cache.get(guild.id)?.members.cache.map((member) => member.user.username);
    expect(names?.sort()).toEqual(['Parley', 'ana']);
  });

  it('tells a running client of a server it is added to, and thrown out of', async () => {
    const sim = await discord();
    const bot = await login(sim);
    const added = Promise.withResolvers<string>();
    bot.once(Events.GuildCreate, (guild) => added.resolve(guild.name));
    const guild = sim.addGuild({ name: 'Later' });
    expect(await added.promise).toBe('Later');
    const removed = Promise.withResolvers<string>();
    bot.once(Events.GuildDelete, (gone) => removed.resolve(gone.id));
    guild.remove();
    expect(await removed.promise).toBe(guild.id);
  });

  it('finds members that are asked for by id, over the gateway and over REST', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const [ana, ben] = [guild.addMember({ name: 'ana', nick: 'Ana' }), guild.addMember({ name: 'ben' })];
    const members = (await login(sim)).guilds.cache.get(guild.id)?.members;
    const found = await members?.fetch({ user: [ana.id, ben.id] });
    expect(found?.map((member) => member.displayName)).toEqual(['Ana', 'ben']);
    ana.rename('Anna');
    expect(await members?.fetch({ user: ana.id, force: true })).toMatchObject({ displayName: 'Anna' });
  });

  it('answers a server the bot is not in with 10004', async () => {
    const sim = await discord();
    const bot = await login(sim);
    await expect(bot.guilds.fetch({ guild: '1000000000000000000', force: true })).rejects.toMatchObject({
      code: 10004,
    });
  });

  it('breaks the request it was told to break, and no other', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const bot = await login(sim);
    sim.rest.failNext({ method: 'GET', path: '/guilds/', with: { status: 403 } });
    await expect(bot.rest.get(`/guilds/${guild.id}`)).rejects.toBeInstanceOf(DiscordAPIError);
    await expect(bot.rest.get(`/guilds/${guild.id}`)).resolves.toMatchObject({ name: 'Café' });
  });
});
