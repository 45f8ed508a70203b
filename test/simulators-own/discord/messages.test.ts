import { type Client, MessageFlags, MessageType, type SendableChannels } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel, DiscordSimulator, Guild } from '../../simulators/discord/index.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();

let sim: DiscordSimulator;
let guild: Guild;
let text: Channel;
let bot: Client<true>;
let channel: SendableChannels;

beforeEach(async () => {
  sim = await discord({ limits: 'none' });
  guild = sim.addGuild({ name: 'Café' });
  text = guild.addTextChannel('general');
  bot = await login(sim);
  const known = bot.channels.cache.get(text.id);
  if (!known?.isSendable()) throw new Error('The client does not know the channel');
  channel = known;
});

describe('messages', () => {
  it('are posted, edited and deleted, and the edits are kept with their times', async () => {
    const message = await channel.send('one');
    await message.edit('two');
    await message.edit('three');
    const [stored] = text.messages;
    expect(stored?.content).toBe('three');
    expect(stored?.original.content).toBe('one');
    expect(stored?.edits.map((edit) => edit.content)).toEqual(['two', 'three']);
    await message.delete();
    expect(text.messages).toEqual([]);
    await expect(message.edit('four')).rejects.toMatchObject({ code: 10008 });
  });

  it('carry files byte by byte, and serve them at their addresses', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 251));
    const message = await channel.send({ files: [{ attachment: bytes, name: 'min utes.md', description: 'Minutes' }] });
    expect(Buffer.from(text.messages[0]?.attachments[0]?.bytes ?? []).equals(bytes)).toBe(true);
    expect(text.messages[0]?.attachments[0]).toMatchObject({ filename: 'min_utes.md', description: 'Minutes' });
    const address = message.attachments.first()?.url ?? '';
    const served = await fetch(address);
    expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
    const unsigned = await fetch(address.split('?')[0] ?? '');
    expect(unsigned.status).toBe(404);
    await unsigned.arrayBuffer();
  });

  it('keep their files through an edit that does not list them', async () => {
    const message = await channel.send({ content: 'x', files: [{ attachment: Buffer.from('x'), name: 'x.md' }] });
    await message.edit({ content: 'y' });
    expect(text.messages[0]?.attachments).toHaveLength(1);
    await message.edit({ content: 'z', attachments: [] });
    expect(text.messages[0]?.attachments).toHaveLength(0);
  });

  it.each([
    ['more than 2,000 characters', { content: 'x'.repeat(2_001) }, 50035],
    ['nothing', { content: '  ' }, 50006],
    ['an embed of more than 4,096 characters', { embeds: [{ description: 'x'.repeat(4_097) }] }, 50035],
    ['26 fields', { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'a', value: 'b' })) }] }, 50035],
    ['embeds of more than 6,000', { embeds: [1, 2].map(() => ({ description: 'x'.repeat(3_001) })) }, 50035],
    ['a nonce of more than 25', { content: 'x', nonce: 'x'.repeat(26) }, 50035],
    ['an answer to no message', { content: 'x', message_reference: { message_id: '1' } }, 50035],
  ])('with %s are refused', async (_, body, code) => {
    await expect(bot.rest.post(`/channels/${text.id}/messages`, { body })).rejects.toMatchObject({ code });
    expect(text.messages).toEqual([]);
  });

  it('say which field was wrong', async () => {
    const body = { embeds: [{ title: 'x'.repeat(257) }] };
    await expect(bot.rest.post(`/channels/${text.id}/messages`, { body })).rejects.toMatchObject({
      rawError: { errors: { embeds: { 0: { title: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } } } } },
    });
  });

  it('of a repeated nonce are one', async () => {
    const first = await channel.send({ content: 'once', nonce: '7', enforceNonce: true });
    const again = await channel.send({ content: 'once', nonce: '7', enforceNonce: true });
    expect(again.id).toBe(first.id);
    expect(text.messages).toHaveLength(1);
  });

  it('of others cannot be edited, and not deleted without Manage Messages', async () => {
    const message = guild.addMember({ name: 'ana' }).write(text, 'hello');
    const path = `/channels/${text.id}/messages/${message.id}` as const;
    await expect(bot.rest.patch(path, { body: { content: 'x' } })).rejects.toMatchObject({ code: 50005 });
    await expect(bot.rest.delete(path)).rejects.toMatchObject({ code: 50013 });
  });

  it('that ping are a violation; those that only look so are not', async () => {
    const ana = guild.addMember({ name: 'ana' });
    await channel.send({ content: `<@${ana.id}> @everyone`, allowedMentions: { parse: [] } });
    expect(sim.violations).toEqual([]);
    await channel.send({ content: `<@${ana.id}>` });
    expect(sim.violations).toHaveLength(1);
  });

  it('in a deleted channel are refused with 10003', async () => {
    text.delete();
    await expect(channel.send('x')).rejects.toMatchObject({ code: 10003 });
  });

  it('are listed newest first, and page by id', async () => {
    for (const content of ['a', 'b', 'c', 'd']) await channel.send(content);
    const newest = await channel.messages.fetch({ limit: 2 });
    expect(newest.map((message) => message.content)).toEqual(['d', 'c']);
    const older = await channel.messages.fetch({ limit: 2, before: newest.last()?.id ?? '' });
    expect(older.map((message) => message.content)).toEqual(['b', 'a']);
  });

  it('reach people directly', async () => {
    const ana = guild.addMember({ name: 'ana' });
    await (await bot.users.fetch(ana.id)).send('psst');
    const direct = [...sim.world.channels.values()].find((other) => other.recipient?.id === ana.id);
    expect(direct?.messages.map((message) => message.content)).toEqual(['psst']);
  });

  it('do not reach people who closed their direct messages: 50007', async () => {
    const ana = guild.addMember({ name: 'ana' });
    ana.takesDirectMessages = false;
    const user = await bot.users.fetch(ana.id);
    await expect(user.send('psst')).rejects.toMatchObject({ code: 50007 });
  });

  it('of people can be voice messages, with a length and a file to fetch', async () => {
    const spoken = guild.addMember({ name: 'ana' }).writeVoiceMessage(text, Buffer.from('OggS'), 2.5);
    const message = await channel.messages.fetch(spoken.id);
    expect(message.flags.has(MessageFlags.IsVoiceMessage)).toBe(true);
    const attachment = message.attachments.first();
    expect(attachment).toMatchObject({ duration: 2.5, contentType: 'audio/ogg' });
    expect(await (await fetch(attachment?.url ?? '')).text()).toBe('OggS');
  });

  it('are pinned by who has Pin Messages, and the channel is told', async () => {
    const message = await channel.send('important');
    await expect(message.pin()).rejects.toMatchObject({ code: 50013 });
    text.setOverwrite({ for: guild.bot, allow: ['PinMessages'] });
    await message.pin();
    expect(text.messages.map(({ type, isPinned, replyTo }) => ({ type, isPinned, replyTo }))).toEqual([
      { type: MessageType.Default, isPinned: true, replyTo: undefined },
      { type: MessageType.ChannelPinnedMessage, isPinned: false, replyTo: message.id },
    ]);
    await message.unpin();
    expect(text.messages[0]?.isPinned).toBe(false);
  });

  it('are announced by typing', async () => {
    await channel.sendTyping();
    expect(text.typedAtMs).toHaveLength(1);
  });

  it('stand beside the voices of a voice channel too', async () => {
    const voice = guild.addVoiceChannel('Talk');
    const beside = await bot.channels.fetch(voice.id);
    if (!beside?.isSendable()) throw new Error('No chat in the voice channel');
    await beside.send({ content: 'here', flags: MessageFlags.SuppressEmbeds });
    expect(voice.messages[0]?.flags).toBe(MessageFlags.SuppressEmbeds);
  });

  it('are waited for, and a wait that is in vain says what the channel holds', async () => {
    const waiting = text.waitFor((message) => message.content === 'awaited');
    await channel.send('awaited');
    expect((await waiting).content).toBe('awaited');
    await expect(text.waitFor((message) => message.content === 'never', { timeoutMs: 10 })).rejects.toThrow(
      '- awaited',
    );
  });
});
