import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { lookAtGuilds } from '../../src/bot/look-at-guilds.ts';
import { quiet } from '../../src/core/log.ts';
import { MeetingHouse } from '../../src/core/meeting/house.ts';
import { Budget } from '../../src/core/usage/usage.ts';
import { DiscordPresences } from '../../src/discord/gateway/presence/presence.ts';
import { AutoStart } from '../../src/discord/lobby/auto-start.ts';
import { openJournal } from '../../src/storage/journal/journal.ts';
import { connected } from '../discord/support/connect.ts';
import type { Channel, Guild, Member } from '../simulators/discord/index.ts';
import { makeHead } from '../support/make.ts';
import { MemoryChannel, MemoryRoom, MemorySettings, MemoryTranscriber } from '../support/ports.ts';

/** A bot that logs in while Discord cannot reach the server in which Ana sits. */
async function lateServer({ isAnaThere = true, isUnfinished = false, startsItself = false } = {}) {
  const made: { guild?: Guild; standup?: Channel; ana?: Member } = {};
  const { client, ...it } = await connected((discord) => {
    made.guild = discord.addGuild({ name: 'Office' });
    made.standup = made.guild.addVoiceChannel('Standup');
    made.ana = made.guild.addMember({ name: 'ana' });
    if (isAnaThere) made.ana.join(made.standup);
    made.guild.setAvailable(false);
  });
  const { guild, standup } = made;
  if (!guild || !standup) throw new Error('The world was not built');
  const journal = await openJournal('sqlite://:memory:', quiet);
  const settings = new MemorySettings();
  const stop = new AbortController();
  if (startsItself) await settings.changeGuild(guild.id, { autoStartChannelId: standup.id, autoStartPeople: 1 });
  const head = makeHead({ guildId: guild.id, voiceChannelId: standup.id, beganAt: new Date(Date.now() - 60_000) });
  if (isUnfinished) await journal.begin(head);
  const notes = new MemoryChannel();
  const house = new MeetingHouse({
    rooms: { join: async () => new MemoryRoom() },
    presences: new DiscordPresences(client),
    channels: { open: () => notes },
    panels: { show: async () => {}, leave: async () => {}, end: async () => {} },
    transcriber: new MemoryTranscriber(),
    minutes: { post: async () => [] },
    observer: {
      began: (begun) => autoStart.began(begun),
      over: () => {},
      writtenUp: () => {},
      settingsChanged: () => {},
    },
    journal,
    archive: journal.archive,
    settings,
    log: quiet,
    emptyAfterMs: 60_000,
  });
  const budget = new Budget(journal.usage, undefined);
  const autoStart = new AutoStart({
    client,
    meetings: house,
    settings,
    archive: journal.archive,
    budget,
    log: quiet,
    signal: stop.signal,
  });
  const tidied: string[] = [];
  const looked: string[] = [];
  const looking = lookAtGuilds({
    client,
    house,
    mark: { tidyUp: ({ name }) => void tidied.push(name) },
    autoStart,
    events: { lookAt: ({ name }) => void looked.push(name) },
    signal: stop.signal,
  });
  onTestFinished(async () => {
    looking[Symbol.dispose]();
    autoStart[Symbol.dispose]();
    stop.abort();
    await house.stopAll('shutdown');
    await it[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
  });
  const end = async () => (await journal.archive.read(head.id))?.ending;
  return { house, journal, notes, guild, head, tidied, looked, end, arrive: () => guild.setAvailable(true) };
}

describe('a server that Discord reaches only after the login', () => {
  it('has its unfinished meeting resumed once it is there, and does not count as empty before', async () => {
    const { house, guild, head, arrive, end, tidied } = await lateServer({ isUnfinished: true });
    await house.resumeUnfinished(new AbortController().signal); // it is not waited for
    expect(await end()).toBeUndefined();
    arrive();
    await vi.waitFor(() => expect(house.meetingOf(guild.id)?.head.id).toBe(head.id));
    expect(await end()).toBeUndefined();
    expect(tidied).toEqual([]);
  });

  it('gets the minutes of its unfinished meeting once it is there and the voice channel is empty', async () => {
    const { journal, arrive, end } = await lateServer({ isUnfinished: true, isAnaThere: false });
    expect(await journal.archive.unfinished()).toHaveLength(1);
    arrive();
    await vi.waitFor(async () => expect(await end()).toBe('failed'));
  });

  it('has a meeting start automatically once it is there, after the name mark of a crash was removed', async () => {
    const { house, guild, arrive, tidied, looked } = await lateServer({ startsItself: true });
    expect(house.meetingOf(guild.id)).toBeUndefined();
    arrive();
    await vi.waitFor(() => expect(house.meetingOf(guild.id)).toBeDefined());
    expect(tidied).toEqual(['Office']);
    expect(looked).toEqual(['Office']); // for its events, too
  });

  it('has its unfinished meeting resumed instead of another started automatically', async () => {
    const { house, guild, head, arrive } = await lateServer({ startsItself: true, isUnfinished: true });
    arrive();
    await vi.waitFor(() => expect(house.meetingOf(guild.id)?.head.id).toBe(head.id));
  });
});
