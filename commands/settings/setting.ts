import type { GuildMember, SlashCommandSubcommandBuilder } from 'discord.js';
import type { Settings } from '../../src/core/ports/settings.ts';
import type { GuildSettings } from '../../src/core/settings.ts';
import type { Ask } from '../../src/discord/interactions/command.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../shared/context.ts';

export type GuildChange = Parameters<Settings['changeGuild']>[1];

/** What an option of `/settings set` asks for: a change, or the sentence that says why not. */
type Wish = { readonly change: GuildChange } | { readonly problem: string };

/** One thing a server can choose with `/settings`. */
export interface Setting {
  /** The option's name, and what `reset` calls it. */
  readonly name: string;
  addTo(set: SlashCommandSubcommandBuilder): void;
  /** Whether this manager may change it, or take it back; missing: every manager may. */
  mayBeChangedBy?(member: GuildMember, guild: GuildSettings): boolean;
  /** `undefined` when the option was not given. */
  read(ask: Ask, words: Words, context: CommandContext): Promise<Wish | undefined> | Wish | undefined;
  /** Takes the choice back. */
  readonly reset: GuildChange;
  /** What is chosen, as one line of `/settings show` without its bullet; `undefined` when another's line says it. */
  show(guild: GuildSettings, words: Words, context: CommandContext): string | undefined;
}
