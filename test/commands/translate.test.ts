import { describe, expect, it } from 'vitest';
import { KNOWN_LANGUAGES } from '../../src/discord/formatting/languages.ts';
import { office } from './support/office.ts';

describe('/translate', () => {
  it('sets the server’s languages, given with spaces and by names', async () => {
    const { guild, general, boss, settings } = await office();
    const reply = await boss.command('translate', { languages: ' es, Français ,pt' }, { channel: general });
    expect((await settings.guild(guild.id)).translateTo).toEqual(['es', 'fr', 'pt']);
    expect(reply.content).toContain('Spanish, French and Portuguese (`es`, `fr`, `pt`)');
    expect(reply.ephemeral).toBe(true);
  });

  it('shows what is set when nothing is given, to everybody', async () => {
    const { guild, general, ana, settings } = await office();
    expect((await ana.command('translate', {}, { channel: general })).content).toContain(
      'Meetings here are not translated',
    );
    await settings.changeGuild(guild.id, { translateTo: ['ja'] });
    expect((await ana.command('translate', {}, { channel: general })).content).toContain(
      'translated into Japanese (`ja`)',
    );
  });

  it('can be turned off', async () => {
    const { guild, general, boss, settings } = await office();
    await settings.changeGuild(guild.id, { translateTo: ['ja'] });
    const reply = await boss.command('translate', { languages: 'OFF' }, { channel: general });
    expect(reply.content).toContain('meetings here are not translated');
    expect((await settings.guild(guild.id)).translateTo).toEqual([]);
  });

  it('counts a repeated language once, and says so', async () => {
    const { guild, general, boss, settings } = await office();
    const reply = await boss.command('translate', { languages: 'es,fr,Spanish' }, { channel: general });
    expect((await settings.guild(guild.id)).translateTo).toEqual(['es', 'fr']);
    expect(reply.content).toContain('You gave Spanish more than once. I use each only once.');
  });

  it('leaves out the spoken language, and says so', async () => {
    const { guild, general, boss, settings } = await office();
    await settings.changeGuild(guild.id, { spoken: 'en' });
    const reply = await boss.command('translate', { languages: 'en,es' }, { channel: general });
    expect((await settings.guild(guild.id)).translateTo).toEqual(['es']);
    expect(reply.content).toContain('English is spoken here');
  });

  it('refuses a well-formed code that the recogniser does not know, which would silence the other languages', async () => {
    const { guild, general, boss, settings } = await office();
    await settings.changeGuild(guild.id, { translateTo: ['ja'] });
    const reply = await boss.command('translate', { languages: 'es, zz, pt-BR' }, { channel: general });
    expect(reply.content).toContain('does not know `zz`, `pt-br`: choose from `ar`');
    expect((await settings.guild(guild.id)).translateTo).toEqual(['ja']);
  });

  it('accepts all languages that the recogniser knows except the spoken one, and answers in one message', async () => {
    const { guild, general, boss, settings } = await office();
    const all = KNOWN_LANGUAGES.map(({ code }) => code);
    const tooMany = await boss.command('translate', { languages: all.join(',') }, { channel: general });
    expect(tooMany.content).toBe('You can choose at most 12 languages at once. Nothing was changed.');
    await settings.changeGuild(guild.id, { spoken: 'en' });
    await boss.command('translate', { languages: all.join(',') }, { channel: general });
    expect((await settings.guild(guild.id)).translateTo).toEqual(all.filter((code) => code !== 'en'));
    const codes = Array.from({ length: 600 }, (_, i) => `q${String.fromCharCode(97 + (i % 26))}-${i + 10}`);
    for (const languages of [codes.join(','), codes.map((code) => `${code}!`).join(',')]) {
      const reply = await boss.command('translate', { languages }, { channel: general });
      expect(reply.content).toContain('Nothing was changed');
    }
  });

  it.each(['spa nish!', '12', 'es,**fr**', ',', 'auto'])('refuses %j and changes nothing', async (languages) => {
    const { guild, general, boss, settings } = await office();
    await settings.changeGuild(guild.id, { translateTo: ['ja'] });
    const reply = await boss.command('translate', { languages }, { channel: general });
    expect(reply.content).toContain('Nothing was changed');
    expect((await settings.guild(guild.id)).translateTo).toEqual(['ja']);
  });

  it('applies to a running meeting at once, and announces it to the readers', async () => {
    const { guild, general, ana, meetings } = await office();
    await ana.command('transcribe start', {}, { channel: general });
    await ana.command('translate', { languages: 'es,fr' }, { channel: general });
    expect(meetings.changedGuilds).toEqual([guild.id]);
    await general.waitFor(({ content }) => content === '🌐 Ana set the translations to Spanish and French.');
  });

  it('is allowed only to members who may steer the running meeting or manage the server', async () => {
    const { guild, general, standup, ana, ben, meetings, settings } = await office();
    const set = async (who: typeof ana, languages: string) =>
      (await who.command('translate', { languages }, { channel: general })).content;
    expect(await set(ana, 'es')).toContain('**Manage Server** or **Manage Channels**'); // nothing runs
    await ana.command('transcribe start', {}, { channel: general });
    expect(await set(ben, 'es')).toContain('**Manage Server** or **Manage Channels**');
    expect(await set(ben, 'off')).toContain('**Manage Server** or **Manage Channels**');
    expect((await settings.guild(guild.id)).translateTo).toEqual([]);
    expect(meetings.changedGuilds).toEqual([]);
    expect(general.messages.filter(({ content }) => content.startsWith('🌐'))).toEqual([]);
    expect(await set(ana, 'es')).toContain('translated into Spanish');
    ben.join(standup);
    expect(await set(ben, 'fr')).toContain('translated into French');
    expect((await settings.guild(guild.id)).translateTo).toEqual(['fr']);
  });

  it('suggests languages for the item being typed, keeping those before it', async () => {
    const { general, ana } = await office();
    const choices = await ana.autocomplete('translate', 'languages', 'es, de, fr', { channel: general });
    expect(choices).toEqual([{ name: 'Spanish, German, French – Français (fr)', value: 'es,de,fr' }]);
  });

  it('does not suggest a language that is there already', async () => {
    const { general, ana } = await office();
    const choices = await ana.autocomplete('translate', 'languages', 'es,', { channel: general });
    expect(choices.map(({ value }) => value)).not.toContain('es,es');
    expect(choices.length).toBeGreaterThan(10);
  });

  it('suggests turning it off', async () => {
    const { general, ana } = await office();
    const choices = await ana.autocomplete('translate', 'languages', '', { channel: general });
    expect(choices[0]).toEqual({ name: 'No translations (off)', value: 'off' });
  });
});
