import { InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { sameLanguage } from '../src/core/text/language.ts';
import { escapeNotice } from '../src/discord/formatting/escape.ts';
import { AUTO, readLanguage, suggestLanguage } from '../src/discord/formatting/languages.ts';
import type { Ask } from '../src/discord/interactions/command.ts';
import type { Words } from '../src/i18n/words.ts';
import { choosingProblem } from './shared/choosing.ts';
import type { CommandContext, ParleyCommand } from './shared/context.ts';
import { doubtAbout, sentences, unknownLanguage, unreadableLanguage } from './shared/wording.ts';

const DEFAULT = 'default';

const definition = new SlashCommandBuilder()
  .setName('language')
  .setDescription('Choose which language is spoken')
  .setContexts(InteractionContextType.Guild)
  .addStringOption((spoken) =>
    spoken
      .setName('spoken')
      .setDescription('A code or a name; auto to detect it; default to take back your own choice')
      .setRequired(true)
      .setAutocomplete(true),
  )
  .addStringOption((scope) =>
    scope
      .setName('scope')
      .setDescription('Whose language: yours (the default), or everybody’s in this server')
      .addChoices({ name: 'me', value: 'me' }, { name: 'server', value: 'server' }),
  )
  .toJSON();

/** `/language`: sets the language that the recogniser expects, from one member or in the whole server. */
export const language: ParleyCommand = {
  definition,
  async run(ask, context, words) {
    const typed = ask.options.getString('spoken', true).trim();
    const isDefault = typed.toLowerCase() === DEFAULT;
    const code = typed.toLowerCase() === AUTO ? AUTO : readLanguage(typed);
    if (!isDefault && code === undefined) return unreadableLanguage(words, typed);
    const chosen = isDefault ? undefined : code;
    return ask.options.getString('scope') === 'server'
      ? await setForServer(ask, context, chosen, words)
      : await setForMember(ask, context, chosen, words);
  },
  complete(typing, _context, words) {
    const typed = typing.options.getFocused().trim().toLowerCase();
    const others = [
      { name: words.t('languages.auto'), value: AUTO },
      { name: words.t('languages.default'), value: DEFAULT },
    ];
    return [...others.filter(({ value }) => value.startsWith(typed)), ...suggestLanguage(typed, words)];
  },
};

async function setForServer(
  ask: Ask,
  context: CommandContext,
  code: string | undefined,
  words: Words,
): Promise<string> {
  const problem =
    (await choosingProblem(ask, context, words)) ?? unknownLanguage(words, code === undefined ? [] : [code]);
  if (problem !== undefined) return problem;
  const { spoken, translateTo } = await context.settings.changeGuild(ask.guildId, { spoken: code });
  const dropped = translateTo.some((target) => sameLanguage(target, spoken))
    ? words.t('languages.alsoTarget', { language: words.language(spoken) })
    : '';
  const said =
    spoken === AUTO
      ? words.t('languages.serverAuto')
      : words.t('languages.serverSet', { language: escapeNotice(words.language(spoken)) });
  return sentences(said, dropped);
}

async function setForMember(
  ask: Ask,
  context: CommandContext,
  code: string | undefined,
  words: Words,
): Promise<string> {
  await context.settings.changeMember(ask.guildId, ask.user.id, { spoken: code });
  if (code === undefined) {
    const { spoken } = await context.settings.guild(ask.guildId);
    return words.t('languages.mineDefault', { language: words.language(spoken) });
  }
  const said =
    code === AUTO
      ? words.t('languages.mineAuto')
      : words.t('languages.mineSet', { language: escapeNotice(words.language(code)) });
  return sentences(said, doubtAbout([code], words));
}
