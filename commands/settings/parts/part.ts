import type { SlashCommandSubcommandBuilder } from 'discord.js';
import type { GuildSettings } from '../../../src/core/settings.ts';
import type { Ask } from '../../../src/discord/interactions/command.ts';
import type { Words } from '../../../src/i18n/words.ts';
import type { CommandContext } from '../../shared/context.ts';

/** A setting that needs a separate subcommand of `/settings`. Its `run` is called for managers only. */
export interface SettingsPart {
  readonly name: string;
  addTo(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder;
  run(ask: Ask, context: CommandContext, words: Words): Promise<string>;
  /** One line of `/settings show` without its bullet. */
  show(guild: GuildSettings, words: Words): string;
}
