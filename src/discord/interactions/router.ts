import {
  type AutocompleteInteraction,
  type Client,
  DiscordAPIError,
  Events,
  type Interaction,
  MessageFlags,
  RESTJSONErrorCodes,
} from 'discord.js';
import type { Log } from '../../core/log.ts';
import { wordsFor } from '../../i18n/words.ts';
import { MAX_CHOICES } from '../formatting/limits.ts';
import { inviteUrl } from '../permissions/preflight.ts';
import { answerAlone, answerWithForm } from './answering.ts';
import { type AnyCommand, type AnyMessageCommand, type Command, isMessageCommand, isSlashCommand } from './command.ts';
import type { Control } from './control.ts';
import { ControlDesk } from './control-desk.ts';

/** Everything that people can use. */
export interface Routes<Context> {
  readonly commands: readonly AnyCommand<Context>[];
  readonly controls: readonly Control<Context>[];
}

interface Limits {
  /** Whether the bot works in this server. Whoever asks elsewhere is told so. */
  readonly isServed?: (guildId: string) => boolean;
  /** Whether this process answers. If not, another one does. Missing: there is no other. */
  readonly mayAnswer?: (interaction: { readonly id: string; readonly guildId: string }) => Promise<boolean>;
  /** Resolves once a server's meeting that is to go on in this process does. What it was asked meanwhile waits for that. */
  readonly whenGoingOn?: (guildId: string) => Promise<void>;
}

/**
 * Hands every interaction to its command or control until disposed.
 *
 * Each is deferred at once, as Discord waits 3 s only, and answered for the asker alone unless it says otherwise. If
 * one throws, its answer is a sentence with a reference; others are not affected.
 */
export function routeInteractions<Context>(
  client: Client,
  { commands, controls }: Routes<Context>,
  context: Context,
  log: Log,
  { isServed = () => true, mayAnswer, whenGoingOn = async () => {} }: Limits = {},
): Disposable {
  const table: Table<Context> = {
    slash: byName(commands.filter(isSlashCommand)),
    onMessage: byName(commands.filter(isMessageCommand)),
    controls: new ControlDesk(controls, context, log, whenGoingOn),
    whenGoingOn,
  };
  const answer = (interaction: Interaction) => {
    const { guildId } = interaction;
    if (guildId !== null && !isServed(guildId)) return void turnAway(interaction).catch(() => {});
    void handle(interaction, table, context, log).catch((error: unknown) => {
      // Discord forgot the interaction, or it was acknowledged already: nobody waits for an answer.
      if (isAnsweredElsewhere(error)) return; // by another process, while the server changed hands
      log.warn({ err: error, command: nameIn(interaction) }, 'An interaction could not be answered');
    });
  };
  const onInteraction = (interaction: Interaction) => {
    const { id, guildId } = interaction;
    if (guildId === null || !mayAnswer) answer(interaction);
    else void mayAnswer({ id, guildId }).then((isOurs) => isOurs && answer(interaction));
  };
  client.on(Events.InteractionCreate, onInteraction);
  return { [Symbol.dispose]: () => void client.off(Events.InteractionCreate, onInteraction) };
}

function isAnsweredElsewhere(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
}

/** Answers somebody in a server that the bot is about to leave. */
async function turnAway(interaction: Interaction): Promise<void> {
  if (!interaction.isRepliable()) return;
  const content = wordsFor(interaction.locale).t('usage.notAllowed');
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}

/** Commands by name: slash commands and entries of message menus have names of their own. */
interface Table<Context> {
  readonly slash: ReadonlyMap<string, Command<Context>>;
  readonly onMessage: ReadonlyMap<string, AnyMessageCommand<Context>>;
  readonly controls: ControlDesk<Context>;
  readonly whenGoingOn: (guildId: string) => Promise<void>;
}

function byName<C extends AnyCommand<never>>(commands: readonly C[]): ReadonlyMap<string, C> {
  return new Map(commands.map((command) => [command.definition.name, command]));
}

async function handle<Context>(
  interaction: Interaction,
  { slash, onMessage, controls, whenGoingOn }: Table<Context>,
  context: Context,
  log: Log,
): Promise<void> {
  if (interaction.isAutocomplete()) {
    await complete(interaction, slash.get(interaction.commandName), context, log);
  } else if (interaction.isChatInputCommand()) {
    const command = slash.get(interaction.commandName);
    await answerAlone(interaction, { name: interaction.commandName, log }, async () => {
      if (!interaction.inCachedGuild()) return notHere(interaction);
      const words = wordsFor(interaction.locale);
      await whenGoingOn(interaction.guildId);
      return command ? await command.run(interaction, context, words) : words.t('router.unknownCommand');
    });
  } else if (interaction.isMessageContextMenuCommand()) {
    const command = onMessage.get(interaction.commandName);
    if (command && 'open' in command) {
      await answerWithForm(interaction, { name: interaction.commandName, log }, async (words) =>
        interaction.inCachedGuild() ? await command.open(interaction, context, words) : notHere(interaction),
      );
      return;
    }
    await answerAlone(interaction, { name: interaction.commandName, log }, async () => {
      if (!interaction.inCachedGuild()) return notHere(interaction);
      const words = wordsFor(interaction.locale);
      await whenGoingOn(interaction.guildId);
      return command ? await command.run(interaction, context, words) : words.t('router.unknownCommand');
    });
  } else if (interaction.isButton() || interaction.isAnySelectMenu() || interaction.isModalSubmit()) {
    if (interaction.inCachedGuild()) await controls.handle(interaction);
    else await interaction.reply({ content: notHere(interaction), flags: MessageFlags.Ephemeral });
  }
}

/** Answers somebody who asks outside of the servers that the bot is in. */
function notHere(ask: Interaction): string {
  const words = wordsFor(ask.locale);
  return ask.inGuild()
    ? words.t('router.notInServer', { url: inviteUrl(ask.applicationId) })
    : words.t('router.serversOnly');
}

async function complete<Context>(
  typing: AutocompleteInteraction,
  command: Command<Context> | undefined,
  context: Context,
  log: Log,
): Promise<void> {
  let choices: readonly { readonly name: string; readonly value: string }[] = [];
  try {
    if (typing.inCachedGuild()) choices = (await command?.complete?.(typing, context, wordsFor(typing.locale))) ?? [];
  } catch (error) {
    // Suggestions only help: people can go on typing.
    log.warn({ err: error, command: typing.commandName }, 'Suggestions failed');
  }
  await typing.respond(choices.slice(0, MAX_CHOICES));
}

function nameIn(interaction: Interaction): string {
  return 'commandName' in interaction ? interaction.commandName : 'a control';
}
