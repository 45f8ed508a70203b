import { InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { readLanguage, suggestLanguage } from '../src/discord/formatting/languages.ts';
import { catchUpAnswer } from './catch-up/catch-up-answer.ts';
import { missedPart } from './catch-up/missed-part.ts';
import { summaryOf } from './catch-up/summary.ts';
import type { ParleyCommand } from './shared/context.ts';
import { tooSoon, unreadableLanguage } from './shared/wording.ts';

const MOST_MINUTES = 24 * 60;

const definition = new SlashCommandBuilder()
  .setName('catch-up')
  .setDescription('Read what was said, in your own language; nobody else sees it')
  .setContexts(InteractionContextType.Guild)
  .addIntegerOption((minutes) =>
    minutes
      .setName('minutes')
      .setDescription('How many minutes back; by default since you joined, or the whole latest meeting')
      .setMinValue(1)
      .setMaxValue(MOST_MINUTES),
  )
  .addStringOption((language) =>
    language
      .setName('language')
      .setDescription('Which language; by default the one you chose to read')
      .setAutocomplete(true),
  )
  .toJSON();

/** `/catch-up`: shows a member what they missed; nobody else sees it. */
export const catchUp: ParleyCommand = {
  definition,
  async run(ask, context, words) {
    const typed = ask.options.getString('language');
    const named = typed === null ? undefined : readLanguage(typed);
    if (typed !== null && named === undefined) return unreadableLanguage(words, typed);
    const language = named ?? (await context.settings.member(ask.guildId, ask.user.id)).reads;
    const againMs = context.coolDowns.take('catch up', ask.guildId, ask.user.id);
    if (againMs !== undefined) return tooSoon(words, againMs);
    const missed = await missedPart(ask, context, ask.options.getInteger('minutes') ?? undefined);
    if (!missed) return words.t('catchUp.none');
    const guild = await context.settings.guild(ask.guildId);
    const summary = await summaryOf(missed, language, guild, ask.user.id, words, context);
    return catchUpAnswer(missed, { language, guild, summary, words });
  },
  complete(typing, _context, words) {
    return suggestLanguage(typing.options.getFocused(), words);
  },
};
