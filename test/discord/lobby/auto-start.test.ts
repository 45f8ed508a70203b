import type { Client, Guild as KnownGuild } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { VoiceError } from '../../../src/core/errors.ts';
import { quiet } from '../../../src/core/log.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import type { Settings } from '../../../src/core/ports/settings.ts';
import { Budget } from '../../../src/core/usage/usage.ts';
import { AutoStart } from '../../../src/discord/lobby/auto-start.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { openSettings } from '../../../src/storage/settings/settings.ts';
import { MeetingsInMemory } from '../../commands/support/meetings-in-memory.ts';
import type { Channel, DiscordSimulator, Guild, Member } from '../../simulators/discord/index.ts';
import { makeHead } from '../../support/make.ts';
import { connected } from '../support/connect.ts';
import { heardSoFar } from '../support/heard-so-far.ts';

interface Office {
  readonly discord: DiscordSimulator;
  readonly client: Client<true>;
  readonly guild: Guild;
  readonly standup: Channel;
  readonly notes: Channel;
  readonly ana: Member;
  readonly ben: Member;
  readonly robot: Member; // another bot
  readonly settings: Settings;
  readonly journal: Journal;
  readonly meetings: MeetingsInMemory;
  readonly autoStart: AutoStart;
  /** The server as the client knows it. */
  known(): KnownGuild;
  /** How many meetings have begun, once every look at the server so far is over. */
  begun(): Promise<number>;
}

/** A server in which meetings begin automatically in Standup; Ana is there already. */
async function office(people = 2): Promise<Office> {
  const made: Partial<Record<'standup' | 'notes', Channel> & Record<'ana' | 'ben' | 'robot', Member>> = {};
  let guild: Guild | undefined;
  const it = await connected((discord) => {
    guild = discord.addGuild({ name: 'Office' });
    made.standup = guild.addVoiceChannel('Standup');
    made.notes = guild.addTextChannel('notes');
    made.ana = guild.addMember({ name: 'ana' });
    made.ben = guild.addMember({ name: 'ben' });
    made.robot = guild.addMember({ name: 'music', bot: true });
    made.ana.join(made.standup);
  });
  const { standup, notes, ana, ben, robot } = made;
  if (!guild || !standup || !notes || !ana || !ben || !robot) throw new Error('The world was not built');
  const settings = await openSettings('sqlite://:memory:', quiet);
  const journal = await openJournal('sqlite://:memory:', quiet);
  await settings.changeGuild(guild.id, { autoStartChannelId: standup.id, autoStartPeople: people });
  const meetings = new MeetingsInMemory(settings, journal);
  const stop = new AbortController();
  const budget = new Budget(journal.usage, 60_000);
  const parts = {
    client: it.client,
    meetings,
    settings,
    archive: journal.archive,
    budget,
    log: quiet,
    signal: stop.signal,
  };
  const autoStart = new AutoStart(parts);
  onTestFinished(async () => {
    autoStart[Symbol.dispose]();
    stop.abort();
    await it[Symbol.asyncDispose]();
    await settings[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
  });
  const { id } = guild;
  const world = guild;
  return {
    ...it,
    guild,
    standup,
    notes,
    ana,
    ben,
    robot,
    settings,
    journal,
    meetings,
    autoStart,
    known() {
      const guild = it.client.guilds.cache.get(id);
      if (!guild) throw new Error('The client does not know the server');
      return guild;
    },
    async begun() {
      await heardSoFar(it.client, world);
      await autoStart.settled(id);
      return meetings.requests.length;
    },
  };
}

describe('an automatic meeting', () => {
  it('begins when enough people are there, started by the bot, in the voice channel’s own chat', async () => {
    const { client, standup, ben, robot, begun, meetings } = await office();
    robot.join(standup);
    expect(await begun()).toBe(0);
    ben.join(standup);
    expect(await begun()).toBe(1);
    expect(meetings.requests[0]).toMatchObject({
      startedBy: client.user.id,
      voiceChannelId: standup.id,
      textChannelId: standup.id,
    });
  });

  it('begins on a stage once somebody is on it', async () => {
    const { guild, settings, autoStart, ana, ben, begun, meetings } = await office();
    const stage = guild.addVoiceChannel('Hall', { type: 'stage' });
    await settings.changeGuild(guild.id, { autoStartChannelId: stage.id });
    autoStart.settingsChanged(guild.id);
    ana.move(stage);
    ben.join(stage);
    ben.stage.invite();
    expect(await begun()).toBe(0);
    ben.stage.goUp();
    expect(await begun()).toBe(1);
    expect(meetings.requests[0]).toMatchObject({ voiceChannelId: stage.id, textChannelId: stage.id });
  });

  it('is written in the server’s transcript channel, if there is one', async () => {
    const { guild, settings, notes, standup, ben, begun, meetings } = await office();
    await settings.changeGuild(guild.id, { transcriptChannelId: notes.id });
    ben.join(standup);
    await begun();
    expect(meetings.requests[0]?.textChannelId).toBe(notes.id);
  });

  it('begins at the start of the bot when people are there already', async () => {
    const { autoStart, known, begun } = await office(1);
    expect(await begun()).toBe(0);
    await autoStart.lookAt(known());
    expect(await begun()).toBe(1);
  });

  it('begins at once when the server chooses it', async () => {
    const { guild, autoStart, begun } = await office(1);
    autoStart.settingsChanged(guild.id);
    expect(await begun()).toBe(1);
  });

  it('costs no look at the settings while people come and go in a server that has chosen no channel', async () => {
    const { guild, settings, standup, ana, ben, begun, autoStart } = await office();
    await settings.changeGuild(guild.id, { autoStartChannelId: undefined });
    autoStart.settingsChanged(guild.id);
    await autoStart.settled(guild.id);
    const read = vi.spyOn(settings, 'guild');
    for (const _ of ['once', 'again']) {
      ben.join(standup);
      ben.leave();
    }
    ana.leave();
    expect(await begun()).toBe(0);
    expect(read).not.toHaveBeenCalled();
    await settings.changeGuild(guild.id, { autoStartChannelId: standup.id });
    autoStart.settingsChanged(guild.id);
    ana.join(standup);
    ben.join(standup);
    expect(await begun()).toBe(1);
  });

  it('does not begin again in the same gathering after somebody ended it, but in the next one', async () => {
    const { guild, standup, ana, ben, begun, meetings, autoStart } = await office();
    ben.join(standup);
    expect(await begun()).toBe(1);
    const head = meetings.meetingOf(guild.id)?.head ?? makeHead();
    await meetings.meetingOf(guild.id)?.stopMeeting('stopped');
    autoStart.over(head);
    ben.leave();
    ben.join(standup);
    expect(await begun()).toBe(1);
    ana.leave();
    ben.leave();
    ana.join(standup);
    ben.join(standup);
    expect(await begun()).toBe(2);
  });

  it('does not begin after a meeting that people had started themselves', async () => {
    const { guild, standup, ben, begun, autoStart } = await office();
    autoStart.began(makeHead({ guildId: guild.id, voiceChannelId: standup.id }));
    ben.join(standup);
    expect(await begun()).toBe(0);
  });

  it('waits for a meeting elsewhere in the server to be over', async () => {
    const { guild, standup, ana, ben, begun, meetings, autoStart } = await office();
    const request = { guildId: guild.id, voiceChannelId: '5', voiceChannelName: 'Lounge', textChannelId: '6' };
    const lounge = await meetings.startMeeting({ ...request, startedBy: ana.id });
    if (lounge === 'already running') throw new Error('nothing should run');
    ben.join(standup);
    expect(await begun()).toBe(1);
    await lounge.stopMeeting('stopped');
    autoStart.over(lounge.head);
    expect(await begun()).toBe(2);
  });

  it('does not begin after a restart when the people who are there had ended theirs', async () => {
    const { guild, standup, ana, journal, autoStart, known, begun } = await office(1);
    const beganAt = new Date(Date.now() - 60_000);
    await journal.begin(makeHead({ guildId: guild.id, voiceChannelId: standup.id, beganAt }));
    await journal.of('m1').joined({ speakerId: ana.id, displayName: 'ana', joinedMs: 0 });
    await journal.of('m1').left(ana.id, 30_000);
    await journal.of('m1').end(30_000, 'stopped');
    await autoStart.lookAt(known());
    expect(await begun()).toBe(0);
  });

  it('does not begin in a channel where the server allows no transcription, and the bot says so once', async () => {
    const { guild, settings, standup, notes, ana, ben, begun } = await office();
    await settings.changeGuild(guild.id, { allowedChannelIds: [notes.id] });
    ben.join(standup);
    expect(await begun()).toBe(0);
    for (const member of [ana, ben]) member.leave();
    for (const member of [ana, ben]) member.join(standup);
    expect(await begun()).toBe(0);
    expect(standup.messages.map(({ content }) => content)).toEqual([
      expect.stringContaining('This server does not allow transcription in'),
    ]);
  });

  it('fails with one sentence about a missing permission, and is tried again when the settings change', async () => {
    const { guild, settings, standup, notes, ana, ben, begun, autoStart } = await office();
    await settings.changeGuild(guild.id, { transcriptChannelId: notes.id });
    standup.setOverwrite({ for: guild.bot, deny: ['Connect'] });
    ben.join(standup);
    expect(await begun()).toBe(0);
    for (const member of [ana, ben]) member.leave();
    for (const member of [ana, ben]) member.join(standup);
    expect(await begun()).toBe(0);
    expect(notes.messages.map(({ content }) => content)).toEqual([expect.stringContaining('**Connect**')]);
    standup.setOverwrite({ for: guild.bot, allow: ['Connect'] });
    await begun(); // the permission is known
    autoStart.settingsChanged(guild.id);
    expect(await begun()).toBe(1);
  });

  it('fails with one sentence when the voice channel cannot be joined, and is not tried in a loop', async () => {
    const { standup, ben, begun, meetings } = await office();
    meetings.failure = new VoiceError('join-timeout', 'Cannot join the voice channel: no answer within 15 s');
    ben.join(standup);
    await begun();
    ben.leave();
    ben.join(standup);
    await begun();
    expect(standup.messages.map(({ content }) => content)).toEqual([expect.stringContaining('no answer within 15 s')]);
  });
});
