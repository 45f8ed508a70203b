import { noteAccess } from '../../../src/core/access-log.ts';
import type { GuildSettings } from '../../../src/core/settings.ts';
import { MAX_CONTEXT_CHARS, SUMMARY_TEMPLATES, type SummaryTemplate } from '../../../src/core/summary.ts';
import { clip } from '../../../src/core/text/clip.ts';
import { oneLine } from '../../../src/core/text/plain-text.ts';
import { escapeInline } from '../../../src/discord/formatting/escape.ts';
import type { PhraseKey } from '../../../src/i18n/phrases.ts';
import type { Words } from '../../../src/i18n/words.ts';
import type { SettingsPart } from './part.ts';

const MAX_SHOWN_CHARS = 80; // among all settings

const CALLED = {
  meeting: 'templates.meeting',
  'stand-up': 'templates.standUp',
  tabletop: 'templates.tabletop',
  interview: 'templates.interview',
  class: 'templates.class',
} as const satisfies Readonly<Record<SummaryTemplate, PhraseKey>>;

const LABELS: Readonly<Record<SummaryTemplate, string>> = {
  meeting: 'meeting',
  'stand-up': 'stand-up',
  tabletop: 'tabletop session',
  interview: 'interview',
  class: 'class',
};

/** What a model that summarises is told: what kind of talk it reads, and what the server says of itself. */
export const summary: SettingsPart = {
  name: 'summary',
  addTo: (subcommand) =>
    subcommand
      .setDescription('Show or set how a model writes summaries, and what it knows of this server')
      .addStringOption((template) =>
        template
          .setName('template')
          .setDescription('What summaries are of')
          .addChoices(...SUMMARY_TEMPLATES.map((value) => ({ name: LABELS[value], value }))),
      )
      .addStringOption((context) =>
        context
          .setName('context')
          .setDescription('What the model should know: names, projects; at most 500 characters')
          .setMaxLength(MAX_CONTEXT_CHARS),
      )
      .addBooleanOption((reset) => reset.setName('reset').setDescription('A meeting again, without a context')),
  async run(ask, { settings, log, summariser }, words) {
    const template = SUMMARY_TEMPLATES.find((one) => one === ask.options.getString('template'));
    const typed = ask.options.getString('context');
    const isReset = ask.options.getBoolean('reset') === true;
    const { summary: before } = await settings.guild(ask.guildId);
    if (template === undefined && typed === null && !isReset) return lineOf(before, words, MAX_CONTEXT_CHARS);
    const context = typed === null ? undefined : oneLine(typed).slice(0, MAX_CONTEXT_CHARS).toWellFormed();
    const chosen = {
      ...(isReset ? {} : before),
      ...(template !== undefined && { template }),
      ...(context !== undefined && { context }),
    };
    const isDefault = (chosen.template ?? 'meeting') === 'meeting' && (chosen.context ?? '') === '';
    await settings.changeGuild(ask.guildId, { summary: isDefault ? undefined : chosen });
    noteAccess(log, { what: 'settings', outcome: 'changed', guildId: ask.guildId, userId: ask.user.id });
    const answer = `${words.t('ofMinutes.summariesChanged')}\n${lineOf(chosen, words, MAX_CONTEXT_CHARS)}`;
    return summariser ? answer : `${answer}\n${words.t('ofMinutes.noSummaries')}`;
  },
  show: ({ summary: chosen }, words) => lineOf(chosen, words, MAX_SHOWN_CHARS),
};

function lineOf(
  { template: chosen = 'meeting', context = '' }: NonNullable<GuildSettings['summary']> = {},
  words: Words,
  maxChars: number,
): string {
  const template = words.t(CALLED[chosen]);
  if (context === '') return words.t('ofMinutes.summaries', { template });
  return words.t('ofMinutes.summariesKnowing', { template, context: escapeInline(clip(context, maxChars)) });
}
