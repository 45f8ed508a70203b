import { randomBytes } from 'node:crypto';
import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Interaction,
  type InteractionEditReplyOptions,
  MessageFlags,
} from 'discord.js';
import { SttError, VoiceError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Answer, Command } from './command.ts';
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
  commands: readonly Command<Context>[],
  context: Context,
  log: Log,
): Disposable {
  const byName = new Map(commands.map((command) => [command.definition.name, command]));
  const onInteraction = (interaction: Interaction) => {
    void handle(interaction, byName, context, log).catch((error: unknown) => {
      // Discord forgot the interaction, or somebody acknowledged it before: there is nobody left to tell.
      log.warn({ err: error, command: nameIn(interaction) }, 'An interaction could not be answered');
    });
  };
  client.on(Events.InteractionCreate, onInteraction);
  return { [Symbol.dispose]: () => void client.off(Events.InteractionCreate, onInteraction) };
}

async function handle<Context>(
  interaction: Interaction,
  commands: ReadonlyMap<string, Command<Context>>,
  context: Context,
  log: Log,
): Promise<void> {
  if (interaction.isAutocomplete()) {
    await complete(interaction, commands.get(interaction.commandName), context, log);
  } else if (interaction.isChatInputCommand()) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const answer = await answerTo(interaction, commands.get(interaction.commandName), context, log);
    await interaction.editReply(replyOf(answer));
  } else if (interaction.isRepliable()) {
    await interaction.reply({
      content: 'This belongs to an older version of me and does nothing any more.',
      flags: MessageFlags.Ephemeral,
    });
  }
}

async function answerTo<Context>(
  ask: ChatInputCommandInteraction,
  command: Command<Context> | undefined,
  context: Context,
  log: Log,
): Promise<Answer> {
  if (!ask.inGuild()) return 'I work in servers only: use this command in a channel of a server I am in.';
  if (!ask.inCachedGuild()) {
    return `I am not in this server. Somebody who may manage it has to add me first: <${inviteUrl(ask.applicationId)}>`;
  }
  if (!command) return 'I do not know this command any more. Reload Discord (Ctrl+R), then look at what I offer now.';
  try {
    return await command.run(ask, context);
  } catch (error) {
    if (error instanceof VoiceError || error instanceof SttError) {
      log.warn({ err: error, command: ask.commandName }, 'A command failed');
      return escapeNotice(error.message);
    }
    const reference = randomBytes(3).toString('hex');
    log.error({ err: error, command: ask.commandName, reference }, 'A command failed');
    return `Something went wrong on my side. Try again; if it happens again, tell whoever runs me the reference ${reference}.`;
  }
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
    if (typing.inCachedGuild()) choices = (await command?.complete?.(typing, context)) ?? [];
  } catch (error) {
    // Suggestions are a help, not a need: people can type on.
    log.warn({ err: error, command: typing.commandName }, 'Suggestions failed');
  }
  await typing.respond(choices.slice(0, MAX_CHOICES));
}

function nameIn(interaction: Interaction): string {
  return 'commandName' in interaction ? interaction.commandName : 'a component';
}
