import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';

/** Somebody in a server we are in used a command. */
export type Ask = ChatInputCommandInteraction<'cached'>;
/** Somebody types in an option. */
type Typing = AutocompleteInteraction<'cached'>;

/** What the asker reads; nobody else sees it. */
export type Answer = string | AnswerWithFiles;

interface AnswerWithFiles {
  readonly content: string;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

interface Choice {
  readonly name: string; // at most 100 characters
  readonly value: string;
}

/** One slash command. It reads what was asked, calls core, and returns the answer; the router does the rest. */
export interface Command<Context> {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  run(ask: Ask, context: Context): Promise<Answer>;
  /** At most 25, within 3 s. */
  complete?(typing: Typing, context: Context): Promise<readonly Choice[]> | readonly Choice[];
}
