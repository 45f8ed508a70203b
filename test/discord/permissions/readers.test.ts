import type { GuildMember } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { MeetingHead } from '../../../src/core/record.ts';
import { Readers } from '../../../src/discord/permissions/readers.ts';
import type { Channel, Guild, Member } from '../../simulators/discord/index.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { connected } from '../support/connect.ts';

/** A server with a hidden text channel, a hidden voice channel, and Ana, who has only everybody's rights. */
async function place() {
  const made: { guild?: Guild; text?: Channel; voice?: Channel; ana?: Member; open?: Channel } = {};
  const it = await connected((discord) => {
    const guild = discord.addGuild({ name: 'Office' });
    const hidden = { overwrites: [{ for: guild.everyone, deny: ['ViewChannel' as const] }] };
    Object.assign(made, {
      guild,
      text: guild.addTextChannel('board', hidden),
      voice: guild.addVoiceChannel('Board', hidden),
      open: guild.addTextChannel('general'),
      ana: guild.addMember({ name: 'ana' }),
    });
    for (const channel of guild.channels.values()) {
      channel.overwrites = [
        ...channel.overwrites,
        { id: guild.bot.id, type: 1, allow: (1n << 10n) | (1n << 16n), deny: 0n },
      ];
    }
  });
  onTestFinished(() => it[Symbol.asyncDispose]());
  const { guild, text, voice, ana, open } = made;
  if (!guild || !text || !voice || !ana || !open) throw new Error('The world was not built');
  const requests: string[] = [];
  it.discord.rest.http.on('request', ({ url = '' }) => requests.push(url.replace(/^\/api\/v10/, '')));
  const readers = new Readers(it.client);
  const memberOf = async (one: Member): Promise<GuildMember> => {
    const member = await it.client.guilds.cache.get(guild.id)?.members.fetch({ user: one.id, force: true });
    if (!member) throw new Error('They are a member');
    return member;
  };
  const head = (parts: Partial<MeetingHead> = {}) =>
    makeHead({ guildId: guild.id, textChannelId: text.id, voiceChannelId: voice.id, startedBy: '1', ...parts });
  /** Resolves when the bot knows of every change. */
  const known = async () => {
    const mark = guild.addTextChannel('mark');
    await vi.waitFor(() => expect(it.client.channels.cache.has(mark.id)).toBe(true));
  };
  return { ...it, guild, text, voice, ana, open, readers, memberOf, head, known, requests };
}

describe('who may read a meeting', () => {
  it.each([
    ['neither channel', 'text', [], false],
    ['the text channel, with its history', 'text', ['ViewChannel', 'ReadMessageHistory'], true],
    ['the text channel, without its history', 'text', ['ViewChannel'], false],
    ['the voice channel, which they may join', 'voice', ['ViewChannel', 'Connect'], true],
    ['the voice channel, which is locked for them', 'voice', ['ViewChannel'], false],
  ] as const)('is decided by what they could hear or read: %s', async (_, which, allow, expected) => {
    const { [which]: channel, guild, ana, readers, memberOf, head, known } = await place();
    const deny = (['ViewChannel', 'Connect', 'ReadMessageHistory'] as const).filter(
      (one) => !allow.some((a) => a === one),
    );
    channel.setOverwrite({ for: ana, allow: [...allow], deny });
    await known();
    const member = await memberOf(ana);
    expect(await readers.mayRead(member, head())).toBe(expected);
    expect(await readers.mayReadText(member, head())).toBe(expected && which === 'text');
    expect(await readers.whichMayRead(member, [head(), head({ guildId: '2' })])).toEqual(expected ? [head()] : []);
    expect(guild.channels.has(channel.id)).toBe(true);
  });

  it('needs Connect, too, when the meeting is written in the chat of a voice channel', async () => {
    const { voice, ana, readers, memberOf, head, known } = await place();
    const inVoice = head({ textChannelId: voice.id });
    voice.setOverwrite({ for: ana, allow: ['ViewChannel', 'ReadMessageHistory'], deny: ['Connect'] });
    await known();
    expect(await readers.mayReadText(await memberOf(ana), inVoice)).toBe(false);
    voice.setOverwrite({ for: ana, allow: ['ViewChannel', 'ReadMessageHistory', 'Connect'] });
    await vi.waitFor(async () => expect(await readers.mayReadText(await memberOf(ana), inVoice)).toBe(true));
  });

  it('includes the person who started it, but not for a channel that they have lost', async () => {
    const { ana, readers, memberOf, head } = await place();
    const own = head({ startedBy: ana.id });
    expect(await readers.mayRead(await memberOf(ana), own)).toBe(true);
    expect(await readers.mayReadText(await memberOf(ana), own)).toBe(false);
  });

  it('is decided anew for people who read along: by their present roles, and with a no once they have left', async () => {
    const { guild, text, ana, readers, head, known } = await place();
    const role = guild.addRole('reader');
    text.setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
    text.setOverwrite({ for: role, allow: ['ViewChannel', 'ReadMessageHistory'] });
    await known();
    expect(await readers.mayReadTextNow(ana.id, head())).toBe(false);
    ana.setRoles([role]);
    expect(await readers.mayReadTextNow(ana.id, head())).toBe(true);
    ana.quit();
    expect(await readers.mayReadTextNow(ana.id, head())).toBe(false);
    expect(await readers.mayReadTextNow(ana.id, head({ guildId: '2' }))).toBe(false);
  });

  it('is nobody when the channels are gone', async () => {
    const { open, voice, ana, readers, memberOf, head, known, requests } = await place();
    open.delete();
    voice.delete();
    await known();
    const gone = head({ textChannelId: open.id });
    expect(await readers.mayRead(await memberOf(ana), gone)).toBe(false);
    expect(await readers.mayRead(await memberOf(ana), gone)).toBe(false);
    expect(requests.filter((path) => path.startsWith('/channels/'))).toHaveLength(1); // it never comes back
  });

  it('includes people who were there, for the words of that time only', async () => {
    const { ana, readers, memberOf, head } = await place();
    const said = (utteranceId: string, startMs: number) => makeFinal({ utteranceId, startMs, endMs: startMs + 900 });
    const record = {
      head: head(),
      endedMs: 60_000,
      attendance: [
        { speakerId: '100', displayName: 'Boss', joinedMs: 0, leftMs: 60_000 },
        { speakerId: ana.id, displayName: 'Ana', joinedMs: 10_000, leftMs: 20_000 },
        { speakerId: '101', displayName: 'Late', joinedMs: 30_000 },
      ],
      finals: [said('before', 5_000), said('meanwhile', 15_000), said('after', 25_000)],
      translations: [{ ...said('after', 25_000), kind: 'translation' as const, language: 'es' }],
      gaps: [{ startMs: 26_000, endMs: 27_000, reason: 'paused' as const }],
      messages: [{ utteranceId: 'after', channelId: '20', messageId: '900' }],
      summary: { kind: 'written' as const, texts: [], madeBy: { model: 'tiny' } },
    };
    const part = await readers.readablePart(await memberOf(ana), record);
    expect(part?.finals.map(({ utteranceId }) => utteranceId)).toEqual(['meanwhile']);
    expect(part).toMatchObject({ translations: [], gaps: [], messages: [] });
    expect(part?.attendance.map(({ displayName }) => displayName)).toEqual(['Boss', 'Ana']);
    expect(part).not.toHaveProperty('summary');
    const stranger = { ...record, attendance: [] };
    expect(await readers.readablePart(await memberOf(ana), stranger)).toBeUndefined();
  });
});

describe('who may read a meeting in a thread', () => {
  /** A thread in a channel that everybody sees. */
  async function inThread(isPrivate = true) {
    const it = await place();
    const thread = it.open.startThread('secret', {
      owner: it.guild.owner.user,
      members: [it.guild.bot],
      private: isPrivate,
    });
    await it.known();
    return { ...it, thread, meeting: it.head({ textChannelId: thread.id }) };
  }

  it('is decided by its channel when it is public, without asking Discord', async () => {
    const { ana, readers, memberOf, meeting, requests, open } = await inThread(false);
    expect(await readers.mayRead(await memberOf(ana), meeting)).toBe(true);
    open.setOverwrite({ for: ana, deny: ['ReadMessageHistory'] });
    await vi.waitFor(async () => expect(await readers.mayRead(await memberOf(ana), meeting)).toBe(false));
    expect(requests.filter((path) => path.startsWith('/channels/'))).toEqual([]);
  });

  it('are its members who also see its channel, and people who manage threads', async () => {
    const { guild, open, thread, ana, readers, memberOf, meeting } = await inThread();
    const mod = guild.addMember({ name: 'mod', permissions: ['ManageThreads'] });
    expect(await readers.mayRead(await memberOf(mod), meeting)).toBe(true);
    expect(await readers.mayRead(await memberOf(ana), meeting)).toBe(false);
    const ben = guild.addMember({ name: 'ben' });
    thread.invite(ben);
    expect(await readers.mayRead(await memberOf(ben), meeting)).toBe(true);
    open.setOverwrite({ for: ben, deny: ['ViewChannel'] });
    await vi.waitFor(async () => expect(await readers.mayRead(await memberOf(ben), meeting)).toBe(false));
  });

  it('is found out also when it is archived, and is nobody when the bot is no longer in it', async () => {
    const { guild, thread, ana, readers, memberOf, meeting, client } = await inThread();
    thread.invite(ana);
    client.channels.cache.delete(thread.id);
    client.guilds.cache.get(guild.id)?.channels.cache.delete(thread.id);
    expect(await readers.mayRead(await memberOf(ana), meeting)).toBe(true);
    thread.putOut(guild.bot);
    expect(await new Readers(client).mayRead(await memberOf(ana), meeting)).toBe(false);
  });

  it('is asked once for everybody who wants to know at the same time, and again after ten seconds', async () => {
    const { thread, ana, readers, memberOf, meeting, requests } = await inThread();
    thread.invite(ana);
    const member = await memberOf(ana);
    const others = Array.from({ length: 30 }, (_, i) => ({ ...meeting, id: `m${i}` }));
    expect(await readers.whichMayRead(member, others)).toEqual(others);
    await Promise.all(others.map(async (head) => await readers.mayReadText(member, head)));
    expect(requests.filter((path) => path.includes('thread-members'))).toHaveLength(1);
    thread.putOut(ana);
    const laterMs = performance.now() + 10_001;
    vi.spyOn(performance, 'now').mockReturnValue(laterMs);
    onTestFinished(() => void vi.restoreAllMocks());
    expect(await readers.mayRead(member, meeting)).toBe(false);
    expect(requests.filter((path) => path.includes('thread-members'))).toHaveLength(2);
  });

  it.each([{ status: 500 }, { status: 403 }, 'hang'] as const)(
    'is nobody while Discord answers %j',
    async (trouble) => {
      const { discord, thread, ana, readers, memberOf, meeting } = await inThread();
      thread.invite(ana);
      const member = await memberOf(ana);
      discord.rest.faults.add({ path: /thread-members/, times: 2, with: trouble });
      const askedMs = performance.now();
      expect(await readers.mayRead(member, meeting)).toBe(false);
      expect(performance.now() - askedMs).toBeLessThan(2_900); // Discord waits three seconds for suggestions
    },
  );

  it('costs Discord a bounded number of requests, however many threads there are', async () => {
    const { guild, open, ana, readers, memberOf, head, known, requests } = await inThread();
    const threads = Array.from({ length: 60 }, (_, i) =>
      open.startThread(`t${i}`, { owner: guild.owner.user, members: [guild.bot, ana], private: true }),
    );
    await known();
    const heads = threads.map(({ id }) => head({ id, textChannelId: id }));
    const readable = await readers.whichMayRead(await memberOf(ana), heads);
    expect(requests.filter((path) => path.includes('thread-members')).length).toBeLessThanOrEqual(25);
    expect(readable).toEqual(heads.slice(0, readable.length)); // the newest are asked about first
    expect(readable.length).toBeGreaterThan(0);
  });
});
