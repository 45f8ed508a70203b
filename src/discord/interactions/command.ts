import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  ApplicationCommandType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Words } from '../../i18n/words.ts';

/** Somebody in a server we are in used a command. */
export type Ask = ChatInputCommandInteraction<'cached'>;
/** Somebody in a server we are in picked an entry of a message's menu. */
export type MessageAsk = MessageContextMenuCommandInteraction<'cached'>;
/** Somebody types in an option. */
type Typing = AutocompleteInteraction<'cached'>;

/** What the asker reads; nobody else sees it. */
export type Answer = string | RichAnswer;

interface RichAnswer {
  readonly content: string;
  readonly files?: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly components?: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly more?: readonly string[]; // further messages behind it
}

interface Choice {
  readonly name: string; // at most 100 characters
  readonly value: string;
}

/** One slash command. It reads what was asked, calls core, and returns the answer; the router does the rest. */
export interface Command<Context> {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** @param words - the asker's language */
  run(ask: Ask, context: Context, words: Words): Promise<Answer>;
  /** At most 25, within 3 s. */
  complete?(typing: Typing, context: Context, words: Words): Promise<readonly Choice[]> | readonly Choice[];
}

/** One entry of the menu that every message has. */
export interface MessageCommand<Context> {
  readonly definition: RESTPostAPIContextMenuApplicationCommandsJSONBody & {
    readonly type: ApplicationCommandType.Message;
  };
  /** `undefined`: it has written its answer itself. */
  run(ask: MessageAsk, context: Context, words: Words): Promise<Answer | undefined>;
}

export type AnyCommand<Context> = Command<Context> | MessageCommand<Context>;

export function isMessageCommand<Context>(command: AnyCommand<Context>): command is MessageCommand<Context> {
  return command.definition.type === ApplicationCommandType.Message;
}

export function isSlashCommand<Context>(command: AnyCommand<Context>): command is Command<Context> {
  return !isMessageCommand(command);
}
