import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Destination } from '../../../src/discord/messages/destination.ts';
import { MinutesError, postMinutes } from '../../../src/discord/minutes/post-minutes.ts';
import type { Channel, DiscordSimulator, Guild } from '../../simulators/discord/index.ts';
import { connected } from '../support/connect.ts';

const minutes = {
  title: 'Weekly',
  overview: '**Weekly**\nTwo people',
  more: [] as string[],
  files: [{ name: 'minutes.md', bytes: Buffer.from('# Weekly\n\n## Transcript\n') }],
};
const soon = () => AbortSignal.timeout(10_000);
const MESSAGES = /\/messages/;

let simulator: DiscordSimulator | undefined;

async function channels(parts: Partial<typeof minutes> = {}, locale = 'en-US') {
  const made: { guild?: Guild; text?: Channel; voice?: Channel } = {};
  const it = await connected((discord) => {
    made.guild = discord.addGuild({ name: 'Office', locale });
    made.text = made.guild.addTextChannel('minutes');
    made.voice = made.guild.addVoiceChannel('Standup');
  });
  onTestFinished(() => it[Symbol.asyncDispose]());
  simulator = it.discord;
  const { guild, text, voice } = made;
  if (!guild || !text || !voice) throw new Error('The world was not built');
  const others: Destination[] = [{ kind: 'channel', channelId: voice.id }];
  const over = { id: 'meeting', endedAtMs: Date.now() };
  const post = (signal = soon()) => postMinutes(it.client, text.id, { ...minutes, ...parts }, others, signal, over);
  return { ...it, guild, text, voice, post };
}

afterEach(() => {
  expect(simulator?.violations).toEqual([]);
});

describe('posting minutes', () => {
  it('is one message with the files attached', async () => {
    const { text, post } = await channels();
    expect((await post()).channelId).toBe(text.id);
    expect(text.messages.map(({ content }) => content)).toEqual(['**Weekly**\nTwo people']);
    const [file] = text.messages[0]?.attachments ?? [];
    expect(file?.filename).toBe('minutes.md');
    expect(Buffer.from(file?.bytes ?? []).toString()).toBe('# Weekly\n\n## Transcript\n');
  });

  it('tries again, and posts once, when Discord is in trouble', async () => {
    const { discord, text, post } = await channels();
    discord.rest.failNext({ method: 'POST', path: MESSAGES, times: 2, with: { status: 502 }, butDoIt: true });
    await post();
    expect(text.messages).toHaveLength(1);
  });

  it('is followed by the texts that had no room, in order, also when Discord is in trouble', async () => {
    const { discord, text, post } = await channels({ more: ['**Decisions**', '**Open questions**'] });
    discord.rest.failNext({ method: 'POST', path: MESSAGES, times: 2, with: { status: 502 }, butDoIt: true });
    await post();
    const contents = text.messages.map(({ content }) => content);
    expect(contents).toEqual(['**Weekly**\nTwo people', '**Decisions**', '**Open questions**']);
  });

  it('goes to the next place when the channel is gone', async () => {
    const { text, voice, post } = await channels();
    text.delete();
    expect((await post()).channelId).toBe(voice.id);
    expect(voice.messages[0]?.attachments).toHaveLength(1);
  });

  it('goes without its files, and says so, when they are too large', async () => {
    const { discord, text, post } = await channels();
    discord.rest.failNext({ method: 'POST', path: MESSAGES, with: { status: 413 } });
    await post();
    expect(text.messages[0]?.content).toContain('too large');
    expect(text.messages[0]?.attachments).toHaveLength(0);
  });

  it('speaks the language of the server', async () => {
    const { discord, text, post } = await channels({}, 'de');
    discord.rest.failNext({ method: 'POST', path: MESSAGES, with: { status: 413 } });
    await post();
    expect(text.messages[0]?.content).toContain('Die Dateien sind zu groß');
    expect(text.messages[0]?.content).toContain('`/protokolle');
  });

  it('fails with a sentence when no place takes them', async () => {
    const { text, voice, post } = await channels();
    text.delete();
    voice.delete();
    await expect(post()).rejects.toThrow(new MinutesError('Cannot post the minutes: no channel takes them (deleted)'));
  });

  it('ends when its time is over', async () => {
    const { discord, post } = await channels();
    discord.rest.failNext({ method: 'POST', path: MESSAGES, times: 20, with: { status: 503 } });
    await expect(post(AbortSignal.timeout(300))).rejects.toThrow('Discord did not take them in time');
  });
});
