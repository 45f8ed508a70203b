import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { PERMISSION } from '../../simulators/discord/world/permissions.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();

describe('permissions', () => {
  it.each(Object.entries(PERMISSION))('%s has the bit that discord.js knows', (name, bit) => {
    const known = Object.entries(PermissionFlagsBits).find(([other]) => other.toLowerCase() === name.toLowerCase());
    expect(known?.[1]).toBe(bit);
  });

  it('are computed by the client from roles and overwrites as the simulator computes them', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café', botPermissions: ['ViewChannel', 'SendMessages'] });
    const role = guild.addRole('muted');
    guild.bot.setRoles([guild.botRole, role]);
    const text = guild.addTextChannel('general', {
      overwrites: [
        { for: guild.everyone, deny: ['SendMessages', 'AttachFiles', 'EmbedLinks'] },
        { for: role, allow: ['EmbedLinks'], deny: ['AddReactions'] },
        { for: guild.bot, allow: ['AttachFiles'] },
      ],
    });
    const bot = await login(sim);
    const computed = bot.channels.cache.get(text.id);
    if (computed?.type !== ChannelType.GuildText) throw new Error('The client does not know the channel');
    expect(computed.permissionsFor(bot.user)?.bitfield).toBe(guild.bot.permissionsIn(text));
    expect(guild.bot.may('EmbedLinks', text)).toBe(true);
    expect(guild.bot.may('SendMessages', text)).toBe(false);
    expect(guild.bot.may('AttachFiles', text)).toBe(true);
  });

  it('reach the client when a moderator changes them', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const text = guild.addTextChannel('general');
    const bot = await login(sim);
    const changed = Promise.withResolvers<void>();
    bot.once('channelUpdate', () => changed.resolve());
    text.setOverwrite({ for: guild.bot, deny: ['ViewChannel'] });
    await changed.promise;
    const seen = bot.channels.cache.get(text.id);
    expect(seen?.isTextBased() && 'permissionsFor' in seen && seen.permissionsFor(bot.user)?.has('ViewChannel')).toBe(
      false,
    );
  });

  it.each([
    ['ViewChannel', 50001],
    ['SendMessages', 50013],
    ['AttachFiles', 50013],
    ['EmbedLinks', 50013],
  ] as const)('without %s a message with file and embed is refused with %i', async (permission, code) => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const text = guild.addTextChannel('general');
    text.setOverwrite({ for: guild.bot, deny: [permission] });
    const bot = await login(sim);
    const channel = await bot.guilds.cache.get(guild.id)?.channels.cache.get(text.id);
    if (!channel?.isTextBased()) throw new Error('The client does not know the channel');
    const files = [{ attachment: Buffer.from('x'), name: 'x.txt' }];
    await expect(channel.send({ content: 'x', files, embeds: [{ title: 'x' }] })).rejects.toMatchObject({ code });
    expect(text.messages).toEqual([]);
  });

  it('of pinning are their own', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const text = guild.addTextChannel('general');
    const bot = await login(sim);
    const channel = bot.channels.cache.get(text.id);
    if (!channel?.isSendable()) throw new Error('The client does not know the channel');
    const message = await channel.send('panel');
    await expect(message.pin()).rejects.toMatchObject({ code: 50013 });
    text.setOverwrite({ for: guild.bot, allow: ['PinMessages'] });
    await message.pin();
    expect(text.messages[0]?.isPinned).toBe(true);
    const pinned = await channel.messages.fetchPins();
    expect(pinned.items.map((item) => item.message.id)).toEqual([message.id]);
  });
});
