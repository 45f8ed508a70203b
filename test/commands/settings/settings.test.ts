import { describe, expect, it, vi } from 'vitest';
import { office, shownToEverybody } from '../support/office.ts';

describe('/settings', () => {
  it('show everything, with the command that changes it', async () => {
    const { guild, general, boss, settings } = await office();
    await settings.changeGuild(guild.id, { spoken: 'en', translateTo: ['es', 'fr'], transcriptChannelId: general.id });
    const { content } = await boss.command('settings show', {}, { channel: general });
    expect(content.split('\n')).toEqual([
      `• Transcripts: <#${general.id}> (\`/settings set\`)`,
      '• Minutes: in the same place as the transcript (`/minutes channel`)',
      '• Voice messages become text when somebody asks for it in the message’s menu (`/settings set`)',
      '• Transcript style: messages that grow while people speak (`/settings set`)',
      '• Written under the speakers’ names: yes, where I can manage webhooks (`/settings set`)',
      '• A thread for each meeting: no (`/settings set`)',
      '• A thread for each translation language: no (`/settings set`)',
      '• Time zone of the minutes: UTC (`/settings set`)',
      '• A pause that ends a sentence: normal: 0.6 s (`/settings set`)',
      '• Heard: everybody who has not opted out (`/settings set`)',
      '• Transcription allowed in: all voice channels (`/settings set`)',
      '• Meetings start automatically: never (`/settings set`)',
      '• Meetings start and end with events of this server: no (`/settings set`)',
      '• Managers: people who can manage the server or its channels (`/settings set`)',
      '• Members’ programs may read with keys: yes (`/settings set`)',
      '• Glossary: no terms (`/settings glossary`)',
      '• Template of summaries: meeting (`/settings summary`)',
      '• Minutes are not sent anywhere else (`/settings webhook`)',
      '• Spoken: English (`/language`)',
      '• Translated into: Spanish and French (`/translate`)',
    ]);
  });

  it('set the transcript channel, and reset it', async () => {
    const { guild, general, boss, settings } = await office();
    await boss.command('settings set', { 'transcript-channel': general }, { channel: general });
    expect((await settings.guild(guild.id)).transcriptChannelId).toBe(general.id);
    await boss.command('settings set', { reset: 'transcript-channel' }, { channel: general });
    expect((await settings.guild(guild.id)).transcriptChannelId).toBeUndefined();
  });

  it('add channels whose voice messages are transcribed, one at a time, and say what that still needs', async () => {
    const { guild, general, boss, settings } = await office();
    const other = guild.addTextChannel('other');
    await boss.command('settings set', { 'audio-channel': general }, { channel: general });
    const { content } = await boss.command('settings set', { 'audio-channel': other }, { channel: general });
    expect((await settings.guild(guild.id)).audioChannelIds).toEqual([general.id, other.id]);
    expect(content).toContain(`automatically in: <#${general.id}> and <#${other.id}>`);
    expect(content).toContain('has to allow the Message Content intent and set DISCORD_MESSAGE_CONTENT to on.');
    await boss.command('settings set', { reset: 'audio-channel' }, { channel: general });
    expect((await settings.guild(guild.id)).audioChannelIds).toBeUndefined();
  });

  it.each(['quick', 'normal', 'patient'] as const)(
    'set the pause that ends a sentence, and reset it: %s',
    async (pause) => {
      const { guild, general, boss, settings } = await office();
      const reply = await boss.command('settings set', { pause }, { channel: general });
      expect((await settings.guild(guild.id)).pause).toBe(pause);
      expect(reply.content).toContain(`A pause that ends a sentence: ${pause}:`);
      await boss.command('settings set', { reset: 'pause' }, { channel: general });
      expect((await settings.guild(guild.id)).pause).toBeUndefined();
    },
  );

  it('set the style of transcripts, and reset it', async () => {
    const { guild, general, boss, settings } = await office();
    const reply = await boss.command('settings set', { style: 'digest' }, { channel: general });
    expect(reply.content).toContain('a compact digest every few seconds');
    expect((await settings.guild(guild.id)).style).toBe('digest');
    await boss.command('settings set', { reset: 'style' }, { channel: general });
    expect((await settings.guild(guild.id)).style).toBeUndefined();
  });

  it('are shown by Discord to members who may manage the server, unless the server overrides that', async () => {
    const { general, ana } = await office();
    const attempt = ana.command('settings set', { 'transcript-channel': general }, { channel: general });
    await expect(attempt).rejects.toThrow('permissions are missing');
  });

  it('can be changed only by members who may manage the server or its channels', async () => {
    const { guild, general, ana, settings } = await shownToEverybody();
    const reply = await ana.command('settings set', { 'transcript-channel': general }, { channel: general });
    expect(reply.content).toContain('Manage Server');
    expect((await settings.guild(guild.id)).transcriptChannelId).toBeUndefined();
  });

  it('can be changed with the manager role, except for the choice of that role', async () => {
    const { guild, general, ana, boss, settings } = await shownToEverybody();
    const role = guild.addRole('Scribes');
    await boss.command('settings set', { 'manager-role': role }, { channel: general });
    ana.setRoles([role]);
    const changed = await ana.command('settings set', { 'opt-in': true }, { channel: general });
    expect(changed.content).toContain('Heard: only people who have said yes');
    expect(changed.content).toContain(`members with the role <@&${role.id}>`);
    expect((await settings.guild(guild.id)).optInOnly).toBe(true);
    const refused = await ana.command('settings set', { 'manager-role': guild.addRole('All') }, { channel: general });
    expect(refused.content).toContain('**Manage Server**');
    const reset = await ana.command('settings set', { reset: 'manager-role' }, { channel: general });
    expect(reset.content).toContain('**Manage Server**');
    expect((await settings.guild(guild.id)).managerRoleId).toBe(role.id);
    await boss.command('settings set', { reset: 'manager-role' }, { channel: general });
    expect((await settings.guild(guild.id)).managerRoleId).toBeUndefined();
  });

  it('name no channel that the reader does not see', async () => {
    const { guild, general, ana, boss, settings } = await shownToEverybody();
    const board = guild.addTextChannel('board');
    const office = guild.addVoiceChannel('Office');
    const chosen = { transcriptChannelId: general.id, minutesChannelId: board.id, allowedChannelIds: [office.id] };
    await settings.changeGuild(guild.id, { ...chosen, autoStartChannelId: office.id, audioChannelIds: [board.id] });
    for (const channel of [board, office]) channel.setOverwrite({ for: ana, deny: ['ViewChannel'] });
    await vi.waitFor(async () => {
      const { content } = await ana.command('settings show', {}, { channel: general });
      expect(content).toContain('• Minutes: a channel that you cannot see');
      expect(content.match(/<#\d+>/g)).toEqual([`<#${general.id}>`]);
    });
    const minutes = await ana.command('minutes channel', {}, { channel: general });
    expect(minutes.content).toBe('Minutes are posted in a channel that you cannot see.');
    const all = await boss.command('settings show', {}, { channel: general });
    expect(all.content).toContain(`• Minutes: <#${board.id}>`);
  });

  it('that say where words go can neither be changed nor reset by members who only manage channels', async () => {
    const { guild, general, standup, ben, settings } = await shownToEverybody();
    ben.setRoles([guild.addRole('Gardeners', ['ManageChannels'])]);
    const chosen = {
      transcriptChannelId: general.id,
      minutesChannelId: general.id,
      autoStartChannelId: standup.id,
      autoStartPeople: 5,
    };
    await settings.changeGuild(guild.id, chosen);
    const own = guild.addTextChannel('own');
    const lounge = guild.addVoiceChannel('Lounge');
    for (const wish of [
      { 'transcript-channel': own },
      { 'minutes-channel': own },
      { 'auto-start': lounge },
      { 'auto-start-people': 1 },
      { events: true },
      ...['transcript-channel', 'minutes-channel', 'auto-start', 'auto-start-people', 'events'].map((reset) => ({
        reset,
      })),
    ]) {
      const refused = await ben.command('settings set', wish, { channel: general });
      expect(refused.content).toMatch(/\*\*Manage Server\*\*.*Nothing was changed/);
    }
    const elsewhere = await ben.command('minutes channel', { channel: own }, { channel: general });
    expect(elsewhere.content).toContain('**Manage Server**');
    await ben.command('minutes channel', { off: true }, { channel: general });
    expect(await settings.guild(guild.id)).toMatchObject(chosen);
    await ben.command('settings set', { style: 'digest' }, { channel: general });
    expect((await settings.guild(guild.id)).style).toBe('digest'); // this setting hides nothing
  });

  it('limit transcription to voice channels, given in any form, and remove the limit again', async () => {
    const { guild, general, standup, boss, settings } = await office();
    const lounge = guild.addVoiceChannel('The Lounge');
    const allowed = async (typed: string) => {
      const reply = await boss.command('settings set', { 'allowed-channels': typed }, { channel: general });
      return [(await settings.guild(guild.id)).allowedChannelIds, reply.content] as const;
    };
    expect((await allowed(`<#${standup.id}> <#${lounge.id}>`))[0]).toEqual([standup.id, lounge.id]);
    expect((await allowed('the lounge'))[0]).toEqual([lounge.id]);
    expect((await allowed(`${standup.id} ${lounge.id}`))[0]).toEqual([standup.id, lounge.id]);
    const [unchanged, problem] = await allowed('Standup, general');
    expect(unchanged).toEqual([standup.id, lounge.id]);
    expect(problem).toContain('I see no voice channel “general”');
    expect((await allowed('all'))[0]).toBeUndefined();
  });

  it('let meetings start automatically in a channel that the bot can join', async () => {
    const { guild, general, standup, boss, settings } = await office();
    const given = { 'auto-start': standup, 'auto-start-people': 3 };
    const reply = await boss.command('settings set', given, { channel: general });
    expect(reply.content).toContain(`Meetings start automatically: in <#${standup.id}> once 3 people are there`);
    const board = guild.addVoiceChannel('Board', { overwrites: [{ for: guild.bot, deny: ['Connect'] }] });
    const refused = await boss.command('settings set', { 'auto-start': board }, { channel: general });
    expect(refused.content).toContain('**Connect**');
    const locked = guild.addVoiceChannel('Locked', { overwrites: [{ for: boss, deny: ['Connect'] }] });
    const unheard = await boss.command('settings set', { 'auto-start': locked }, { channel: general });
    expect(unheard.content).toContain('You cannot join');
    expect((await settings.guild(guild.id)).autoStartChannelId).toBe(standup.id);
    await boss.command('settings set', { reset: 'auto-start' }, { channel: general });
    expect(await settings.guild(guild.id)).toEqual({ spoken: 'auto', translateTo: [] });
  });

  it('refuse a channel in which the bot may not write', async () => {
    const { guild, general, boss, settings } = await office();
    const closed = guild.addTextChannel('closed', { overwrites: [{ for: guild.bot, deny: ['SendMessages'] }] });
    const reply = await boss.command('settings set', { 'transcript-channel': closed }, { channel: general });
    expect(reply.content).toContain('**Send Messages**');
    expect((await settings.guild(guild.id)).transcriptChannelId).toBeUndefined();
  });
});
