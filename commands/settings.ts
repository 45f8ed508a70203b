import { InteractionContextType, PermissionFlagsBits, SlashCommandBuilder } from 'discord.js';
import { noteAccess } from '../src/core/access-log.ts';
import type { GuildSettings } from '../src/core/settings.ts';
import { escapeNotice } from '../src/discord/formatting/escape.ts';
import type { Ask } from '../src/discord/interactions/command.ts';
import { mayManage } from '../src/discord/permissions/steering.ts';
import type { Words } from '../src/i18n/words.ts';
import { PARTS, SETTINGS } from './settings/index.ts';
import type { GuildChange } from './settings/setting.ts';
import type { CommandContext, ParleyCommand } from './shared/context.ts';
import { visibleTo } from './shared/visible-channels.ts';

const RESET = 'reset';

const builder = new SlashCommandBuilder()
  .setName('settings')
  .setDescription('The settings of this server')
  .setContexts(InteractionContextType.Guild)
  .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild) // servers can show it to others, under Integrations
  .addSubcommand((show) => show.setName('show').setDescription('Show all settings'))
  .addSubcommand((set) => {
    set.setName('set').setDescription('Change settings of this server');
    for (const setting of SETTINGS) setting.addTo(set);
    return set.addStringOption((reset) =>
      reset
        .setName(RESET)
        .setDescription('Reset a setting to its default')
        .addChoices(...SETTINGS.map(({ name }) => ({ name, value: name }))),
    );
  });
for (const part of PARTS) builder.addSubcommand((subcommand) => part.addTo(subcommand.setName(part.name)));
const definition = builder.toJSON();

/** `/settings`: everything that a server can choose and that has no separate command. */
export const settings: ParleyCommand = {
  definition,
  async run(ask, context, words) {
    if (ask.options.getSubcommand() === 'show') {
      return visibleTo(ask.member, summary(await context.settings.guild(ask.guildId), words, context), words);
    }
    if (!(await mayManage(ask.member, context.settings))) return words.t('access.notManager');
    const part = PARTS.find(({ name }) => name === ask.options.getSubcommand());
    return part ? await part.run(ask, context, words) : await set(ask, context, words);
  },
};

/** All or nothing: one value that is refused leaves everything unchanged. */
async function set(ask: Ask, context: CommandContext, words: Words): Promise<string> {
  const reset = ask.options.getString(RESET);
  const changes: GuildChange[] = SETTINGS.filter(({ name }) => name === reset).map((setting) => setting.reset);
  const guild = await context.settings.guild(ask.guildId);
  for (const setting of SETTINGS) {
    const wish = await setting.read(ask, words, context);
    const isTouched = wish !== undefined || setting.name === reset;
    if (isTouched && setting.mayBeChangedBy?.(ask.member, guild) === false) {
      return `${words.t('minutes.serverManagers')} ${words.t('settings.unchanged')}`;
    }
    if (!wish) continue;
    if ('problem' in wish) return `${wish.problem} ${words.t('settings.unchanged')}`;
    changes.push(wish.change);
  }
  if (changes.length === 0) return words.t('settings.nothingChosen');
  const changed = await context.settings.changeGuild(ask.guildId, Object.assign({}, ...changes));
  noteAccess(context.log, { what: 'settings', outcome: 'changed', guildId: ask.guildId, userId: ask.user.id });
  return visibleTo(ask.member, `${words.t('settings.changed')}\n${summary(changed, words, context)}`, words);
}

function summary(guild: GuildSettings, words: Words, context: CommandContext): string {
  const { spoken, translateTo } = guild;
  const languages = escapeNotice(words.list(translateTo.map(words.language)));
  return [
    ...SETTINGS.map((setting) => setting.show(guild, words, context)).filter((line) => line !== undefined),
    ...PARTS.map((part) => part.show(guild, words)),
    words.t('settings.spoken', { language: escapeNotice(words.language(spoken)) }),
    words.t('settings.translations', { languages: translateTo.length === 0 ? words.t('settings.nothing') : languages }),
  ]
    .map((line) => `• ${line}`)
    .join('\n');
}
