import { InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { Ask } from '../src/discord/command.ts';
import { AUTO, nameOf, readLanguage, suggestLanguage } from '../src/discord/languages.ts';
import type { CommandContext, ParleyCommand } from './context.ts';
import { doubtAbout, sentences, unreadableLanguage } from './wording.ts';

const DEFAULT = 'default';

const definition = new SlashCommandBuilder()
  .setName('language')
  .setDescription('Say which language is spoken')
  .setContexts(InteractionContextType.Guild)
  .addStringOption((spoken) =>
    spoken
      .setName('spoken')
      .setDescription('A code or a name; auto to find out; default to take back your own choice')
      .setRequired(true)
      .setAutocomplete(true),
  )
  .addStringOption((scope) =>
    scope
      .setName('scope')
      .setDescription('Whose language: yours (unless told), or everybody’s in this server')
      .addChoices({ name: 'me', value: 'me' }, { name: 'server', value: 'server' }),
  )
  .toJSON();

/** `/language`: what the recogniser expects to hear, from a member or in the server. */
export const language: ParleyCommand = {
  definition,
  async run(ask, context) {
    const typed = ask.options.getString('spoken', true).trim();
    const isDefault = typed.toLowerCase() === DEFAULT;
    const code = typed.toLowerCase() === AUTO ? AUTO : readLanguage(typed);
    if (!isDefault && code === undefined) return unreadableLanguage(typed);
    const chosen = isDefault ? undefined : code;
    return ask.options.getString('scope') === 'server'
      ? await setForServer(ask, context, chosen)
      : await setForMember(ask, context, chosen);
  },
  complete(typing) {
    const typed = typing.options.getFocused().trim().toLowerCase();
    const words = [
      { name: 'Find out by itself (auto)', value: AUTO },
      { name: 'As set for the server (default)', value: DEFAULT },
    ];
    return [...words.filter(({ value }) => value.startsWith(typed)), ...suggestLanguage(typed)];
  },
};

async function setForServer(ask: Ask, context: CommandContext, code: string | undefined): Promise<string> {
  const { spoken, translateTo } = await context.settings.changeGuild(ask.guildId, { spoken: code });
  await context.meetings.settingsChanged(ask.guildId);
  const dropped = translateTo.includes(spoken)
    ? `${nameOf(spoken)} is among the translations too: it is left out for those who speak it.`
    : '';
  const what =
    spoken === AUTO ? 'I find out by myself what is spoken here' : `${nameOf(spoken)} is what I expect to hear here`;
  return sentences(
    `From now on ${what}. Members can choose their own with \`/language\`.`,
    dropped,
    doubtAbout([spoken]),
  );
}

async function setForMember(ask: Ask, context: CommandContext, code: string | undefined): Promise<string> {
  await context.settings.changeMember(ask.guildId, ask.user.id, { spoken: code });
  await context.meetings.settingsChanged(ask.guildId);
  if (code === undefined) {
    const { spoken } = await context.settings.guild(ask.guildId);
    return `From now on your language is the server’s: ${nameOf(spoken)}.`;
  }
  const what = code === AUTO ? 'I find out by myself what you speak' : `I expect ${nameOf(code)} from you`;
  return sentences(`From now on ${what}.`, doubtAbout([code]));
}
