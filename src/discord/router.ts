import { randomBytes } from 'node:crypto';
import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Interaction,
  type InteractionEditReplyOptions,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from 'discord.js';
import { SttError, VoiceError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { type Words, wordsFor } from '../i18n/words.ts';
import {
  type Answer,
  type AnyCommand,
  type Command,
  isMessageCommand,
  isSlashCommand,
  type MessageCommand,
} from './command.ts';
import { escapeNotice } from './escape.ts';
import { inviteUrl } from './preflight.ts';

const MAX_CHOICES = 25;
const MAX_ANSWER = 2_000;

/**
 * Hands every interaction to its command until disposed.
 *
 * Each is deferred at once, as Discord waits 3 s only, and answered for the asker alone. A command that throws answers
 * with a sentence and a reference; it touches no other.
 */
export function routeInteractions<Context>(
  client: Client,
  commands: readonly AnyCommand<Context>[],
  context: Context,
  log: Log,
): Disposable {
  const table: Table<Context> = {
    slash: byName(commands.filter(isSlashCommand)),
    onMessage: byName(commands.filter(isMessageCommand)),
  };
  const onInteraction = (interaction: Interaction) => {
    void handle(interaction, table, context, log).catch((error: unknown) => {
      // Discord forgot the interaction, or somebody acknowledged it before: there is nobody left to tell.
      log.warn({ err: error, command: nameIn(interaction) }, 'An interaction could not be answered');
    });
  };
  client.on(Events.InteractionCreate, onInteraction);
  return { [Symbol.dispose]: () => void client.off(Events.InteractionCreate, onInteraction) };
}

/** What can be asked for, by name: Discord keeps the names of each kind apart. */
interface Table<Context> {
  readonly slash: ReadonlyMap<string, Command<Context>>;
  readonly onMessage: ReadonlyMap<string, MessageCommand<Context>>;
}

function byName<C extends AnyCommand<never>>(commands: readonly C[]): ReadonlyMap<string, C> {
  return new Map(commands.map((command) => [command.definition.name, command]));
}

async function handle<Context>(
  interaction: Interaction,
  { slash, onMessage }: Table<Context>,
  context: Context,
  log: Log,
): Promise<void> {
  if (interaction.isAutocomplete()) {
    await complete(interaction, slash.get(interaction.commandName), context, log);
  } else if (interaction.isChatInputCommand()) {
    const command = slash.get(interaction.commandName);
    await answer(interaction, log, async () => {
      if (!interaction.inCachedGuild()) return notHere(interaction);
      const words = wordsFor(interaction.locale);
      return command ? await command.run(interaction, context, words) : words.t('router.unknownCommand');
    });
  } else if (interaction.isMessageContextMenuCommand()) {
    const command = onMessage.get(interaction.commandName);
    await answer(interaction, log, async () => {
      if (!interaction.inCachedGuild()) return notHere(interaction);
      const words = wordsFor(interaction.locale);
      return command ? await command.run(interaction, context, words) : words.t('router.unknownCommand');
    });
  } else if (interaction.isRepliable()) {
    await interaction.reply({
      content: wordsFor(interaction.locale).t('router.outdatedControl'),
      flags: MessageFlags.Ephemeral,
    });
  }
}

/** Nothing can be done for whoever asks outside of the servers we are in. */
function notHere(ask: Interaction): string {
  const words = wordsFor(ask.locale);
  return ask.inGuild()
    ? words.t('router.notInServer', { url: inviteUrl(ask.applicationId) })
    : words.t('router.serversOnly');
}

/** Asks for time, has the work done, and writes what came of it, for the asker alone. */
async function answer(
  ask: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  log: Log,
  work: () => Promise<Answer | undefined>,
): Promise<void> {
  await ask.deferReply({ flags: MessageFlags.Ephemeral });
  const found = await work().catch((error: unknown) => apologyFor(error, ask.commandName, wordsFor(ask.locale), log));
  if (found !== undefined) await ask.editReply(replyOf(found));
}

/** A command failed: what people can do about it is said; the rest stands in the log under a reference. */
function apologyFor(error: unknown, command: string, words: Words, log: Log): string {
  if (error instanceof VoiceError || error instanceof SttError) {
    log.warn({ err: error, command }, 'A command failed');
    return escapeNotice(error.message);
  }
  const reference = randomBytes(3).toString('hex');
  log.error({ err: error, command, reference }, 'A command failed');
  return words.t('router.failed', { reference });
}

function replyOf(answer: Answer): InteractionEditReplyOptions {
  const { content, files } = typeof answer === 'string' ? { content: answer, files: [] } : answer;
  return {
    content: content.length > MAX_ANSWER ? `${content.slice(0, MAX_ANSWER - 1).toWellFormed()}…` : content,
    allowedMentions: { parse: [] },
    files: files.map(({ name, bytes }) => ({ name, attachment: bytes })),
  };
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
    // Suggestions are a help, not a need: people can type on.
    log.warn({ err: error, command: typing.commandName }, 'Suggestions failed');
  }
  await typing.respond(choices.slice(0, MAX_CHOICES));
}

function nameIn(interaction: Interaction): string {
  return 'commandName' in interaction ? interaction.commandName : 'a component';
}
