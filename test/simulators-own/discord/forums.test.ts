import { ChannelType, type ForumChannel } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { PermissionName } from '../../simulators/discord/index.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();
const MAY: readonly PermissionName[] = ['ViewChannel', 'SendMessages', 'SendMessagesInThreads', 'ManageWebhooks'];

async function board(botPermissions = MAY, requiresTag = false) {
  const sim = await discord();
  const guild = sim.addGuild({ name: 'Café', botPermissions, everyonePermissions: ['ViewChannel'] });
  const tags = ['Talk', { name: 'Official', isModerated: true }] as const;
  const forum = guild.addForum('meetings', { tags, requiresTag });
  const bot = await login(sim);
  const known = bot.channels.cache.get(forum.id) as ForumChannel;
  const post = (appliedTags: readonly string[] = [], message: object = { content: 'The first' }) =>
    bot.rest.post(`/channels/${forum.id}/threads`, {
      body: { name: 'Monday', message, applied_tags: appliedTags },
    }) as Promise<{ id: string; message: { id: string } }>;
  return { sim, guild, forum, bot, known, post };
}

describe('a forum, as Discord documents it', () => {
  it('is told of with its tags, and whether posts need one', async () => {
    const { known } = await board(MAY, true);
    expect(known.type).toBe(ChannelType.GuildForum);
    expect(known.flags.has('RequireTag')).toBe(true);
    expect(known.availableTags).toMatchObject([
      { name: 'Talk', moderated: false },
      { name: 'Official', moderated: true },
    ]);
  });

  it('has posts, which are threads with a first message of the same id, and tags', async () => {
    const { guild, known, forum } = await board();
    const [talk] = known.availableTags;
    const made = await known.threads.create({
      name: 'Monday',
      message: { content: 'The first' },
      appliedTags: [talk?.id ?? ''],
    });
    const post = guild.threads.get(made.id);
    expect([post?.name, post?.parent, post?.kind]).toEqual(['Monday', forum, 'public thread']);
    expect(post?.messages.map(({ id, content }) => [id, content])).toEqual([[made.id, 'The first']]);
    expect(made.appliedTags).toEqual([talk?.id]);
    await made.send('The second');
    expect(post?.messages).toHaveLength(2);
  });

  it('takes no message beside its posts, and no empty post', async () => {
    const { bot, forum, post } = await board();
    const direct = bot.rest.post(`/channels/${forum.id}/messages`, { body: { content: 'Hi' } });
    await expect(direct).rejects.toMatchObject({ code: 40058 });
    await expect(post([], {})).rejects.toMatchObject({ code: 50006 });
  });

  it('wants the right to create posts, and a tag where it says so', async () => {
    const without = await board(['ViewChannel', 'SendMessagesInThreads']);
    await expect(without.post()).rejects.toMatchObject({ code: 50013 });
    const { post, known } = await board(MAY, true);
    const [talk, official] = known.availableTags.map(({ id }) => id);
    await expect(post()).rejects.toMatchObject({ code: 40067 });
    await expect(post(['123456789012345678'])).rejects.toMatchObject({ code: 50035 });
    await expect(post([official ?? ''])).rejects.toMatchObject({ code: 50013 });
    expect(await post([talk ?? ''])).toMatchObject({ applied_tags: [talk] });
  });

  it('takes what a webhook writes in its posts alone', async () => {
    const { guild, bot, forum, post } = await board();
    const { id } = await post();
    const webhook = (await bot.rest.post(`/channels/${forum.id}/webhooks`, { body: { name: 'Ana' } })) as {
      id: string;
      token: string;
    };
    const write = (query?: URLSearchParams) =>
      bot.rest.post(`/webhooks/${webhook.id}/${webhook.token}`, {
        body: { content: 'Hello' },
        auth: false,
        ...(query && { query }),
      });
    await expect(write()).rejects.toMatchObject({ code: 220001 });
    await write(new URLSearchParams({ thread_id: id }));
    expect(guild.threads.get(id)?.messages.map(({ content }) => content)).toEqual(['The first', 'Hello']);
  });

  it('has archived posts opened by whoever may write in them, and locked ones by moderators', async () => {
    const { guild, bot, post } = await board();
    const { id } = await post();
    const thread = guild.threads.get(id);
    if (!thread) throw new Error('There is no post');
    const open = () => bot.rest.patch(`/channels/${id}`, { body: { archived: false } });
    thread.archived = true;
    const edit = () => bot.rest.patch(`/channels/${id}/messages/${id}`, { body: { content: 'Changed' } });
    await expect(edit()).rejects.toMatchObject({ code: 50083 });
    await open();
    await edit();
    expect(thread.archived).toBe(false);
    thread.archived = true;
    thread.locked = true;
    await expect(open()).rejects.toMatchObject({ code: 50013 });
  });
});
