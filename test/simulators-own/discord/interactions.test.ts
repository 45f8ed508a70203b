import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel, DiscordSimulator, Guild, Member } from '../../simulators/discord/index.ts';
import { bots } from './bot.ts';

const { discord, login } = bots();

let sim: DiscordSimulator;
let guild: Guild;
let channel: Channel;
let ana: Member;
let bot: Client<true>;
const failures: unknown[] = [];

beforeEach(async () => {
  failures.length = 0;
  sim = await discord();
  guild = sim.addGuild({ name: 'Café', locale: 'de' });
  channel = guild.addTextChannel('general');
  ana = guild.addMember({ name: 'ana', nick: 'Ana', locale: 'es-ES' });
  bot = await login(sim);
  await bot.application.commands.set([
    new SlashCommandBuilder()
      .setName('do')
      .setDescription('Does')
      .addSubcommand((sub) =>
        sub
          .setName('it')
          .setDescription('It')
          .addStringOption((option) => option.setName('what').setDescription('What').setAutocomplete(true))
          .addUserOption((option) => option.setName('who').setDescription('Who'))
          .addIntegerOption((option) => option.setName('times').setDescription('Times').setMinValue(1))
          .addAttachmentOption((option) => option.setName('file').setDescription('File')),
      ),
    { name: 'Count letters', type: ApplicationCommandType.Message },
  ]);
});

function on(answer: (interaction: Interaction) => Promise<unknown>): void {
  bot.on(Events.InteractionCreate, (interaction) => {
    answer(interaction).catch((error: unknown) => failures.push(error));
  });
}

function onCommand(answer: (interaction: ChatInputCommandInteraction) => Promise<unknown>): void {
  on(async (interaction) => (interaction.isChatInputCommand() ? await answer(interaction) : undefined));
}

describe('a command that somebody uses', () => {
  it('arrives with its subcommand, its options resolved, and where and by whom it was used', async () => {
    onCommand(async (interaction) => {
      const { options } = interaction;
      const who = options.getMember('who');
      const name = who !== null && 'displayName' in who ? who.displayName : '';
      const file = await fetch(options.getAttachment('file', true).url);
      const parts = [options.getSubcommand(), name, options.getInteger('times'), await file.text()];
      await interaction.reply(`${parts.join(' ')} ${interaction.locale} ${interaction.guildLocale}`);
    });
    const bob = guild.addMember({ name: 'bob', nick: 'Bob' });
    const file = { filename: 'a.txt', bytes: Buffer.from('bytes') };
    const reply = await ana.command('do it', { who: bob, times: 2, file }, { channel });
    expect(reply.content).toBe('it Bob 2 bytes es-ES de');
    expect(reply.acknowledgedAfterMs).toBeLessThan(3_000);
    expect(channel.messages.map((message) => message.content)).toEqual([reply.content]);
  });

  it('can be answered for one person alone', async () => {
    onCommand(async (interaction) => await interaction.reply({ content: 'secret', flags: MessageFlags.Ephemeral }));
    const reply = await ana.command('do it', {}, { channel });
    expect(reply).toMatchObject({ content: 'secret', ephemeral: true, deferred: false });
    expect(channel.messages).toEqual([]);
  });

  it('can be deferred, edited, followed up and deleted', async () => {
    onCommand(async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('first');
      await interaction.editReply({ content: 'second', files: [{ attachment: Buffer.from('x'), name: 'x.md' }] });
      await interaction.followUp({ content: 'also', flags: MessageFlags.Ephemeral });
      await interaction.followUp({ content: 'for all' });
      await interaction.deleteReply();
    });
    const reply = await ana.command('do it', {}, { channel });
    expect(reply).toMatchObject({ deferred: true, ephemeral: true });
    await reply.until(() => reply.isDeleted);
    expect(reply.original?.edits.map((edit) => edit.content)).toEqual(['first', 'second']);
    expect(reply.followUps.map((message) => [message.content, message.isEphemeral])).toEqual([
      ['also', true],
      ['for all', false],
    ]);
    expect(channel.messages.map((message) => message.content)).toEqual(['for all']);
    expect(failures).toEqual([]);
  });

  it('is answered in the place of "thinking" by the first follow-up', async () => {
    onCommand(async (interaction) => {
      await interaction.deferReply();
      await interaction.followUp('done');
    });
    const reply = await ana.command('do it', {}, { channel });
    expect(reply.content).toBe('done');
    expect(reply.followUps).toEqual([]);
  });

  it('can have its answer fetched with the acknowledgement', async () => {
    onCommand(async (interaction) => {
      const response = await interaction.reply({ content: 'x', withResponse: true });
      await response.resource?.message?.edit('y');
    });
    const reply = await ana.command('do it', {}, { channel });
    await reply.until(() => reply.content === 'y');
    expect(failures).toEqual([]);
  });

  it('cannot be acknowledged twice: 40060', async () => {
    onCommand(async (interaction) => {
      const callback = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
      await interaction.reply('once');
      await interaction.client.rest.post(callback, { body: { type: 4, data: { content: 'twice' } }, auth: false });
    });
    const refused = Promise.withResolvers<void>();
    on(async () => refused.resolve());
    await ana.command('do it', {}, { channel });
    await refused.promise;
    await expect.poll(() => failures).toMatchObject([{ code: 40060 }]);
    expect(sim.violations).toEqual(['An interaction was acknowledged twice']);
  });

  it('that is not acknowledged within 3 s fails, and a later answer gets 10062', async () => {
    const late = Promise.withResolvers<void>();
    onCommand(async (interaction) => {
      await late.promise;
      await interaction.reply('too late');
    });
    await expect(ana.command('do it', {}, { channel })).rejects.toThrow('did not acknowledge within 3000 ms');
    late.resolve();
    await expect.poll(() => failures).toMatchObject([{ code: 10062 }]);
    expect(sim.violations[0]).toContain('not acknowledged');
  });

  it('judges the answer as it judges messages', async () => {
    onCommand(async (interaction) => await interaction.reply('x'.repeat(2_001)));
    const asked = ana.command('do it', {}, { channel, answerWithinMs: 500 });
    await expect(asked).rejects.toThrow('not acknowledged');
    expect(failures).toMatchObject([{ code: 50035 }]);
  });
});

describe('choices while typing', () => {
  it('are what the bot offers for what was typed', async () => {
    on(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const typed = interaction.options.getFocused();
      await interaction.respond([{ name: `${typed}!`, value: typed }]);
    });
    const choices = await ana.autocomplete('do it', 'what', 'hel', { channel });
    expect(choices).toEqual([{ name: 'hel!', value: 'hel' }]);
  });

  it('are at most 25', async () => {
    on(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      await interaction.respond(Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: `${index}` })));
    });
    const asked = ana.autocomplete('do it', 'what', '', { channel, answerWithinMs: 500 });
    await expect(asked).rejects.toThrow('did not come');
    expect(sim.violations).toEqual(['Choices were sent that Discord does not take']);
  });
});

describe('buttons, forms and menus', () => {
  const button = new ButtonBuilder().setCustomId('pause').setLabel('Pause').setStyle(ButtonStyle.Primary);
  const components = [new ActionRowBuilder<ButtonBuilder>().addComponents(button)];

  it('update the message on which the button stands', async () => {
    on(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'panel', components });
      if (interaction.isButton()) await interaction.update({ content: `${interaction.customId}d`, components: [] });
    });
    const reply = await ana.command('do it', {}, { channel });
    if (reply.original === undefined) throw new Error('No answer');
    await ana.click(reply.original, 'pause');
    expect(channel.messages.map((message) => message.content)).toEqual(['paused']);
    await expect(ana.click(reply.original, 'pause')).rejects.toThrow('shows no such button');
  });

  it('open a form that is filled in', async () => {
    const input = new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short);
    const label = new LabelBuilder().setLabel('Name').setTextInputComponent(input);
    const form = new ModalBuilder().setCustomId('form').setTitle('A form').addLabelComponents(label);
    on(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(form);
      if (interaction.isModalSubmit()) await interaction.reply(interaction.fields.getTextInputValue('name'));
    });
    const opened = await ana.command('do it', {}, { channel });
    const reply = await ana.submit(opened, { name: 'Ada' });
    expect(reply.content).toBe('Ada');
    expect(failures).toEqual([]);
  });

  it.each([
    ['a title of 46 characters', { title: 'x'.repeat(46) }],
    ['a label of 46 characters', { label: 'x'.repeat(46) }],
    ['a description of 101 characters', { description: 'x'.repeat(101) }],
    ['a field of 4,001 characters', { max: 4_001 }],
    ['a text that is longer than its field', { max: 3, value: 'four' }],
    ['a placeholder of 101 characters', { placeholder: 'x'.repeat(101) }],
    ['an id of 101 characters', { id: 'x'.repeat(101) }],
  ])('open no form with %s', async (_, wrong) => {
    const {
      title = 'A form',
      label = 'Name',
      description,
      id = 'form',
      max = 4_000,
      value,
      placeholder,
    } = wrong as {
      title?: string;
      label?: string;
      description?: string;
      id?: string;
      max?: number;
      value?: string;
      placeholder?: string;
    };
    const field = { type: 4, custom_id: 'name', style: 1, max_length: max, value, placeholder };
    const form = { custom_id: id, title, components: [{ type: 18, label, description, component: field }] };
    const refused = Promise.withResolvers<unknown>();
    on(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.showModal(form as never).catch(refused.resolve); // discord.js would let most of these pass
      await interaction.reply('There is no form');
    });
    const asked = await ana.command('do it', {}, { channel });
    expect(asked.form).toBeUndefined();
    expect(await refused.promise).toMatchObject({ code: 50_035 });
  });

  it('pick channels from a menu', async () => {
    const menu = new ChannelSelectMenuBuilder().setCustomId('where');
    const rows = [new ActionRowBuilder<ChannelSelectMenuBuilder>().addComponents(menu)];
    on(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'Where?', components: rows });
      if (!interaction.isChannelSelectMenu()) return;
      await interaction.deferUpdate();
      const names = interaction.channels.map((picked) => (picked !== null && 'name' in picked ? picked.name : ''));
      await interaction.followUp({ content: names.join(), flags: MessageFlags.Ephemeral });
    });
    const asked = await ana.command('do it', {}, { channel });
    if (asked.original === undefined) throw new Error('No answer');
    const picked = await ana.click(asked.original, 'where', { values: [channel.id] });
    await picked.until(() => picked.followUps.length > 0);
    expect(picked.followUps[0]?.content).toBe('general');
    expect(failures).toEqual([]);
  });

  it('offer of a menu what it holds, as many as it lets one pick, and a button to press only', async () => {
    const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
    const menu = new StringSelectMenuBuilder().setCustomId('what').setMaxValues(2).addOptions(options);
    const rows = [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu), ...components];
    on(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'What?', components: rows });
      if (interaction.isStringSelectMenu()) await interaction.reply(interaction.values.join());
    });
    const { original } = await ana.command('do it', {}, { channel });
    if (original === undefined) throw new Error('No answer');
    expect((await ana.click(original, 'what', { values: ['c', 'a'] })).content).toBe('c,a');
    await expect(ana.click(original, 'what', { values: ['d'] })).rejects.toThrow('offers no d');
    await expect(ana.click(original, 'what', { values: ['a', 'b', 'c'] })).rejects.toThrow('pick 1 to 2');
    await expect(ana.click(original, 'pause', { values: ['a'] })).rejects.toThrow('a button, not a menu');
  });

  it('stand on an ephemeral message for one person only', async () => {
    on(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'panel', components, flags: MessageFlags.Ephemeral });
    });
    const { original } = await ana.command('do it', {}, { channel });
    const bob = guild.addMember({ name: 'bob' });
    if (original === undefined) throw new Error('No answer');
    await expect(bob.click(original, 'pause')).rejects.toThrow('to somebody else only');
  });

  it('act on a message', async () => {
    on(async (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return;
      await interaction.reply(String(interaction.targetMessage.content.length));
    });
    const reply = await ana.useOnMessage('Count letters', ana.write(channel, 'twelve'));
    expect(reply.content).toBe('6');
  });
});
