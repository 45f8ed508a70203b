import { describe, expect, it } from 'vitest';
import { eventful, NOON } from './support/eventful.ts';

const LINK = /^Chapter 1\n\n📝 Transcript: https:\/\/discord\.com\/channels\/\d+\/\d+\/777$/;

/** A server in which Ana waits for an event in Talk. */
async function reading(wishes: Parameters<typeof eventful>[0] = {}) {
  const it = await eventful(wishes);
  const event = it.guild.addScheduledEvent({
    name: 'Reading',
    channel: it.talk,
    startsAt: NOON,
    description: 'Chapter 1',
  });
  return { ...it, event };
}

describe('a meeting for an event', () => {
  it('begins when the event does, under its name, and ends with it', async () => {
    const { ana, talk, event, meeting, journal, client } = await reading();
    ana.join(talk);
    expect(await meeting()).toBeUndefined();
    event.start();
    const held = await meeting();
    expect(held?.head).toMatchObject({ title: 'Reading', voiceChannelId: talk.id, startedBy: client.user.id });
    expect(held?.occasion).toMatchObject({ about: 'Chapter 1', endsMeeting: true });
    event.end();
    expect(await meeting()).toBeUndefined();
    const record = await journal.archive.read(held?.head.id ?? '');
    expect(record).toMatchObject({ ending: 'event over', head: { places: { occasion: { about: 'Chapter 1' } } } });
  });

  it('begins with the first who comes', async () => {
    const { ana, talk, event, meeting } = await reading();
    event.start();
    expect(await meeting()).toBeUndefined();
    ana.join(talk);
    expect((await meeting())?.head.title).toBe('Reading');
  });

  it('begins once when the bot starts while the event takes place', async () => {
    const { meeting, meetingCount } = await eventful({
      build({ guild, talk, ana }) {
        guild.addScheduledEvent({ name: 'Reading', channel: talk, startsAt: NOON, status: 'active' });
        ana.join(talk);
      },
    });
    expect((await meeting())?.head.title).toBe('Reading');
    expect(await meetingCount()).toBe(1);
  });

  it('begins on a stage with the first who goes up, and ends with the event', async () => {
    const { ana, guild, meeting, journal } = await eventful();
    const hall = guild.addVoiceChannel('Hall', { type: 'stage' });
    const lecture = guild.addScheduledEvent({ name: 'Lecture', channel: hall, startsAt: NOON });
    ana.join(hall);
    lecture.start();
    expect(await meeting()).toBeUndefined();
    ana.stage.goUp();
    const held = await meeting();
    expect(held?.head).toMatchObject({ title: 'Lecture', voiceChannelId: hall.id });
    lecture.end();
    expect(await meeting()).toBeUndefined();
    expect((await journal.archive.read(held?.head.id ?? ''))?.ending).toBe('event over');
  });

  it('does not begin where the server has not chosen it, until it does', async () => {
    const { ana, talk, event, guild, settings, meeting, discord } = await reading({ isOn: false });
    ana.join(talk);
    event.start();
    expect(await meeting()).toBeUndefined();
    expect(discord.rest.seen.filter(({ route }) => route.includes('scheduled-events'))).toEqual([]);
    await settings.changeGuild(guild.id, { events: true });
    expect((await meeting())?.head.title).toBe('Reading');
  });

  it('begins although Discord did not list its events at first', async () => {
    const { ana, talk, event, guild, settings, meeting, discord } = await reading({ isOn: false });
    ana.join(talk);
    event.start();
    const tries = 2; // the client tries again once itself
    discord.rest.failNext({ method: 'GET', path: /scheduled-events$/, with: { status: 503 }, times: tries });
    await settings.changeGuild(guild.id, { events: true });
    expect((await meeting())?.head.title).toBe('Reading');
  });

  it('goes on like any other when the server no longer wants it', async () => {
    const { ana, talk, event, guild, settings, meeting } = await reading();
    ana.join(talk);
    event.start();
    await meeting();
    await settings.changeGuild(guild.id, { events: false });
    event.end();
    expect(await meeting()).toBeDefined();
  });

  it('is not begun again by an event that goes on when somebody has ended it, and is when they have been away', async () => {
    const { ana, talk, event, meeting, meetingCount } = await reading();
    ana.join(talk);
    event.start();
    await (await meeting())?.stopMeeting('stopped');
    expect(await meeting()).toBeUndefined();
    ana.leave();
    ana.join(talk);
    expect(await meeting()).toBeDefined();
    expect(await meetingCount()).toBe(2);
  });

  it('begins again with an event that comes every week', async () => {
    const { ana, talk, guild, meeting, meetingCount } = await reading();
    const weekly = guild.addScheduledEvent({ name: 'Weekly', channel: talk, startsAt: NOON, isWeekly: true });
    ana.join(talk);
    weekly.start();
    expect((await meeting())?.head.title).toBe('Weekly');
    weekly.end();
    expect(await meeting()).toBeUndefined();
    weekly.start();
    expect((await meeting())?.head.title).toBe('Weekly');
    expect(await meetingCount()).toBe(2);
  });

  it('ends when the event is deleted or moves, and begins where it moved to', async () => {
    const { ana, ben, talk, kitchen, event, meeting } = await reading();
    ana.join(talk);
    ben.join(kitchen);
    event.start();
    expect((await meeting())?.head.voiceChannelId).toBe(talk.id);
    event.change({ channel: kitchen });
    expect((await meeting())?.head.voiceChannelId).toBe(kitchen.id);
    event.delete();
    expect(await meeting()).toBeUndefined();
  });

  it('has the event’s newest name and words', async () => {
    const { ana, talk, event, meeting, journal } = await reading();
    ana.join(talk);
    event.start();
    const { id } = (await meeting())?.head ?? { id: '' };
    event.change({ name: 'Reading II', description: 'Chapter 2' });
    expect((await meeting())?.occasion).toMatchObject({ name: 'Reading II', about: 'Chapter 2', endsMeeting: true });
    expect(await journal.archive.head(id)).toMatchObject({ title: 'Reading II', places: { panelMessageId: '777' } });
  });

  it('leaves events outside of Discord and in channels that the server does not allow alone', async () => {
    const { ana, guild, talk, kitchen, event, settings, meeting, discord } = await reading();
    await settings.changeGuild(guild.id, { allowedChannelIds: [kitchen.id] });
    guild.addScheduledEvent({ name: 'Picnic', location: 'The park', startsAt: NOON, endsAt: NOON }).start();
    ana.join(talk);
    event.start();
    expect(await meeting()).toBeUndefined();
    expect(talk.messages).toEqual([]);
    expect(discord.violations).toEqual([]);
  });
});

describe('a meeting that somebody has started', () => {
  it('takes the name of an event that begins there, and outlasts it', async () => {
    const { ana, talk, notes, guild, event, house, meeting, journal } = await reading();
    ana.join(talk);
    const request = { guildId: guild.id, voiceChannelId: talk.id, voiceChannelName: 'Talk', textChannelId: notes.id };
    await house.startMeeting({ ...request, startedBy: ana.id }, new AbortController().signal);
    event.start();
    const { id } = (await meeting())?.head ?? { id: '' };
    expect(await journal.archive.head(id)).toMatchObject({
      title: 'Reading',
      places: { occasion: { endsMeeting: false } },
    });
    event.end();
    expect((await meeting())?.head.id).toBe(id);
  });
});

describe('events at the same time', () => {
  it('are served one after the other: who waits reads why, once', async () => {
    const { ana, ben, guild, talk, kitchen, event, meeting } = await reading();
    const name = '**Tea** @everyone <@1>';
    const tea = guild.addScheduledEvent({ name, channel: kitchen, startsAt: NOON });
    ana.join(talk);
    ben.join(kitchen);
    event.start();
    tea.start();
    expect((await meeting())?.head.title).toBe('Reading');
    ben.leave();
    ben.join(kitchen);
    expect((await meeting())?.head.title).toBe('Reading');
    expect(kitchen.messages).toHaveLength(1);
    expect(kitchen.messages[0]?.content).toMatch(
      /^An event has started in <#\d+>, but I am transcribing another meeting/,
    );
    event.end();
    expect((await meeting())?.head.title).toBe('**Tea** @everyone');
  });

  it('in one channel: the second gets a meeting when the first is over, unless somebody ended that', async () => {
    const { ana, guild, talk, event, meeting } = await reading();
    const next = guild.addScheduledEvent({ name: 'Discussion', channel: talk, startsAt: NOON });
    ana.join(talk);
    event.start();
    next.start();
    expect((await meeting())?.head.title).toBe('Reading');
    event.end();
    const second = await meeting();
    expect(second?.head.title).toBe('Discussion');
    await second?.stopMeeting('stopped');
    expect(await meeting()).toBeUndefined();
  });
});

describe('an event that cannot be transcribed', () => {
  it('says so once, where people see it, and again after the settings have changed', async () => {
    const { ana, ben, guild, talk, notes, event, settings, meeting } = await reading();
    await settings.changeGuild(guild.id, { transcriptChannelId: notes.id });
    talk.setOverwrite({ for: guild.bot, deny: ['Connect'] });
    ana.join(talk);
    event.start();
    await meeting();
    ben.join(talk);
    event.change({ description: 'Chapter 2' });
    expect(await meeting()).toBeUndefined();
    expect(notes.messages.map(({ content }) => content)).toEqual([
      expect.stringMatching(/^An event in <#\d+> should be transcribed.*\*\*Connect\*\*/),
    ]);
    talk.setOverwrite({ for: guild.bot, allow: ['Connect'] });
    expect(await meeting()).toBeUndefined();
    await settings.changeGuild(guild.id, { timeZone: 'Europe/Berlin' });
    expect(await meeting()).toBeDefined();
  });

  it('says that the server has used up its minutes', async () => {
    const { ana, talk, event, meeting } = await reading({ usedUp: true });
    ana.join(talk);
    event.start();
    expect(await meeting()).toBeUndefined();
    expect(talk.messages[0]?.content).toContain('An event in');
  });
});

describe('the link in an event', () => {
  it('leads to the transcript while the event goes on, and to the minutes when it outlasts the meeting', async () => {
    const { ana, talk, event, meeting, discord } = await reading();
    ana.join(talk);
    event.start();
    const held = await meeting();
    expect(event.description).toMatch(LINK);
    expect(held?.occasion?.about).toBe('Chapter 1');
    await held?.stopMeeting('stopped');
    await meeting();
    expect(event.description).toMatch(/^Chapter 1\n\n📝 Minutes: \S+\/88\/999$/);
    expect(discord.violations).toEqual([]);
  });

  it('stays that of the transcript when the event is over, as nobody can change it any more', async () => {
    const { ana, talk, event, meeting, discord } = await reading();
    ana.join(talk);
    event.start();
    await meeting();
    event.end();
    await meeting();
    expect(event.description).toMatch(LINK);
    expect(discord.violations).toEqual([]);
  });

  it('leads to the last minutes in an event that comes again', async () => {
    const { ana, talk, guild, meeting } = await reading();
    const weekly = guild.addScheduledEvent({ name: 'Weekly', channel: talk, startsAt: NOON, isWeekly: true });
    ana.join(talk);
    weekly.start();
    await meeting();
    weekly.end();
    await meeting();
    expect(weekly.description).toMatch(/^📝 Minutes: \S+\/88\/999$/);
    weekly.start();
    expect((await meeting())?.occasion?.about).toBe('');
    expect(weekly.description).toMatch(/^📝 Transcript: \S+\/777$/);
  });

  it('is left out where the bot may not manage events, or the author left no room', async () => {
    const without = await reading({ mayManageEvents: false });
    without.ana.join(without.talk);
    without.event.start();
    expect(await without.meeting()).toBeDefined();
    expect(without.event.description).toBe('Chapter 1');
    expect(without.discord.rest.seen.filter(({ method }) => method === 'PATCH').map(({ status }) => status)).toEqual(
      [],
    );
    const full = await eventful();
    const description = 'x'.repeat(990);
    const event = full.guild.addScheduledEvent({ name: 'Full', channel: full.talk, startsAt: NOON, description });
    full.ana.join(full.talk);
    event.start();
    expect(await full.meeting()).toBeDefined();
    expect(event.description).toBe(description);
  });
});
