import { ChannelType, type Client, type TextChannel, WebhookClient } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel, DiscordSimulator, Guild } from '../../simulators/discord/index.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();

let sim: DiscordSimulator;
let guild: Guild;
let text: Channel;
let bot: Client<true>;
let channel: TextChannel;

beforeEach(async () => {
  sim = await discord();
  guild = sim.addGuild({ name: 'Café' });
  guild.bot.setRoles([guild.botRole, guild.addRole('webhooks', ['ManageWebhooks'])]);
  text = guild.addTextChannel('general');
  bot = await login(sim);
  const known = bot.channels.cache.get(text.id);
  if (known?.type !== ChannelType.GuildText) throw new Error('The client does not know the channel');
  channel = known;
});

describe('webhooks', () => {
  it('write, edit and delete under any name and picture', async () => {
    const webhook = await channel.createWebhook({ name: 'Parley' });
    const message = await webhook.send({ content: 'hi', username: 'Ana', avatarURL: 'https://cdn.example/a.png' });
    expect(text.messages[0]).toMatchObject({ authorName: 'Ana', avatarUrl: 'https://cdn.example/a.png' });
    await webhook.editMessage(message, 'hi there');
    expect(text.messages[0]?.content).toBe('hi there');
    await webhook.deleteMessage(message);
    expect(text.messages).toEqual([]);
  });

  it('are found again, with the token for who made them', async () => {
    const made = await channel.createWebhook({ name: 'Parley' });
    const found = (await channel.fetchWebhooks()).first();
    expect(found).toMatchObject({ id: made.id, token: made.token });
    expect((await bot.guilds.cache.get(guild.id)?.fetchWebhooks())?.size).toBe(1);
  });

  it('need Manage Webhooks', async () => {
    text.setOverwrite({ for: guild.bot, deny: ['ManageWebhooks'] });
    await expect(channel.createWebhook({ name: 'Parley' })).rejects.toMatchObject({ code: 50013 });
  });

  it('that were deleted are unknown, and a wrong token is refused', async () => {
    const made = await channel.createWebhook({ name: 'Parley' });
    const wrong = new WebhookClient({ id: made.id, token: 'wrong' }, { rest: { api: sim.apiUrl } });
    await expect(wrong.send('x')).rejects.toMatchObject({ code: 50027 });
    sim.world.webhooks.get(made.id)?.delete();
    await expect(made.send('x')).rejects.toMatchObject({ code: 10015 });
  });

  it('may not be named after Discord', async () => {
    const webhook = await channel.createWebhook({ name: 'Parley' });
    await expect(webhook.send({ content: 'x', username: 'Discord fan' })).rejects.toMatchObject({ code: 50035 });
  });
});

describe('threads', () => {
  it('begin at a message or alone, and take messages of the bot and of webhooks', async () => {
    const message = await channel.send('meeting');
    const thread = await message.startThread({ name: 'Meeting' });
    expect(thread.id).toBe(message.id);
    await thread.send('inside');
    const alone = await channel.threads.create({ name: 'Spanish', type: ChannelType.PublicThread });
    const webhook = await channel.createWebhook({ name: 'Parley' });
    await webhook.send({ content: 'hola', username: 'Ana', threadId: alone.id });
    expect(guild.threads.get(thread.id)?.messages.map((one) => one.content)).toEqual(['inside']);
    expect(guild.threads.get(alone.id)?.messages.map((one) => one.content)).toEqual(['hola']);
  });

  it('begin at a message only once', async () => {
    const message = await channel.send('meeting');
    await message.startThread({ name: 'Meeting' });
    const body = { name: 'Again' };
    const path = `/channels/${text.id}/messages/${message.id}/threads` as const;
    await expect(bot.rest.post(path, { body })).rejects.toMatchObject({ code: 160004 });
  });

  it('take no edits while they are archived: 50083', async () => {
    const thread = await channel.threads.create({ name: 'Meeting', type: ChannelType.PublicThread });
    const message = await thread.send('x');
    await thread.setArchived(true);
    await expect(message.edit('y')).rejects.toMatchObject({ code: 50083 });
  });

  it('are archived, and opened again by a message', async () => {
    const thread = await channel.threads.create({ name: 'Meeting', type: ChannelType.PublicThread });
    await thread.setArchived(true);
    expect(guild.threads.get(thread.id)?.archived).toBe(true);
    await thread.send('again');
    expect(guild.threads.get(thread.id)?.archived).toBe(false);
  });

  it('are gone with their channel', async () => {
    const thread = await channel.threads.create({ name: 'Meeting', type: ChannelType.PublicThread });
    text.delete();
    await expect(thread.send('x')).rejects.toMatchObject({ code: 10003 });
  });
});
