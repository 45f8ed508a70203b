import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Words } from '../../i18n/words.ts';

/** Somebody used a command, in a server that the bot is in. */
export type Ask = ChatInputCommandInteraction<'cached'>;
/** Somebody picked an entry of a message's menu, in a server that the bot is in. */
export type MessageAsk = MessageContextMenuCommandInteraction<'cached'>;
/** Somebody is typing in an option. */
type Typing = AutocompleteInteraction<'cached'>;

/** The answer to whoever asked; nobody else sees it. */
export type Answer = string | RichAnswer;

interface RichAnswer {
  readonly content: string;
  readonly files?: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly components?: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly more?: readonly string[]; // further messages after it
}

interface Choice {
  readonly name: string; // at most 100 characters
  readonly value: string;
}

/** One slash command. It reads the options, calls the core, and returns the answer; the router does the rest. */
export interface Command<Context> {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** @param words - the asker's language */
  run(ask: Ask, context: Context, words: Words): Promise<Answer>;
  /** Suggestions for an option: at most 25, within 3 s. */
  complete?(typing: Typing, context: Context, words: Words): Promise<readonly Choice[]> | readonly Choice[];
}

/** One entry of the menu that every message has. */
export interface MessageCommand<Context> {
  readonly definition: RESTPostAPIContextMenuApplicationCommandsJSONBody & {
    readonly type: ApplicationCommandType.Message;
  };
  /** @returns `undefined` when it has written its answer itself */
  run(ask: MessageAsk, context: Context, words: Words): Promise<Answer | undefined>;
}

/** One entry of that menu that opens a form. Discord takes a form only as the first answer, within 3 s. */
export interface MessageOpener<Context> {
  readonly definition: MessageCommand<Context>['definition'];
  /** @returns the form; an answer when there is none, or something to choose first */
  open(ask: MessageAsk, context: Context, words: Words): Promise<APIModalInteractionResponseCallbackData | Answer>;
}

export type AnyMessageCommand<Context> = MessageCommand<Context> | MessageOpener<Context>;
export type AnyCommand<Context> = Command<Context> | AnyMessageCommand<Context>;

export function isMessageCommand<Context>(command: AnyCommand<Context>): command is AnyMessageCommand<Context> {
  return command.definition.type === ApplicationCommandType.Message;
}

export function isSlashCommand<Context>(command: AnyCommand<Context>): command is Command<Context> {
  return !isMessageCommand(command);
}
