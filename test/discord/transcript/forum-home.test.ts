import { describe, expect, it, onTestFinished } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { MeetingHead } from '../../../src/core/record.ts';
import { DiscordTranscriptChannels } from '../../../src/discord/transcript/transcript-channels.ts';
import type { Channel, Guild } from '../../simulators/discord/index.ts';
import { makeHead } from '../../support/make.ts';
import { connected } from '../support/connect.ts';

const look = { style: 'grow', speakerWebhooks: true, thread: false, languageThreads: [] } as const;

async function board(locale = 'en-US') {
  const made: { guild?: Guild; forum?: Channel } = {};
  const it = await connected((discord) => {
    made.guild = discord.addGuild({ name: 'Office', locale });
    made.forum = made.guild.addForum('meetings', { tags: ['Deutsch', 'German', 'Weekly'] });
  });
  onTestFinished(() => it[Symbol.asyncDispose]());
  const { guild, forum } = made;
  if (!guild || !forum) throw new Error('The world was not built');
  const { signal } = new AbortController();
  const channels = new DiscordTranscriptChannels({ client: it.client, log: quiet, fallbacks: () => [], signal });
  const open = async (parts: Partial<MeetingHead> = {}, language = 'auto') => {
    const head = makeHead({ guildId: guild.id, textChannelId: forum.id, ...parts });
    const home = await channels.homeOf(head, look, language);
    return { head, home, post: guild.threads.get(home) };
  };
  const tagsOf = (post: Channel | undefined) =>
    post?.appliedTags.map((id) => forum.forum?.tags.find((tag) => tag.id === id)?.name);
  return { ...it, guild, forum, channels, open, tagsOf };
}

describe('the post of a meeting', () => {
  it('is known at once, and has the tags of its channel and its language', async () => {
    const { client, forum, open, tagsOf, discord } = await board();
    const { home, post } = await open({}, 'de');
    const known = client.channels.cache.get(home);
    expect(known?.isThread() && known.parentId).toBe(forum.id);
    expect([post?.name, tagsOf(post)]).toEqual(['Weekly · Nov 23, 2026', ['Deutsch', 'German', 'Weekly']]);
    expect(discord.violations).toEqual([]);
  });

  it.each([
    ['mentions and Markdown', '@everyone **<@1>** [x](https://evil.example)'],
    ['control characters and new lines', 'a\u0000b\u0007\nc\u202e'],
    ['4,000 characters', 'long '.repeat(800)],
    ['nothing', ' \n '],
  ])('is called by a title of %s without harm', async (_, title) => {
    const { open } = await board();
    const { post } = await open({ title, voiceChannelName: title });
    expect(post?.name.length).toBeLessThanOrEqual(100);
    expect(post?.name).toMatch(/^\S[^\n\0]* · Nov 23, 2026$/);
    expect(post?.messages[0]?.mentions).toMatchObject({ everyone: false });
  });

  it('is closed when the meeting does not begin, and only then', async () => {
    const { channels, guild, open } = await board();
    const text = guild.addTextChannel('notes');
    const { home, head } = await open({ textChannelId: text.id });
    expect(home).toBe(text.id);
    await channels.closeHome(head.textChannelId, home);
    const { head: other, home: postId, post } = await open();
    await channels.closeHome(other.textChannelId, postId);
    expect([text.archived, post?.archived]).toEqual([false, true]);
  });
});
