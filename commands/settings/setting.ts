import type { GuildMember, SlashCommandSubcommandBuilder } from 'discord.js';
import type { Settings } from '../../src/core/ports/settings.ts';
import type { GuildSettings } from '../../src/core/settings.ts';
import type { Ask } from '../../src/discord/interactions/command.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../shared/context.ts';

export type GuildChange = Parameters<Settings['changeGuild']>[1];

/** The result of reading an option of `/settings set`: a change, or a sentence that says why there is none. */
type Wish = { readonly change: GuildChange } | { readonly problem: string };

/** One thing that a server can choose with `/settings`. */
export interface Setting {
  /** The option's name, which `reset` uses, too. */
  readonly name: string;
  addTo(set: SlashCommandSubcommandBuilder): void;
  /** Whether this manager may change or reset it; missing: every manager may. */
  mayBeChangedBy?(member: GuildMember, guild: GuildSettings): boolean;
  /** Reads the option; `undefined` when it was not given. */
  read(ask: Ask, words: Words, context: CommandContext): Promise<Wish | undefined> | Wish | undefined;
  /** The change that resets it. */
  readonly reset: GuildChange;
  /** The choice as one line of `/settings show` without its bullet; `undefined` when another line shows it. */
  show(guild: GuildSettings, words: Words, context: CommandContext): string | undefined;
}
