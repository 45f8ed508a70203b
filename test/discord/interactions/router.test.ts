import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  LabelBuilder,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Log } from '../../../src/core/log.ts';
import { registerCommands } from '../../../src/discord/gateway/register-commands.ts';
import type { Command, MessageCommand } from '../../../src/discord/interactions/command.ts';
import { type Control, customId } from '../../../src/discord/interactions/control.ts';
import { routeInteractions } from '../../../src/discord/interactions/router.ts';
import {
  type Channel,
  type DiscordSimulator,
  type Guild,
  Interaction,
  type Member,
} from '../../simulators/discord/index.ts';
import { connected } from '../support/connect.ts';

/** A command that greets, or fails as it is told to. */
const greet: Command<{ readonly greeting: string }> = {
  definition: new SlashCommandBuilder()
    .setName('greet')
    .setDescription('Say hello')
    .addStringOption((how) => how.setName('how').setDescription('How').setAutocomplete(true))
    .toJSON(),
  async run(ask, { greeting }) {
    if (ask.options.getString('how') === 'badly') throw new Error('The words are secret');
    if (ask.options.getString('how') === 'at length') return 'long '.repeat(1_000);
    return `${greeting}, ${ask.member.displayName}`;
  },
  complete(typing) {
    if (typing.options.getFocused() === 'badly') throw new Error('No idea');
    return Array.from({ length: 40 }, (_, index) => ({ name: `Way ${index}`, value: `${index}` }));
  },
};
/** An entry of a message's menu with the same name. */
const onMessage: MessageCommand<{ readonly greeting: string }> = {
  definition: { name: 'greet', type: ApplicationCommandType.Message },
  async run(ask, { greeting }) {
    const { author, content } = ask.targetMessage;
    if (content === 'secret') throw new Error('The words are secret');
    if (content !== 'answer yourself') return `${greeting}, ${author.username}, who wrote “${content}”`;
    await ask.editReply('The command’s own answer');
    return undefined;
  },
};
const waveButton: Control<{ readonly greeting: string }> = {
  kind: 'button',
  id: 't1:wave',
  answers: 'alone',
  async run(pressed, concerns, { greeting }) {
    if (concerns === 'badly') throw new Error('The words are secret');
    return `${greeting} ${concerns} from ${pressed.member.displayName}`;
  },
};
const nextButton: Control<{ readonly greeting: string }> = {
  kind: 'button',
  id: 't1:next',
  answers: 'in place',
  async run(_pressed, concerns) {
    const page = Number(concerns);
    if (page > 2) throw new Error('No more pages');
    return {
      content: `Page ${page}`,
      components: [row({ control: nextButton, concerns: `${page + 1}`, label: 'Next' })],
    };
  },
};
const colourMenu: Control<{ readonly greeting: string }> = {
  kind: 'menu',
  id: 't1:colour',
  answers: 'in place',
  async run(picked, concerns) {
    return `${concerns} likes ${picked.values.join(' and ')}`;
  },
};
const nameForm: Control<{ readonly greeting: string }> = {
  kind: 'form',
  id: 't1:name',
  answers: 'alone',
  async run(filledIn, concerns) {
    return `${concerns} is called ${filledIn.fields.getTextInputValue('name')}`;
  },
};
const askName: Control<{ readonly greeting: string }> = {
  kind: 'opener',
  id: 't1:ask-name',
  async open(_pressed, concerns) {
    if (concerns === 'nobody') return 'Nobody has no name';
    if (concerns === 'badly') throw new Error('The words are secret');
    const input = new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short);
    return new ModalBuilder()
      .setCustomId(customId(nameForm, concerns))
      .setTitle('A name')
      .addLabelComponents(new LabelBuilder().setLabel('Name').setTextInputComponent(input))
      .toJSON();
  },
};
const CONTROLS = [waveButton, nextButton, colourMenu, nameForm, askName];

interface ButtonOf {
  readonly control: { readonly id: string };
  readonly concerns: string;
  readonly label: string;
}

function row(...buttons: readonly ButtonOf[]) {
  const made = buttons.map(({ control, concerns, label }) =>
    new ButtonBuilder().setCustomId(customId(control, concerns)).setLabel(label).setStyle(ButtonStyle.Secondary),
  );
  return new ActionRowBuilder<ButtonBuilder>().addComponents(made).toJSON();
}

/** A command that Discord still shows, but that the bot no longer has. */
const old = new SlashCommandBuilder().setName('old').setDescription('Long gone').toJSON();

interface Routed {
  readonly discord: DiscordSimulator;
  readonly client: Client<true>;
  readonly guild: Guild;
  readonly general: Channel;
  readonly ana: Member;
  readonly logged: string[];
}

async function routed(whenGoingOn?: (guildId: string) => Promise<void>): Promise<Routed> {
  const made: { guild?: Guild; general?: Channel; ana?: Member } = {};
  const it = await connected((discord) => {
    made.guild = discord.addGuild({ name: 'Office' });
    made.general = made.guild.addTextChannel('general');
    made.ana = made.guild.addMember({ name: 'ana', globalName: 'Ana' });
  });
  const { guild, general, ana } = made;
  if (!guild || !general || !ana) throw new Error('The world was not built');
  const logged: string[] = [];
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const { client, discord } = it;
  const { signal } = new AbortController();
  await registerCommands(client.rest, client.application.id, [greet.definition, onMessage.definition, old], signal);
  const router = routeInteractions(
    client,
    { commands: [greet, onMessage], controls: CONTROLS },
    { greeting: 'Hello' },
    log,
    whenGoingOn && { whenGoingOn },
  );
  onTestFinished(async () => {
    router[Symbol.dispose]();
    await it[Symbol.asyncDispose]();
  });
  return { discord, client, guild, general, ana, logged };
}

describe('the interaction router', () => {
  it('defers, then answers for the asker alone', async () => {
    const { discord, general, ana } = await routed();
    const reply = await ana.command('greet', {}, { channel: general });
    expect(reply).toMatchObject({ content: 'Hello, Ana', deferred: true, ephemeral: true });
    expect(discord.violations).toEqual([]);
  });

  it('answers an entry of a message’s menu, which may have the name of a slash command', async () => {
    const { discord, general, ana } = await routed();
    const reply = await ana.useOnMessage('greet', ana.write(general, 'good morning'));
    expect(reply).toMatchObject({ content: 'Hello, ana, who wrote “good morning”', deferred: true, ephemeral: true });
    expect((await ana.command('greet', {}, { channel: general })).content).toBe('Hello, Ana');
    expect(discord.violations).toEqual([]);
  });

  it('asks for time, and answers once the meeting that is to go on does', async () => {
    const goesOn = Promise.withResolvers<void>();
    const { general, ana } = await routed(() => goesOn.promise);
    const asked = await ana.command('greet', {}, { channel: general, until: 'acknowledged' });
    expect(asked).toMatchObject({ deferred: true, content: '' });
    goesOn.resolve();
    expect((await asked.until(({ content }) => content !== '')).content).toBe('Hello, Ana');
  });

  it('leaves an answer alone that the command has written itself', async () => {
    const { general, ana } = await routed();
    const reply = await ana.useOnMessage('greet', ana.write(general, 'answer yourself'));
    expect(reply.content).toBe('The command’s own answer');
    expect(reply.original?.edits).toHaveLength(1);
  });

  it('answers a crash of a menu entry with a sentence, too', async () => {
    const { general, ana } = await routed();
    const reply = await ana.useOnMessage('greet', ana.write(general, 'secret'));
    expect(reply.content).toMatch(/^Something went wrong.*reference \w+\.$/);
  });

  it('answers a crash with a sentence and a reference that is also in the log', async () => {
    const { general, ana, logged } = await routed();
    const reply = await ana.command('greet', { how: 'badly' }, { channel: general });
    expect(reply.ephemeral).toBe(true);
    const [, reference = 'none'] = /reference (\w+)/.exec(reply.content) ?? [];
    expect(logged.some((line) => line.includes(reference))).toBe(true);
    expect(reply.content).not.toContain('secret');
  });

  it('goes on after a crash', async () => {
    const { general, ana } = await routed();
    const [bad, good] = await Promise.all([
      ana.command('greet', { how: 'badly' }, { channel: general }),
      ana.command('greet', {}, { channel: general }),
    ]);
    expect(bad.content).toContain('Something went wrong');
    expect(good.content).toBe('Hello, Ana');
  });

  it('explains that it no longer has a command', async () => {
    const { general, ana } = await routed();
    const reply = await ana.command('old', {}, { channel: general });
    expect(reply.content).toContain('I no longer know this command');
  });

  it('cuts an answer that is too long', async () => {
    const { general, ana } = await routed();
    const reply = await ana.command('greet', { how: 'at length' }, { channel: general });
    expect(reply.content).toHaveLength(2_000);
    expect(reply.content.endsWith('…')).toBe(true);
  });

  it('offers at most 25 suggestions', async () => {
    const { general, ana } = await routed();
    expect(await ana.autocomplete('greet', 'how', '', { channel: general })).toHaveLength(25);
  });

  it('offers nothing when suggestions fail, and people can go on typing', async () => {
    const { general, ana } = await routed();
    expect(await ana.autocomplete('greet', 'how', 'badly', { channel: general })).toEqual([]);
  });

  it('works in servers only', async () => {
    const { discord, general, ana } = await routed();
    const interaction = new Interaction('command', ana, general);
    const command = discord.world.application.find('greet', 1, general.guild?.id ?? '');
    const event = interaction.eventJson({ id: command?.id, name: 'greet', type: 1, options: [] });
    const { guild_id: _guild, guild: _, member: _member, ...direct } = event;
    const user = { id: ana.id, username: 'ana', discriminator: '0', avatar: null, global_name: 'Ana' };
    discord.world.publish('INTERACTION_CREATE', 0, { ...direct, user, context: 1 });
    const reply = await interaction.until((asked) => asked.isAnswered);
    expect(reply.content).toContain('I only work in servers');
  });

  it('says so in a server that the bot is not in', async () => {
    const { discord, guild, general, ana } = await routed();
    const interaction = new Interaction('command', ana, general);
    const event = interaction.eventJson({ id: '1', name: 'greet', type: 1, options: [] });
    discord.world.publish('INTERACTION_CREATE', 0, { ...event, guild_id: `${guild.id}0` });
    const reply = await interaction.until((asked) => asked.isAnswered);
    expect(reply.content).toContain('I am not in this server');
    expect(reply.content).toMatch(/scope=bot\+applications.commands&permissions=\d+/);
  });

  it('only logs when Discord has forgotten the interaction', async () => {
    const { discord, general, ana, logged } = await routed();
    discord.rest.failNext({ path: /\/callback/, with: { status: 404 } });
    const asked = ana.command('greet', {}, { channel: general, until: 'acknowledged' });
    await expect(asked).rejects.toThrow();
    expect(logged.some((line) => line.includes('could not be answered'))).toBe(true);
    expect((await ana.command('greet', {}, { channel: general })).content).toBe('Hello, Ana');
  });
});

describe('buttons, menus and forms', () => {
  /** A message of the bot with every control. */
  async function board(it: Routed) {
    const menu = new StringSelectMenuBuilder()
      .setCustomId(customId(colourMenu, 'Ana'))
      .setMaxValues(2)
      .addOptions({ label: 'Red', value: 'red' }, { label: 'Blue', value: 'blue' });
    const channel = await it.client.channels.fetch(it.general.id);
    if (!channel?.isSendable()) throw new Error('The channel takes messages');
    await channel.send({
      content: 'The board',
      components: [
        row(
          { control: waveButton, concerns: 'good:morning', label: 'Wave' },
          { control: waveButton, concerns: 'badly', label: 'Badly' },
          { control: { id: 't0:wave' }, concerns: 'x', label: 'Wave as before' },
        ),
        row(
          { control: askName, concerns: 'Ana', label: 'Name' },
          { control: askName, concerns: 'nobody', label: 'No name' },
          { control: askName, concerns: 'badly', label: 'Bad name' },
        ),
        row(
          { control: nextButton, concerns: '2', label: 'Next' },
          { control: nextButton, concerns: '9', label: 'Far away' },
        ),
        new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu).toJSON(),
      ],
    });
    return await it.general.waitFor(({ content }) => content === 'The board');
  }

  it('are deferred, and answered for the person who used them alone, with the rest of their id', async () => {
    const it = await routed();
    const message = await board(it);
    const reply = await it.ana.click(message, 't1:wave:good:morning');
    expect(reply).toMatchObject({ content: 'Hello good:morning from Ana', deferred: true, ephemeral: true });
    expect(message.content).toBe('The board');
    expect(it.discord.violations).toEqual([]);
  });

  it('wait for the meeting that is to go on, too', async () => {
    const goesOn = Promise.withResolvers<void>();
    const it = await routed(() => goesOn.promise);
    const message = await board(it);
    const pressed = await it.ana.click(message, 't1:wave:good:morning', { until: 'acknowledged' });
    expect(pressed).toMatchObject({ deferred: true, content: '' });
    goesOn.resolve();
    expect((await pressed.until(({ content }) => content !== '')).content).toBe('Hello good:morning from Ana');
  });

  it('can change their message, which keeps only the controls of the answer', async () => {
    const it = await routed();
    const message = await board(it);
    await it.ana.click(message, 't1:next:2');
    await it.general.waitFor(({ content }) => content === 'Page 2');
    expect(message.components).toEqual([row({ control: nextButton, concerns: '3', label: 'Next' })]);
    expect(it.discord.violations).toEqual([]);
  });

  it('hand a menu the picked values', async () => {
    const it = await routed();
    const message = await board(it);
    await it.ana.click(message, 't1:colour:Ana', { values: ['red', 'blue'] });
    await it.general.waitFor(({ content }) => content === 'Ana likes red and blue');
    expect(message.components).toEqual([]);
  });

  it('open a form, and read it', async () => {
    const it = await routed();
    const form = await it.ana.click(await board(it), 't1:ask-name:Ana');
    const reply = await it.ana.submit(form, { name: 'Ada' });
    expect(reply).toMatchObject({ content: 'Ana is called Ada', deferred: true, ephemeral: true });
  });

  it('say why there is no form', async () => {
    const it = await routed();
    const message = await board(it);
    expect((await it.ana.click(message, 't1:ask-name:nobody')).content).toBe('Nobody has no name');
    expect((await it.ana.click(message, 't1:ask-name:badly')).content).toMatch(/^Something went wrong.*reference \w+/);
  });

  it('answer a crash with a sentence and a reference, and leave the message as it was', async () => {
    const it = await routed();
    const message = await board(it);
    const reply = await it.ana.click(message, 't1:wave:badly');
    expect(reply.content).toMatch(/^Something went wrong.*reference \w+/);
    const paged = await it.ana.click(message, 't1:next:9', { until: 'acknowledged' });
    await paged.until(({ followUps }) => followUps.length > 0);
    expect(paged.followUps[0]?.content).toMatch(/^Something went wrong/);
    expect(paged.followUps[0]?.isEphemeral).toBe(true);
    expect(message.content).toBe('The board');
    expect(it.logged.filter((line) => line.startsWith('A command failed'))).toHaveLength(2);
  });

  it('say so when they belong to an older version', async () => {
    const it = await routed();
    const reply = await it.ana.click(await board(it), 't0:wave:x');
    expect(reply).toMatchObject({ ephemeral: true });
    expect(reply.content).toContain('older version');
  });
});
