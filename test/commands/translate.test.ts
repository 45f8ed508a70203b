import { describe, expect, it } from 'vitest';
import { office } from './support/office.ts';

describe('/translate', () => {
  it('sets the server’s languages, whatever spaces and names they come with', async () => {
    const { guild, general, ana, settings } = await office();
    const reply = await ana.command('translate', { languages: ' es, Français ,pt' }, { channel: general });
    expect((await settings.guild(guild.id)).translateTo).toEqual(['es', 'fr', 'pt']);
    expect(reply.content).toContain('Spanish, French and Portuguese (`es`, `fr`, `pt`)');
    expect(reply.ephemeral).toBe(true);
  });

  it('shows what is set when nothing is given', async () => {
    const { guild, general, ana, settings } = await office();
    expect((await ana.command('translate', {}, { channel: general })).content).toContain('Nothing is translated here');
    await settings.changeGuild(guild.id, { translateTo: ['ja'] });
    expect((await ana.command('translate', {}, { channel: general })).content).toContain(
      'translated into Japanese (`ja`)',
    );
  });

  it('is turned off', async () => {
    const { guild, general, ana, settings } = await office();
    await settings.changeGuild(guild.id, { translateTo: ['ja'] });
    const reply = await ana.command('translate', { languages: 'OFF' }, { channel: general });
    expect(reply.content).toContain('nothing is translated');
    expect((await settings.guild(guild.id)).translateTo).toEqual([]);
  });

  it('takes what is given twice once, and says so', async () => {
    const { guild, general, ana, settings } = await office();
    const reply = await ana.command('translate', { languages: 'es,fr,Spanish' }, { channel: general });
    expect((await settings.guild(guild.id)).translateTo).toEqual(['es', 'fr']);
    expect(reply.content).toContain('Spanish: given twice, taken once');
  });

  it('leaves out the language that is spoken, and says so', async () => {
    const { guild, general, ana, settings } = await office();
    await settings.changeGuild(guild.id, { spoken: 'en' });
    const reply = await ana.command('translate', { languages: 'en,es' }, { channel: general });
    expect((await settings.guild(guild.id)).translateTo).toEqual(['es']);
    expect(reply.content).toContain('English is what is spoken here');
  });

  it('accepts a well-formed code it does not know, with a warning', async () => {
    const { guild, general, ana, settings } = await office();
    const reply = await ana.command('translate', { languages: 'sv, pt-BR' }, { channel: general });
    expect((await settings.guild(guild.id)).translateTo).toEqual(['sv', 'pt-br']);
    expect(reply.content).toContain('`sv`, `pt-br` are not known to be supported');
  });

  it.each(['spa nish!', '12', 'es,**fr**', ',', 'auto'])('refuses %j and changes nothing', async (languages) => {
    const { guild, general, ana, settings } = await office();
    await settings.changeGuild(guild.id, { translateTo: ['ja'] });
    const reply = await ana.command('translate', { languages }, { channel: general });
    expect(reply.content).toContain('Nothing was changed');
    expect((await settings.guild(guild.id)).translateTo).toEqual(['ja']);
  });

  it('applies to a running meeting at once, and tells its readers', async () => {
    const { guild, general, ana, meetings } = await office();
    await ana.command('transcribe start', {}, { channel: general });
    await ana.command('translate', { languages: 'es,fr' }, { channel: general });
    expect(meetings.changedGuilds).toEqual([guild.id]);
    await general.waitFor(({ content }) => content === '🌐 Ana set the translations to Spanish and French.');
  });

  it('suggests languages for the item being typed, keeping those before it', async () => {
    const { general, ana } = await office();
    const choices = await ana.autocomplete('translate', 'languages', 'es, de, fr', { channel: general });
    expect(choices).toEqual([{ name: 'Spanish, German, French – Français (fr)', value: 'es,de,fr' }]);
  });

  it('does not suggest what is there already', async () => {
    const { general, ana } = await office();
    const choices = await ana.autocomplete('translate', 'languages', 'es,', { channel: general });
    expect(choices.map(({ value }) => value)).not.toContain('es,es');
    expect(choices.length).toBeGreaterThan(10);
  });

  it('suggests to turn it off', async () => {
    const { general, ana } = await office();
    const choices = await ana.autocomplete('translate', 'languages', '', { channel: general });
    expect(choices[0]).toEqual({ name: 'No translations (off)', value: 'off' });
  });
});
