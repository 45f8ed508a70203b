import { describe, expect, it } from 'vitest';
import { SttError, VoiceError } from '../../src/core/errors.ts';
import type { SpeakerStatus } from '../../src/core/ports/live-meetings.ts';
import type { SttStatus } from '../../src/core/ports/speech-to-text.ts';
import type { SpeakerReception } from '../../src/core/ports/voice.ts';
import { makeFinal, makePerson } from '../support/make.ts';
import { type Office, office } from './support/office.ts';

async function started(): Promise<Office> {
  const place = await office();
  await place.ana.command('transcribe start', {}, { channel: place.general });
  return place;
}

describe('/transcribe start', () => {
  it('begins in the caller’s voice channel and writes where it was used', async () => {
    const { discord, guild, general, standup, ana, meetings } = await office();
    const reply = await ana.command('transcribe start', {}, { channel: general });
    expect(meetings.requests).toEqual([
      {
        guildId: guild.id,
        voiceChannelId: standup.id,
        voiceChannelName: 'Standup',
        textChannelId: general.id,
        startedBy: ana.id,
      },
    ]);
    expect(reply).toMatchObject({ ephemeral: true, deferred: true });
    expect(reply.content).toContain(`listening in <#${standup.id}>`);
    expect(discord.violations).toEqual([]);
  });

  it('announces that the meeting is transcribed, who started it, and how to stay out', async () => {
    const { general, settings, guild, ana } = await office();
    await settings.changeGuild(guild.id, { spoken: 'en', translateTo: ['es', 'fr'] });
    await ana.command('transcribe start', {}, { channel: general });
    const announcement = await general.waitFor(({ content }) => content.includes('transcribed'));
    expect(announcement.content).toContain(`by <@${ana.id}>`);
    expect(announcement.content).toContain('English');
    expect(announcement.content).toContain('Spanish and French');
    expect(announcement.content).toContain('/privacy opt-out');
  });

  it('takes its title from the event that takes place there, or is about to', async () => {
    const { discord, guild, general, standup, ana, meetings } = await office();
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    const elsewhere = guild.addVoiceChannel('Lounge');
    guild.addScheduledEvent({ name: 'Elsewhere', channel: elsewhere, startsAt: inMinutes(0), status: 'active' });
    guild.addScheduledEvent({ name: 'Tomorrow', channel: standup, startsAt: inMinutes(24 * 60) });
    guild.addScheduledEvent({ name: 'Yesterday', channel: standup, startsAt: inMinutes(-90) });
    guild.addScheduledEvent({ name: 'Budget 2027', channel: standup, startsAt: inMinutes(10) });
    await ana.command('transcribe start', {}, { channel: general });
    guild.addScheduledEvent({ name: 'Under way', channel: standup, startsAt: inMinutes(-300), status: 'active' });
    await ana.command('transcribe stop', {}, { channel: general });
    await ana.command('transcribe start', {}, { channel: general });
    expect(meetings.requests.map(({ occasion }) => occasion?.name)).toEqual(['Budget 2027', 'Under way']);
    expect(discord.violations).toEqual([]);
  });

  it('begins without a title when Discord does not list its events', async () => {
    const { discord, general, ana, meetings } = await office();
    discord.rest.failNext({ method: 'GET', path: /scheduled-events/, with: { status: 404 } });
    await ana.command('transcribe start', {}, { channel: general });
    expect(meetings.requests).toHaveLength(1);
    expect(meetings.requests[0]?.occasion?.name).toBeUndefined();
  });

  it('takes the channels and the language that are given', async () => {
    const { guild, general, boss, meetings } = await office();
    const lounge = guild.addVoiceChannel('Lounge');
    const notes = guild.addTextChannel('notes');
    const given = { 'voice-channel': lounge, 'text-channel': notes, language: 'Deutsch' };
    await boss.command('transcribe start', given, { channel: general });
    expect(meetings.requests[0]).toMatchObject({ voiceChannelId: lounge.id, textChannelId: notes.id, spoken: 'de' });
  });

  it('is allowed to people in that channel, where others see them, and to managers', async () => {
    const { guild, general, standup, ana, ben, boss, meetings } = await office();
    const lounge = guild.addVoiceChannel('Lounge');
    const outside = await ben.command('transcribe start', { 'voice-channel': standup }, { channel: general });
    expect(outside.content).toContain(`You are not in <#${standup.id}>`);
    const elsewhere = await ana.command('transcribe start', { 'voice-channel': lounge }, { channel: general });
    expect(elsewhere.content).toContain(`You are not in <#${lounge.id}>`);
    expect(meetings.requests).toEqual([]);
    await boss.command('transcribe start', { 'voice-channel': standup }, { channel: general });
    expect(meetings.requests.map(({ startedBy }) => startedBy)).toEqual([boss.id]);
  });

  it('writes in the thread where it was used', async () => {
    const { general, ana, meetings } = await office();
    const thread = general.startThread('weekly', { owner: ana.user });
    await ana.command('transcribe start', {}, { channel: thread });
    expect(meetings.requests[0]?.textChannelId).toBe(thread.id);
    await thread.waitFor(({ content }) => content.includes('transcribed'));
  });

  it('writes to the server’s transcript channel when there is one', async () => {
    const { guild, general, ana, settings, meetings } = await office();
    const notes = guild.addTextChannel('notes');
    await settings.changeGuild(guild.id, { transcriptChannelId: notes.id });
    await ana.command('transcribe start', {}, { channel: general });
    expect(meetings.requests[0]?.textChannelId).toBe(notes.id);
  });

  it('writes where it was used when the server’s transcript channel was deleted', async () => {
    const { guild, general, ana, settings, meetings } = await office();
    await settings.changeGuild(guild.id, { transcriptChannelId: '999' });
    await ana.command('transcribe start', {}, { channel: general });
    expect(meetings.requests[0]?.textChannelId).toBe(general.id);
  });

  it('asks a member in no voice channel to join one', async () => {
    const { general, ben, meetings } = await office();
    const reply = await ben.command('transcribe start', {}, { channel: general });
    expect(reply.content).toContain('Join a voice channel first');
    expect(reply.ephemeral).toBe(true);
    expect(meetings.requests).toEqual([]);
  });

  it('says where and since when it already runs', async () => {
    const { general, standup, ana, ben } = await started();
    ben.join(standup);
    const reply = await ben.command('transcribe start', {}, { channel: general });
    expect(reply.content).toMatch(
      new RegExp(`already transcribing <#${standup.id}>.*started <t:\\d+:R> by <@${ana.id}>`),
    );
    expect(reply.ephemeral).toBe(true);
  });

  it('refuses a voice channel where the server does not allow it', async () => {
    const { guild, general, standup, ana, settings, meetings } = await office();
    const lounge = guild.addVoiceChannel('Lounge');
    await settings.changeGuild(guild.id, { allowedChannelIds: [lounge.id] });
    const reply = await ana.command('transcribe start', {}, { channel: general });
    expect(reply.content).toBe(
      `This server does not allow transcription in <#${standup.id}>, only in <#${lounge.id}>.`,
    );
    expect(meetings.requests).toEqual([]);
  });

  it('works on a stage for those who are on it, and for managers', async () => {
    const { guild, general, ana, boss, meetings } = await office();
    const stage = guild.addVoiceChannel('Stage', { type: 'stage' });
    const start = async (who = ana) => {
      const reply = await who.command('transcribe start', { 'voice-channel': stage }, { channel: general });
      return reply.content;
    };
    const refusal = `You are not on the stage of <#${stage.id}>`;
    expect(await start()).toContain(refusal);
    ana.move(stage);
    expect(await start()).toContain(refusal);
    ana.stage.invite();
    expect(await start()).toContain(refusal);
    ana.stage.goUp();
    expect(await start()).toContain('I am listening');
    expect(meetings.requests).toHaveLength(1);
    await meetings.meetingOf(guild.id)?.stopMeeting('stopped');
    expect(await start(boss)).toContain('I am listening');
  });

  it.each([
    ['nothing is missing', {}, undefined],
    ['it may not create posts', { deny: ['SendMessages'] }, 'I do not have the permission **Create Posts** in'],
    [
      'it may not write in posts',
      { deny: ['SendMessagesInThreads'] },
      'the permission **Send Messages in Threads** in',
    ],
    ['posts need a tag, and there is one', { tags: ['Talk'], requiresTag: true }, undefined],
    [
      'posts need a tag, and all are for moderators',
      { tags: [{ name: 'Talk', isModerated: true }], requiresTag: true },
      'every tag there is for moderators',
    ],
  ] as const)('says why it cannot write in a forum: %s', async (_, how, problem) => {
    const { guild, general, ana, meetings } = await office();
    const { deny = [], ...making } = { deny: undefined, ...how };
    const forum = guild.addForum('meetings', { ...making, overwrites: [{ for: guild.bot, deny }] });
    const reply = await ana.command('transcribe start', { 'text-channel': forum }, { channel: general });
    if (problem !== undefined) expect(reply.content).toContain(problem);
    expect(meetings.requests.map(({ textChannelId }) => textChannelId)).toEqual(problem ? [] : [forum.id]);
  });

  it('needs no right to speak on a stage, but the right to connect', async () => {
    const { guild, general, boss } = await office();
    const deny = ['Speak', 'RequestToSpeak'] as const;
    const quiet = guild.addVoiceChannel('Quiet', { type: 'stage', overwrites: [{ for: guild.everyone, deny }] });
    const shut = guild.addVoiceChannel('Shut', {
      type: 'stage',
      overwrites: [{ for: guild.botRole, deny: ['Connect'] }],
    });
    const start = async (voice: typeof quiet) =>
      (await boss.command('transcribe start', { 'voice-channel': voice }, { channel: general })).content;
    expect(await start(shut)).toContain(`I do not have the permission **Connect** in <#${shut.id}>`);
    expect(await start(quiet)).toContain('I am listening');
  });

  it('says when the voice channel is full', async () => {
    const { guild, general, ana, ben } = await office();
    const booth = guild.addVoiceChannel('Booth', { userLimit: 2 });
    ana.move(booth);
    ben.join(booth);
    const reply = await ana.command('transcribe start', {}, { channel: general });
    expect(reply.content).toContain(`<#${booth.id}> is full (2 people)`);
  });

  it('joins a full channel where it may move members', async () => {
    const { guild, general, ana, meetings } = await office();
    const booth = guild.addVoiceChannel('Booth', {
      userLimit: 1,
      overwrites: [{ for: guild.bot, allow: ['MoveMembers'] }],
    });
    ana.move(booth);
    await ana.command('transcribe start', {}, { channel: general });
    expect(meetings.requests).toHaveLength(1);
  });

  it.each([
    ['ViewChannel', 'View Channel'],
    ['Connect', 'Connect'],
  ] as const)('names %s when it is missing in the voice channel', async (permission, words) => {
    const { guild, general, standup, ana, meetings } = await office();
    standup.setOverwrite({ for: guild.bot, deny: [permission] });
    const reply = await ana.command('transcribe start', {}, { channel: general });
    expect(reply.content).toContain(`I do not have the permission **${words}** in <#${standup.id}>`);
    expect(meetings.requests).toEqual([]);
  });

  it.each([
    ['SendMessages', 'Send Messages'],
    ['EmbedLinks', 'Embed Links'],
    ['AttachFiles', 'Attach Files'],
  ] as const)('names %s when it is missing in the text channel', async (permission, words) => {
    const { guild, general, ana, meetings } = await office();
    general.setOverwrite({ for: guild.bot, deny: [permission] });
    const reply = await ana.command('transcribe start', {}, { channel: general });
    expect(reply.content).toContain(`I do not have the permission **${words}** in <#${general.id}>`);
    expect(meetings.requests).toEqual([]);
  });

  it('does not listen where the asker may not listen', async () => {
    const { guild, general, ben, meetings } = await office();
    const board = guild.addVoiceChannel('Board', { overwrites: [{ for: ben, deny: ['Connect'] }] });
    const reply = await ben.command('transcribe start', { 'voice-channel': board }, { channel: general });
    expect(reply.content).toContain('You cannot join');
    expect(meetings.requests).toEqual([]);
  });

  it('does not write where the asker may not write', async () => {
    const { guild, general, ana, meetings } = await office();
    const news = guild.addTextChannel('news', { overwrites: [{ for: ana, deny: ['SendMessages'] }] });
    const reply = await ana.command('transcribe start', { 'text-channel': news }, { channel: general });
    expect(reply.content).toContain('You cannot write in that text channel');
    expect(meetings.requests).toEqual([]);
  });

  it('refuses text that is no language, and changes nothing', async () => {
    const { general, ana, meetings } = await office();
    const reply = await ana.command('transcribe start', { language: '**klingon!**' }, { channel: general });
    expect(reply.content).toContain('I do not recognise “\\*\\*klingon!\\*\\*” as a language');
    expect(meetings.requests).toEqual([]);
  });

  it('says when a language is not known to be supported', async () => {
    const { general, ana, meetings } = await office();
    const reply = await ana.command('transcribe start', { language: 'tlh' }, { channel: general });
    expect(meetings.requests[0]?.spoken).toBe('tlh');
    expect(reply.content).toMatch(/^I do not know whether .* supported/m);
  });

  it('says why the channel could not be joined', async () => {
    const { general, ana, meetings } = await office();
    meetings.failure = new VoiceError('join-timeout', 'Cannot join the voice channel: no answer within 15 s');
    const reply = await ana.command('transcribe start', {}, { channel: general });
    expect(reply.content).toBe('Cannot join the voice channel: no answer within 15 s.');
    expect(general.messages).toEqual([]);
  });

  it('suggests languages by name and code', async () => {
    const { general, ana } = await office();
    const choices = await ana.autocomplete('transcribe start', 'language', 'esp', { channel: general });
    expect(choices).toEqual([{ name: 'Spanish – Español (es)', value: 'es' }]);
  });
});

describe('/transcribe stop', () => {
  it('ends the meeting and says how much was said and where the minutes are', async () => {
    const { guild, general, ana, meetings, journal } = await started();
    const id = meetings.meetingOf(guild.id)?.head.id ?? '';
    await journal.of(id).write(makeFinal());
    await journal.of(id).write(makeFinal({ utteranceId: 'u2', speakerId: '200' }));
    const reply = await ana.command('transcribe stop', {}, { channel: general });
    expect(reply.content).toContain('2 lines by 2 people');
    expect(reply.content).toContain(`minutes are in <#${general.id}>`);
    expect(meetings.meetingOf(guild.id)).toBeUndefined();
  });

  it('points to the separate channel for minutes', async () => {
    const { guild, general, ana, settings } = await started();
    const archive = guild.addTextChannel('archive');
    await settings.changeGuild(guild.id, { minutesChannelId: archive.id });
    const reply = await ana.command('transcribe stop', {}, { channel: general });
    expect(reply.content).toContain(`minutes are in <#${archive.id}>`);
  });

  it('says when nothing runs', async () => {
    const { general, ana } = await office();
    const reply = await ana.command('transcribe stop', {}, { channel: general });
    expect(reply.content).toContain('Nothing is being transcribed');
    expect(reply.ephemeral).toBe(true);
  });

  it('is refused to a member who neither started the meeting, sits in it nor moderates', async () => {
    const { guild, general, ana, ben, meetings } = await started();
    const reply = await ben.command('transcribe stop', {}, { channel: general });
    expect(reply.content).toContain('Somebody else started that meeting');
    expect(reply.content).toContain(`<@${ana.id}>`);
    expect(meetings.meetingOf(guild.id)).toBeDefined();
  });

  it('is allowed to a moderator', async () => {
    const { guild, general, boss, meetings } = await started();
    await boss.command('transcribe stop', {}, { channel: general });
    expect(meetings.meetingOf(guild.id)).toBeUndefined();
  });

  it('is allowed to a member with the manager role', async () => {
    const { guild, general, ben, meetings, settings } = await started();
    const role = guild.addRole('Scribes');
    await settings.changeGuild(guild.id, { managerRoleId: role.id });
    ben.setRoles([role]);
    await ben.command('transcribe stop', {}, { channel: general });
    expect(meetings.meetingOf(guild.id)).toBeUndefined();
  });

  it('is allowed to a member who sits in the meeting', async () => {
    const { guild, general, standup, ben, meetings } = await started();
    ben.join(standup);
    await ben.command('transcribe stop', {}, { channel: general });
    expect(meetings.meetingOf(guild.id)).toBeUndefined();
  });
});

describe('/transcribe pause and resume', () => {
  it('go off the record and back, and announce it', async () => {
    const { guild, general, ana, meetings, journal } = await started();
    const paused = await ana.command('transcribe pause', {}, { channel: general });
    expect(paused.content).toContain('Paused');
    expect(meetings.meetingOf(guild.id)?.currentStatus().phase).toBe('paused');
    const announcement = await general.waitFor(({ content }) => content.includes('Ana paused the transcript'));
    // The journal keeps the place, so that she can have her name erased.
    const mention = { channelId: general.id, messageId: announcement.id, what: 'whole' };
    await expect.poll(() => journal.archive.mentionsOf(guild.id, ana.id)).toEqual([mention]);
    const meeting = meetings.meetingOf(guild.id);
    const person = makePerson({ id: ana.id, displayName: 'Ana (0001)' }); // another Ana came before her
    if (meeting) meeting.speakers = [{ person, consent: 'heard' }];
    const resumed = await ana.command('transcribe resume', {}, { channel: general });
    expect(resumed.content).toContain('Resumed');
    expect(meetings.meetingOf(guild.id)?.currentStatus().phase).toBe('running');
    await general.waitFor(({ content }) => content.includes('Ana (0001) resumed the transcript'));
  });

  it('say when there is nothing to change', async () => {
    const { general, ana } = await started();
    const resumed = await ana.command('transcribe resume', {}, { channel: general });
    expect(resumed.content).toContain('not paused');
    await ana.command('transcribe pause', {}, { channel: general });
    const paused = await ana.command('transcribe pause', {}, { channel: general });
    expect(paused.content).toContain('already paused');
  });

  it('are refused to people outside', async () => {
    const { guild, general, ben, meetings } = await started();
    await ben.command('transcribe pause', {}, { channel: general });
    expect(meetings.meetingOf(guild.id)?.currentStatus().phase).toBe('running');
  });
});

describe('/transcribe status', () => {
  const reception: SpeakerReception = {
    packets: 500,
    concealedFrames: 0,
    undecryptable: 0,
    corrupt: 0,
    lastHeardMs: 59_000,
    encryption: 'end-to-end',
  };
  const stt: SttStatus = {
    state: 'live',
    sentMs: 10_000,
    silenceMs: 0,
    sockets: 1,
    reconnects: 0,
    forcedFinals: 0,
    lastTextMs: 55_000,
  };

  async function shown(speaker: Partial<SpeakerStatus>): Promise<string> {
    const { guild, general, ana, meetings } = await started();
    const meeting = meetings.meetingOf(guild.id);
    if (!meeting) throw new Error('No meeting runs');
    meeting.speakers = [{ person: makePerson(), consent: 'heard', ...speaker }];
    return (await ana.command('transcribe status', {}, { channel: general })).content;
  }

  it('shows who is heard, how their voice is encrypted, and when their last text came', async () => {
    const text = await shown({ reception, stt });
    expect(text).toContain(
      '**Ana**: heard now · end-to-end encrypted · speech recognition is running · last text 5 s ago',
    );
  });

  it('shows people who are not heard yet', async () => {
    expect(await shown({})).toContain('**Ana**: not yet heard');
  });

  it('shows people who opted out', async () => {
    expect(await shown({ consent: 'opted out', reception })).toContain('**Ana**: opted out, not heard');
    expect(await shown({ consent: 'not opted in' })).toContain('**Ana**: has not said yes, not heard');
  });

  it('shows when packets could not be read', async () => {
    expect(await shown({ reception: { ...reception, undecryptable: 12 } })).toContain('12 packets unreadable');
  });

  it('shows why the recogniser stopped', async () => {
    const error = new SttError('balance-used-up', 'Cannot transcribe: the balance is used up');
    expect(await shown({ reception, stt: { ...stt, state: 'stopped', error } })).toContain(
      'speech recognition stopped (Cannot transcribe: the balance is used up)',
    );
  });

  it('stays readable with a hundred people', async () => {
    const { guild, general, ana, meetings } = await started();
    const meeting = meetings.meetingOf(guild.id);
    if (!meeting) throw new Error('No meeting runs');
    meeting.speakers = Array.from({ length: 100 }, (_, index) => ({
      person: makePerson({ id: `${index}`, displayName: `Person ${index}` }),
      consent: 'heard' as const,
      reception,
      stt,
    }));
    const { content } = await ana.command('transcribe status', {}, { channel: general });
    expect(content).toMatch(/… and \d+ more$/);
    expect(content.length).toBeLessThanOrEqual(2_000);
  });

  it('says when nothing runs', async () => {
    const { general, ana } = await office();
    const reply = await ana.command('transcribe status', {}, { channel: general });
    expect(reply.content).toContain('Nothing is being transcribed');
  });
});
