import { describe, expect, it } from 'vitest';
import { office } from './support/office.ts';

describe('/settings', () => {
  it('shows everything, with the command that changes it', async () => {
    const { guild, general, ana, settings } = await office();
    await settings.changeGuild(guild.id, { spoken: 'en', translateTo: ['es', 'fr'], transcriptChannelId: general.id });
    const { content } = await ana.command('settings show', {}, { channel: general });
    expect(content.split('\n')).toEqual([
      `• Transcripts: <#${general.id}> (\`/settings set\`)`,
      '• Minutes: where the transcript is (`/minutes channel`)',
      '• Voice messages become text when somebody asks for it in their menu (`/settings set`)',
      '• Written as: messages that grow while people speak (`/settings set`)',
      '• Times in minutes: UTC (`/settings set`)',
      '• Glossary: no terms (`/settings glossary`)',
      '• Minutes are sent on to: nobody (`/settings webhook`)',
      '• Spoken: English (`/language`)',
      '• Translated into: Spanish and French (`/translate`)',
    ]);
  });

  it('sets the transcript channel, and takes it back', async () => {
    const { guild, general, boss, settings } = await office();
    await boss.command('settings set', { 'transcript-channel': general }, { channel: general });
    expect((await settings.guild(guild.id)).transcriptChannelId).toBe(general.id);
    await boss.command('settings set', { reset: 'transcript-channel' }, { channel: general });
    expect((await settings.guild(guild.id)).transcriptChannelId).toBeUndefined();
  });

  it('adds channels whose voice messages are transcribed, one at a time, and says what that still needs', async () => {
    const { guild, general, boss, settings } = await office();
    const other = guild.addTextChannel('other');
    await boss.command('settings set', { 'audio-channel': general }, { channel: general });
    const { content } = await boss.command('settings set', { 'audio-channel': other }, { channel: general });
    expect((await settings.guild(guild.id)).audioChannelIds).toEqual([general.id, other.id]);
    expect(content).toContain(`by themselves in: <#${general.id}> and <#${other.id}>`);
    expect(content).toContain('has to allow the Message Content intent and set DISCORD_MESSAGE_CONTENT to on.');
    await boss.command('settings set', { reset: 'audio-channel' }, { channel: general });
    expect((await settings.guild(guild.id)).audioChannelIds).toBeUndefined();
  });

  it('chooses how transcripts are written, and takes it back', async () => {
    const { guild, general, boss, settings } = await office();
    const reply = await boss.command('settings set', { style: 'digest' }, { channel: general });
    expect(reply.content).toContain('a compact digest every so often');
    expect((await settings.guild(guild.id)).style).toBe('digest');
    await boss.command('settings set', { reset: 'style' }, { channel: general });
    expect((await settings.guild(guild.id)).style).toBeUndefined();
  });

  it('are changed by those who may manage the server or its channels only', async () => {
    const { guild, general, ana, settings } = await office();
    const reply = await ana.command('settings set', { 'transcript-channel': general }, { channel: general });
    expect(reply.content).toContain('Manage Server');
    expect((await settings.guild(guild.id)).transcriptChannelId).toBeUndefined();
  });

  it('refuses a channel in which the bot may not write', async () => {
    const { guild, general, boss, settings } = await office();
    const closed = guild.addTextChannel('closed', { overwrites: [{ for: guild.bot, deny: ['SendMessages'] }] });
    const reply = await boss.command('settings set', { 'transcript-channel': closed }, { channel: general });
    expect(reply.content).toContain('**Send Messages**');
    expect((await settings.guild(guild.id)).transcriptChannelId).toBeUndefined();
  });
});
