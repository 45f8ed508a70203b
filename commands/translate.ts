import { InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { say } from '../src/discord/announcement.ts';
import { escapeName, escapeNotice } from '../src/discord/escape.ts';
import { AUTO, nameOf, namesList, readLanguages, suggestLanguages } from '../src/discord/languages.ts';
import type { Asker, CommandContext, ParleyCommand } from './context.ts';
import { doubtAbout, sentences, unreadableLanguage } from './wording.ts';

const OFF = 'off';

const definition = new SlashCommandBuilder()
  .setName('translate')
  .setDescription('Show or set the languages that meetings in this server are translated into')
  .setContexts(InteractionContextType.Guild)
  .addStringOption((languages) =>
    languages
      .setName('languages')
      .setDescription('Like es,fr or Spanish, French; off for none; leave empty to see what is set')
      .setAutocomplete(true),
  )
  .toJSON();

/** `/translate`: the server's target languages, in force at once. */
export const translate: ParleyCommand = {
  definition,
  async run(ask, context) {
    const typed = ask.options.getString('languages')?.trim() ?? '';
    return typed === '' ? await show(ask, context) : await changeTranslations(ask, context, typed);
  },
  complete(typing) {
    const typed = typing.options.getFocused();
    const off = { name: 'No translations (off)', value: OFF };
    return [...(OFF.startsWith(typed.trim().toLowerCase()) ? [off] : []), ...suggestLanguages(typed)];
  },
};

async function show(ask: Asker, { settings }: CommandContext): Promise<string> {
  const { translateTo } = await settings.guild(ask.guildId);
  if (translateTo.length === 0) return 'Nothing is translated here. `/translate languages:es,fr` sets languages.';
  return `Meetings here are translated into ${described(translateTo)}. \`/translate languages:off\` ends it.`;
}

/** @param typed - languages, or `off` */
export async function changeTranslations(ask: Asker, context: CommandContext, typed: string): Promise<string> {
  return typed.toLowerCase() === OFF ? await turnOff(ask, context) : await set(ask, context, typed);
}

async function turnOff(ask: Asker, context: CommandContext): Promise<string> {
  await context.settings.changeGuild(ask.guildId, { translateTo: [] });
  await putInForce(ask, context, 'turned the translations off');
  return 'From now on nothing is translated.';
}

async function set(ask: Asker, context: CommandContext, typed: string): Promise<string> {
  const reading = readLanguages(typed);
  if (reading.unreadable.length > 0) return unreadableLanguage(...reading.unreadable);
  if (reading.codes.length === 0) return unreadableLanguage(typed);
  if (reading.codes.includes(AUTO)) return unreadableLanguage(AUTO);
  const { spoken } = await context.settings.guild(ask.guildId);
  const targets = reading.codes.filter((code) => code !== spoken);
  const dropped =
    targets.length < reading.codes.length
      ? `${nameOf(spoken)} is what is spoken here, so it needs no translation: left out.`
      : '';
  if (targets.length === 0) return `${dropped} Nothing was changed.`;
  await context.settings.changeGuild(ask.guildId, { translateTo: targets });
  await putInForce(ask, context, `set the translations to ${namesList(targets)}`);
  const twice = reading.duplicates.length > 0 ? `${namesList(reading.duplicates)}: given twice, taken once.` : '';
  return sentences(
    `From now on meetings here are translated into ${described(targets)}.`,
    dropped,
    twice,
    doubtAbout(targets),
  );
}

/** A running meeting takes it over; those who read along are told. */
async function putInForce(ask: Asker, context: CommandContext, what: string): Promise<void> {
  const { meetings, client, log, signal } = context;
  await meetings.settingsChanged(ask.guildId);
  const meeting = meetings.of(ask.guildId);
  if (!meeting) return;
  try {
    const sentence = `🌐 ${escapeName(ask.member.displayName)} ${escapeNotice(what)}.`;
    await say(client, meeting.head.textChannelId, sentence, signal);
  } catch (error) {
    // The setting is in force; only the word about it is missing.
    log.warn({ err: error }, 'A change of translations could not be announced');
  }
}

function described(codes: readonly string[]): string {
  return `${escapeNotice(namesList(codes))} (${codes.map((code) => `\`${code}\``).join(', ')})`;
}
