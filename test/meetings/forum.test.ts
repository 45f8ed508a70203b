import { describe, expect, it } from 'vitest';
import { readTranscript } from '../discord/support/read-transcript.ts';
import type { Channel } from '../simulators/discord/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';

describe('meetings of a server whose transcript channel is a forum', inRealTime, () => {
  it('are posts with tags, transcript, minutes and pages of their own, which can be erased when they are archived', {
    timeout: 90_000,
  }, async () => {
    await using stage = await openStage();
    const { discord, guild, voice, palabra, moderator, text } = stage;
    guild.bot.setRoles([...guild.bot.roles, guild.addRole('hooks', ['ManageWebhooks'])]);
    const forum = guild.addForum('meetings', { tags: ['Minutes', voice.name], requiresTag: true });
    const ana = guild.addMember({ name: 'Ana' });
    ana.join(voice);
    await moderator.command('settings set', { 'transcript-channel': forum }, { channel: text });
    const posts = (): Channel[] => [...guild.threads.values()].filter(({ parent }) => parent === forum);

    const started = await stage.command(ana, 'transcribe start');
    const [post] = posts();
    if (!post) throw new Error('There is no post');
    expect(started.content).toContain(`<#${post.id}>`);
    expect(post.name).toMatch(/^Meeting · \w+ \d+, \d{4}$/);
    expect(post.appliedTags).toEqual([forum.forum?.tags[1]?.id]);
    expect(post.messages[0]?.content).toBe(`What is said in <#${voice.id}> is transcribed in this post.`);
    await ana.say('This is in a post.');
    const line = await post.waitFor(({ content }) => content.includes('This is in a post.'));
    expect([line.webhook?.channel, line.authorName]).toEqual([forum, 'Ana']);
    await stage.command(ana, 'transcribe stop');
    await palabra.until(() => palabra.openSockets.length === 0);
    const minutes = post.messages.find(({ attachments }) => attachments.length > 0);
    expect(Buffer.from(minutes?.attachments[0]?.bytes ?? []).toString()).toContain('This is in a post.');
    expect(minutes?.content).not.toContain('The transcript:'); // it is here

    await stage.command(ana, 'transcribe start'); // the next one is another post
    await stage.command(ana, 'transcribe stop');
    expect(posts()).toHaveLength(2);

    post.archived = true; // as it is after a day
    const { original: question } = await stage.command(ana, 'privacy forget-me');
    if (!question) throw new Error('Nothing was asked');
    const receipt = await (await ana.click(question, 'c1:erase:')).until(({ content }) => content.includes('Receipt'));
    expect(receipt.content).toContain('0 already gone, 0 left');
    expect(readTranscript(post.messages)).toEqual([]);
    expect(text.messages.filter(({ author }) => author === guild.bot.user)).toEqual([]);
    expect([...discord.violations, ...palabra.violations]).toEqual([]);
  });
});
