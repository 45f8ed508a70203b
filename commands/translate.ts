import { InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { sameLanguage } from '../src/core/text/language.ts';
import { escapeNotice } from '../src/discord/formatting/escape.ts';
import { AUTO, MOST_TARGETS, readLanguages, suggestLanguages } from '../src/discord/formatting/languages.ts';
import type { PhraseKey } from '../src/i18n/phrases.ts';
import { type Words, wordsFor } from '../src/i18n/words.ts';
import { announceAction, nameIn } from './shared/announce.ts';
import { choosingProblem } from './shared/choosing.ts';
import type { Asker, CommandContext, ParleyCommand } from './shared/context.ts';
import { sentences, unknownLanguage, unreadableLanguage } from './shared/wording.ts';

const OFF = 'off';

const definition = new SlashCommandBuilder()
  .setName('translate')
  .setDescription('Show or set the languages that meetings in this server are translated into')
  .setContexts(InteractionContextType.Guild)
  .addStringOption((languages) =>
    languages
      .setName('languages')
      .setDescription('For example es,fr or Spanish, French; off for none; leave empty to see what is set')
      .setAutocomplete(true),
  )
  .toJSON();

/** `/translate`: sets the languages that the server's meetings are translated into, from this moment on. */
export const translate: ParleyCommand = {
  definition,
  async run(ask, context, words) {
    const typed = ask.options.getString('languages')?.trim() ?? '';
    return typed === '' ? await show(ask, context, words) : await changeTranslations(ask, context, typed, words);
  },
  complete(typing, _context, words) {
    const typed = typing.options.getFocused();
    const off = { name: words.t('languages.off'), value: OFF };
    return [...(OFF.startsWith(typed.trim().toLowerCase()) ? [off] : []), ...suggestLanguages(typed, words)];
  },
};

async function show(ask: Asker, { settings }: CommandContext, words: Words): Promise<string> {
  const { translateTo } = await settings.guild(ask.guildId);
  if (translateTo.length === 0) return words.t('languages.noneSet');
  return words.t('languages.areSet', { languages: described(translateTo, words) });
}

/**
 * Changes the translations, if the asker may choose for others. Showing the translations needs no right.
 *
 * @param typed - languages, or `off`
 */
export async function changeTranslations(
  ask: Asker,
  context: CommandContext,
  typed: string,
  words: Words,
): Promise<string> {
  const problem = await choosingProblem(ask, context, words);
  if (problem !== undefined) return problem;
  return typed.toLowerCase() === OFF ? await turnOff(ask, context, words) : await set(ask, context, typed, words);
}

async function turnOff(ask: Asker, context: CommandContext, words: Words): Promise<string> {
  await context.settings.changeGuild(ask.guildId, { translateTo: [] });
  await announce(ask, context, 'languages.toldOff', []);
  return words.t('languages.offNow');
}

async function set(ask: Asker, context: CommandContext, typed: string, words: Words): Promise<string> {
  const reading = readLanguages(typed);
  if (reading.unreadable.length > 0) return unreadableLanguage(words, ...reading.unreadable);
  if (reading.codes.length === 0) return unreadableLanguage(words, typed);
  if (reading.codes.includes(AUTO)) return unreadableLanguage(words, AUTO);
  const unknown = unknownLanguage(words, reading.codes);
  if (unknown !== undefined) return unknown;
  const { spoken } = await context.settings.guild(ask.guildId);
  const targets = reading.codes.filter((code) => !sameLanguage(code, spoken));
  const dropped =
    targets.length < reading.codes.length ? words.t('languages.spokenHere', { language: words.language(spoken) }) : '';
  if (targets.length > MOST_TARGETS) return words.t('languages.tooMany', { most: MOST_TARGETS });
  if (targets.length === 0) return `${dropped} ${words.t('languages.unchanged')}`;
  await context.settings.changeGuild(ask.guildId, { translateTo: targets });
  await announce(ask, context, 'languages.toldSet', targets);
  const doubled = words.list(reading.duplicates.map(words.language));
  const twice = reading.duplicates.length > 0 ? words.t('languages.twice', { languages: doubled }) : '';
  return sentences(words.t('languages.setNow', { languages: described(targets, words) }), dropped, twice);
}

/** Announces the change in the running meeting's channel, if there is a meeting. */
async function announce(ask: Asker, context: CommandContext, what: PhraseKey, codes: readonly string[]): Promise<void> {
  const { meetings, log } = context;
  const meeting = meetings.meetingOf(ask.guildId);
  if (!meeting) return;
  try {
    const words = wordsFor(ask.member.guild.preferredLocale);
    const languages = escapeNotice(words.list(codes.map(words.language)));
    const sentence = `🌐 ${words.t(what, { name: nameIn(meeting, ask.member), languages })}`;
    await announceAction(ask, meeting, sentence, context);
  } catch (error) {
    // The setting is in force; only its announcement is missing.
    log.warn({ err: error }, 'A change of translations could not be announced');
  }
}

function described(codes: readonly string[], words: Words): string {
  return `${escapeNotice(words.list(codes.map(words.language)))} (${codes.map((code) => `\`${code}\``).join(', ')})`;
}
