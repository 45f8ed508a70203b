import type { Client } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { MeetingHead, StatusNotice } from '../../../src/core/record.ts';
import { VoiceStatus } from '../../../src/discord/lobby/voice-status.ts';
import type { Channel, DiscordSimulator, Guild, PermissionName } from '../../simulators/discord/index.ts';
import { makeHead } from '../../support/make.ts';
import { MemoryJournal } from '../../support/ports.ts';
import { connected } from '../support/connect.ts';

const MAY: readonly PermissionName[] = ['ViewChannel', 'Connect', 'SetVoiceChannelStatus'];
const LANGUAGES = [
  ['en-US', 'transcribed in #notes'],
  ['de', 'wird in #notes mitgeschrieben'],
  ['es-ES', 'se transcribe en #notes'],
  ['fr', 'transcrit dans #notes'],
  ['ja', '#notes に文字起こし中'],
  ['pt-BR', 'transcrito em #notes'],
] as const;

let discord: DiscordSimulator;
let client: Client<true>;
const guilds = new Map<string, Guild>();
const open = new AsyncDisposableStack();

beforeAll(async () => {
  const it = await connected((sim) => {
    for (const [locale] of LANGUAGES)
      guilds.set(
        locale,
        sim.addGuild({ name: locale, locale, botPermissions: MAY, everyonePermissions: ['ViewChannel'] }),
      );
  });
  open.use(it);
  ({ discord, client } = it);
});
afterAll(() => open.disposeAsync());

interface Meeting {
  readonly guild: Guild;
  readonly voice: Channel;
  readonly notes: Channel;
  readonly kept: Record<string, StatusNotice>;
  readonly status: VoiceStatus;
  /** The meeting in the next process, with what the journal has of it. */
  again(signal?: AbortSignal): VoiceStatus;
  /** The bot is in the voice channel, or has left, and the client knows. */
  sit(channel: Channel | undefined): Promise<void>;
  /** Another voice channel, in which the bot may manage channels, so that it may write there from outside. */
  readonly other: Channel;
  /** Puts the notice up, and waits for it. */
  put(status?: VoiceStatus, channel?: Channel): Promise<void>;
}

/** A meeting in a channel of its own, whose status was `before`. */
async function meeting({ locale = 'en-US', before = 'Tea and biscuits' as string | null } = {}): Promise<Meeting> {
  const guild = guilds.get(locale);
  if (!guild) throw new Error('There is no such server');
  const voice = guild.addVoiceChannel('Talk');
  const other = guild.addVoiceChannel('Other', { overwrites: [{ for: guild.bot, allow: ['ManageChannels'] }] });
  const notes = guild.addTextChannel('notes');
  voice.setStatus(before);
  const head = makeHead({ guildId: guild.id, voiceChannelId: voice.id, textChannelId: notes.id });
  const kept: Record<string, StatusNotice> = {};
  const journal = new MemoryJournal();
  journal.setPlaces = async ({ voiceStatuses = {} }) => {
    for (const [id, status] of Object.entries(voiceStatuses)) kept[id] = status;
  };
  const parts = { client, journal, log: quiet };
  const { signal: never } = new AbortController();
  const again = (signal = never) => {
    const now: MeetingHead = { ...head, places: { voiceStatuses: { ...kept } } };
    return new VoiceStatus(now, { ...parts, signal });
  };
  const status = again();
  const sit = async (channel: Channel | undefined) => {
    if (channel && guild.bot.voice) guild.moveBot(channel);
    else if (channel) guild.bot.join(channel);
    else guild.disconnectBot();
    const me = () => client.guilds.cache.get(guild.id)?.members.me?.voice.channelId ?? undefined;
    await vi.waitFor(() => expect(me()).toBe(channel?.id));
    await vi.waitFor(() => expect(client.channels.cache.has(notes.id)).toBe(true));
  };
  await sit(voice);
  const put = async (it = status, channel = voice) => {
    it.put(channel.id, notes.id);
    await vi.waitFor(() => expect(channel.status).toMatch(/notes/));
  };
  return { guild, voice, notes, other, kept, status, again, sit, put };
}

const writes = () => discord.rest.seen.filter(({ route }) => route.endsWith('/voice-status')).length;

describe('the status of a voice channel in which a meeting runs', () => {
  it.each(LANGUAGES)('says in the language of the server where it is transcribed: %s', async (locale, words) => {
    const { voice, status, put } = await meeting({ locale });
    await put();
    expect(voice.status).toBe(words);
    await status.takeDown();
    expect(voice.status).toBe('Tea and biscuits');
  });

  it.each([
    ['none', null],
    ['as long as Discord allows', 'é'.repeat(500)],
  ])('is afterwards what it was before: %s', async (_, before) => {
    const { voice, status, put, kept } = await meeting({ before });
    await put();
    await status.takeDown();
    expect(voice.status).toBe(before);
    expect(kept[voice.id]).toEqual({ notice: '', before: '' }); // what people wrote is kept no longer than needed
  });

  it('stays as somebody set it meanwhile, for this process and the next', async () => {
    const { voice, notes, status, again, put, other } = await meeting();
    await put();
    voice.setStatus('Do not disturb');
    const before = writes();
    await status.takeDown(); // for a restart
    const next = again();
    next.put(voice.id, notes.id);
    await put(next, other); // in its turn, after the first
    await next.takeDown();
    expect([voice.status, writes() - before]).toEqual(['Do not disturb', 2]);
  });

  it('is kept by the process that goes on after a crash, which brings back what stood there before the first', async () => {
    const { voice, notes, again, put, other } = await meeting();
    await put();
    const before = writes();
    const next = again();
    next.put(voice.id, notes.id);
    await put(next, other); // in its turn, after the first
    expect([voice.status, writes() - before]).toEqual(['transcribed in #notes', 1]);
    await again().takeDown(); // a third one only writes the minutes
    expect([voice.status, other.status]).toEqual(['Tea and biscuits', null]);
  });

  it('is put up again by the process after a restart, during which nobody is transcribed', async () => {
    const { voice, status, again, put } = await meeting();
    await put();
    await status.takeDown();
    expect(voice.status).toBe('Tea and biscuits');
    const next = again();
    await put(next);
    await next.takeDown();
    expect(voice.status).toBe('Tea and biscuits');
  });

  it('is left to the process that has the meeting now', async () => {
    const lost = new AbortController();
    const { voice, notes, again, put } = await meeting();
    await put();
    const given = again(lost.signal);
    lost.abort(new Error('Another process goes on with the meeting'));
    given.put(voice.id, notes.id);
    await given.takeDown();
    expect(voice.status).toBe('transcribed in #notes');
  });

  it('is not written any more once the meeting is over, however soon that is', async () => {
    const { voice, notes, status } = await meeting();
    status.put(voice.id, notes.id);
    await status.takeDown();
    expect(voice.status).toBe('Tea and biscuits');
  });

  it('is not taken for a person’s where an earlier meeting had to leave it', async () => {
    const { voice, notes, status, put, other, kept } = await meeting({ before: 'transcribed in #notes' });
    status.put(voice.id, notes.id);
    await put(status, other); // in its turn, after the first
    expect(kept[voice.id]?.before).toBe('');
    await status.takeDown();
    expect(voice.status).toBeNull();
  });

  it('does not name a text channel that not everybody sees who sees the voice channel', async () => {
    const { guild, voice, notes, status } = await meeting();
    notes.setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
    await vi.waitFor(() => {
      const known = client.guilds.cache.get(guild.id)?.channels.cache.get(notes.id);
      expect(known?.permissionsFor(guild.everyone.id)?.has('ViewChannel')).toBe(false);
    });
    status.put(voice.id, notes.id);
    await vi.waitFor(() => expect(voice.status).toBe('transcribed'));
    await status.takeDown();
    expect(voice.status).toBe('Tea and biscuits');
  });

  it('stays untouched, and nobody is asked about it, where the bot may not change it', async () => {
    const { guild, voice, notes, status } = await meeting();
    voice.setOverwrite({ for: guild.bot, deny: ['SetVoiceChannelStatus'] });
    await vi.waitFor(() => {
      const known = client.guilds.cache.get(guild.id)?.channels.cache.get(voice.id);
      expect(known?.permissionsFor(client.user.id)?.has('SetVoiceChannelStatus')).toBe(false);
    });
    const before = writes();
    status.put(voice.id, notes.id);
    await status.takeDown();
    expect([voice.status, writes() - before]).toEqual(['Tea and biscuits', 0]);
  });

  it('comes back after the bot was thrown out only where it may manage channels', async () => {
    const { guild, voice, status, again, sit, put } = await meeting();
    await put();
    await sit(undefined);
    await status.takeDown();
    expect(voice.status).toBe('transcribed in #notes');
    voice.setOverwrite({ for: guild.bot, allow: ['ManageChannels'] });
    await vi.waitFor(() => {
      const known = client.guilds.cache.get(guild.id)?.channels.cache.get(voice.id);
      expect(known?.permissionsFor(client.user.id)?.has('ManageChannels')).toBe(true);
    });
    await again().takeDown();
    expect(voice.status).toBe('Tea and biscuits');
  });

  it('moves along when the bot is moved to another channel', async () => {
    const { guild, voice, notes, other, status, sit, put } = await meeting();
    voice.setOverwrite({ for: guild.bot, allow: ['ManageChannels'] });
    await put();
    await sit(other);
    status.follow(other.id, notes.id);
    await vi.waitFor(() => expect([voice.status, other.status]).toEqual(['Tea and biscuits', 'transcribed in #notes']));
    await status.takeDown();
    expect([voice.status, other.status]).toEqual(['Tea and biscuits', null]);
    expect(discord.violations).toEqual([]);
  });
});
