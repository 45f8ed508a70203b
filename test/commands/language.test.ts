import { describe, expect, it } from 'vitest';
import { office } from './support/office.ts';

describe('/language', () => {
  it('sets the member’s own language by default', async () => {
    const { guild, general, ana, ben, settings } = await office();
    const reply = await ana.command('language', { spoken: 'german' }, { channel: general });
    expect(reply.content).toContain('I expect you to speak German');
    expect((await settings.member(guild.id, ana.id)).spoken).toBe('de');
    expect((await settings.member(guild.id, ben.id)).spoken).toBeUndefined();
  });

  it('sets the server’s language', async () => {
    const { guild, general, boss, settings } = await office();
    const reply = await boss.command('language', { spoken: 'fr', scope: 'server' }, { channel: general });
    expect((await settings.guild(guild.id)).spoken).toBe('fr');
    expect(reply.content).toContain('I expect to hear French here');
  });

  it('lets only those set the server’s language who manage it or steer its running meeting, and everybody their own', async () => {
    const { guild, general, ana, ben, settings } = await office();
    const set = async (who: typeof ana, spoken: string, scope: string) =>
      (await who.command('language', { spoken, scope }, { channel: general })).content;
    expect(await set(ana, 'fr', 'server')).toContain('**Manage Server** or **Manage Channels**');
    await ana.command('transcribe start', {}, { channel: general });
    expect(await set(ben, 'fr', 'server')).toContain('**Manage Server** or **Manage Channels**');
    expect(await set(ben, 'default', 'server')).toContain('**Manage Server** or **Manage Channels**');
    expect((await settings.guild(guild.id)).spoken).toBe('auto');
    expect(await set(ana, 'fr', 'server')).toContain('I expect to hear French here');
    expect(await set(ben, 'de', 'me')).toContain('I expect you to speak German');
  });

  it('refuses a server language that the recogniser does not know', async () => {
    const { guild, general, boss, settings } = await office();
    const reply = await boss.command('language', { spoken: 'zz', scope: 'server' }, { channel: general });
    expect(reply.content).toContain('does not know `zz`');
    expect((await settings.guild(guild.id)).spoken).toBe('auto');
  });

  it('lets the recogniser detect the language', async () => {
    const { guild, general, boss, settings } = await office();
    await boss.command('language', { spoken: 'Auto', scope: 'server' }, { channel: general });
    expect((await settings.guild(guild.id)).spoken).toBe('auto');
  });

  it('resets the member’s own choice', async () => {
    const { guild, general, ana, settings } = await office();
    await settings.changeGuild(guild.id, { spoken: 'en' });
    await ana.command('language', { spoken: 'fr' }, { channel: general });
    const reply = await ana.command('language', { spoken: 'default' }, { channel: general });
    expect((await settings.member(guild.id, ana.id)).spoken).toBeUndefined();
    expect(reply.content).toContain('the server’s language for you: English');
  });

  it('says when the language is among the translations', async () => {
    const { guild, general, boss, settings } = await office();
    await settings.changeGuild(guild.id, { translateTo: ['es'] });
    const reply = await boss.command('language', { spoken: 'es', scope: 'server' }, { channel: general });
    expect(reply.content).toContain('Meetings are also translated into Spanish');
  });

  it('refuses text that is no language', async () => {
    const { guild, general, ana, settings } = await office();
    const reply = await ana.command('language', { spoken: '???' }, { channel: general });
    expect(reply.content).toContain('Nothing was changed');
    expect((await settings.member(guild.id, ana.id)).spoken).toBeUndefined();
  });

  it('applies to a running meeting at once', async () => {
    const { guild, general, ana, meetings } = await office();
    await ana.command('language', { spoken: 'fr' }, { channel: general });
    expect(meetings.changedGuilds).toEqual([guild.id]);
  });

  it('suggests languages by name and code, and the special choices', async () => {
    const { general, ana } = await office();
    const choices = await ana.autocomplete('language', 'spoken', 'de', { channel: general });
    expect(choices.map(({ value }) => value)).toEqual(['default', 'de', 'nl']);
  });
});
