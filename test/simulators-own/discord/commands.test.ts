import { ApplicationCommandType, type RESTPostAPIApplicationCommandsJSONBody, SlashCommandBuilder } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bots } from './bot.ts';

const { discord, login } = bots();

const greet = new SlashCommandBuilder()
  .setName('greet')
  .setNameLocalizations({ fr: 'saluer' })
  .setDescription('Greets')
  .addStringOption((option) => option.setName('whom').setDescription('Whom').setRequired(true).setMaxLength(20))
  .addBooleanOption((option) => option.setName('loud').setDescription('Loudly'))
  .toJSON();

const text = { type: 3, name: 'a', description: 'A' };

describe('registering commands', () => {
  it('keeps ids of those that stay, and forgets those that are not named again', async () => {
    const sim = await discord();
    const bot = await login(sim);
    const menu = { name: 'Transcribe audio', type: ApplicationCommandType.Message } as const;
    const first = await bot.application.commands.set([greet, menu]);
    const second = await bot.application.commands.set([{ ...greet, description: 'Greets well' }]);
    expect(second.map((command) => command.name)).toEqual(['greet']);
    expect(second.firstKey()).toBe(first.findKey((command) => command.name === 'greet'));
  });

  it('tells localisations only to who asks for them', async () => {
    const sim = await discord();
    const bot = await login(sim);
    await bot.application.commands.set([greet]);
    const path = `/applications/${bot.application.id}/commands` as const;
    const [plain] = z.array(z.looseObject({})).parse(await bot.rest.get(path));
    expect(plain).not.toHaveProperty('name_localizations');
    const localized = await bot.application.commands.fetch({ withLocalizations: true });
    expect(localized.first()?.nameLocalizations).toEqual({ fr: 'saluer' });
  });

  it('of one guild leaves the others', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const bot = await login(sim);
    await bot.application.commands.set([greet]);
    await bot.application.commands.set([{ name: 'local', description: 'Here' }], guild.id);
    expect((await bot.application.commands.fetch()).map((command) => command.name)).toEqual(['greet']);
    expect((await bot.application.commands.fetch({ guildId: guild.id })).map((command) => command.name)).toEqual([
      'local',
    ]);
    await bot.application.commands.delete((await bot.application.commands.fetch()).firstKey() ?? '');
    expect(await bot.application.commands.fetch()).toHaveProperty('size', 0);
  });

  it.each([
    ['an upper-case name', { name: 'Greet', description: 'x' }],
    ['a name with a space', { name: 'greet me', description: 'x' }],
    ['no description', { name: 'greet', description: '' }],
    ['a description of more than 100', { name: 'greet', description: 'x'.repeat(101) }],
    ['an unknown locale', { name: 'greet', description: 'x', description_localizations: { xx: 'y' } }],
    [
      'a required option after one that is not',
      { name: 'greet', description: 'x', options: [text, { ...text, name: 'b', required: true }] },
    ],
    ['two options of one name', { name: 'greet', description: 'x', options: [text, text] }],
    [
      'a subcommand beside an option',
      { name: 'greet', description: 'x', options: [text, { type: 1, name: 'b', description: 'B' }] },
    ],
    [
      'choices with autocomplete',
      {
        name: 'greet',
        description: 'x',
        options: [{ ...text, autocomplete: true, choices: [{ name: 'a', value: 'a' }] }],
      },
    ],
    [
      '26 choices',
      {
        name: 'greet',
        description: 'x',
        options: [
          { ...text, choices: Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: `${index}` })) },
        ],
      },
    ],
  ])('refuses %s', async (_, body) => {
    const sim = await discord({ limits: 'none' });
    const bot = await login(sim);
    const path = `/applications/${bot.application.id}/commands` as const;
    await expect(bot.rest.put(path, { body: [body] })).rejects.toMatchObject({ code: 50035 });
    expect(sim.violations).toHaveLength(1);
  });

  it('refuses the same name twice', async () => {
    const sim = await discord();
    const bot = await login(sim);
    const twice: RESTPostAPIApplicationCommandsJSONBody[] = [greet, greet];
    await expect(bot.application.commands.set(twice)).rejects.toMatchObject({ code: 50035 });
  });
});

describe('what people can use', () => {
  it('is what was registered, with the options as they were defined', async () => {
    const sim = await discord();
    const guild = sim.addGuild({ name: 'Café' });
    const channel = guild.addTextChannel('general');
    const ana = guild.addMember({ name: 'ana' });
    const bot = await login(sim);
    await bot.application.commands.set([{ ...greet, default_member_permissions: '32' }]);
    const manager = guild.addMember({ name: 'max', permissions: ['ManageGuild'] });
    await expect(ana.command('leave', {}, { channel })).rejects.toThrow('shows no command');
    await expect(ana.command('greet', { whom: 'x' }, { channel })).rejects.toThrow('permissions are missing');
    await expect(manager.command('greet', {}, { channel })).rejects.toThrow('asks for the option whom');
    await expect(manager.command('greet', { whom: 7 }, { channel })).rejects.toThrow('it takes text');
    await expect(manager.command('greet', { whom: 'x'.repeat(21) }, { channel })).rejects.toThrow('another length');
    await expect(manager.command('greet', { whom: 'x', how: 'y' }, { channel })).rejects.toThrow('no option how');
  });
});
