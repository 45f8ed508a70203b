import { noteAccess } from '../../../src/core/access-log.ts';
import type { GuildId, SpeakerId } from '../../../src/core/ids.ts';
import type { Glossary, Term } from '../../../src/core/settings.ts';
import { escapeInline } from '../../../src/discord/formatting/escape.ts';
import { readLanguage } from '../../../src/discord/formatting/languages.ts';
import { MAX_CONTENT_WITH_MARGIN } from '../../../src/discord/formatting/limits.ts';
import type { Ask } from '../../../src/discord/interactions/command.ts';
import type { Words } from '../../../src/i18n/words.ts';
import type { CommandContext } from '../../shared/context.ts';
import type { SettingsPart } from './part.ts';

const MOST_TERMS = 100; // every line is searched for each of them
const MOST_CHARS = 60; // in a term
const MOST_HEARD = 10;

/** How to write names and terms that the recogniser does not know. */
export const glossary: SettingsPart = {
  name: 'glossary',
  addTo: (subcommand) =>
    subcommand
      .setDescription('Show, add or remove terms: how they are written in transcripts and minutes')
      .addStringOption((written) =>
        written.setName('written').setDescription('The term as it should be written').setMaxLength(MOST_CHARS),
      )
      .addStringOption((heard) =>
        heard
          .setName('heard')
          .setDescription('What it is heard as, separated by commas; lower case matches any case')
          .setMaxLength(300),
      )
      .addStringOption((translations) =>
        translations
          .setName('translations')
          .setDescription('The term in other languages, like es=Consejo, fr=Conseil')
          .setMaxLength(300),
      )
      .addStringOption((remove) =>
        remove.setName('remove').setDescription('A term to remove').setMaxLength(MOST_CHARS),
      ),
  async run(ask, context, words) {
    const written = ask.options.getString('written')?.trim();
    const unwanted = ask.options.getString('remove')?.trim();
    const { glossary: terms = [] } = await context.settings.guild(ask.guildId);
    if (unwanted !== undefined) return await remove(unwanted, terms, ask, context, words);
    if (written === undefined || written === '') return list(terms, words);
    return await add(written, terms, ask, context, words);
  },
  show: ({ glossary: terms = [] }, words) => words.t('ofMinutes.glossary', { count: terms.length }),
};

async function add(written: string, terms: Glossary, ask: Ask, context: CommandContext, words: Words): Promise<string> {
  const typed = ask.options.getString('translations') ?? '';
  const translations = readTranslations(typed);
  if (!translations) return words.t('ofMinutes.noTranslations', { typed: escapeInline(typed) });
  const heard = itemsOf(ask.options.getString('heard') ?? '').slice(0, MOST_HEARD);
  const term: Term = { written, heard: heard.map((form) => form.slice(0, MOST_CHARS)), translations };
  return await putTerm(term, terms, { guildId: ask.guildId, userId: ask.user.id }, context, words);
}

/** Who changes a server's glossary. Whoever calls has checked that they may. */
interface Author {
  readonly guildId: GuildId;
  readonly userId: SpeakerId;
}

/** A term that somebody was heard to say as `heard`: another way to hear one that the server has, or a new one. */
export async function addHeardTerm(
  { written, heard }: { readonly written: string; readonly heard: string },
  author: Author,
  context: CommandContext,
  words: Words,
): Promise<string> {
  const { glossary: terms = [] } = await context.settings.guild(author.guildId);
  const known = terms.find((term) => term.written === written);
  const ways = [...new Set([...(known?.heard ?? []), heard])].slice(-MOST_HEARD);
  const term = { written, translations: {}, ...known, heard: ways };
  return await putTerm(term, terms, author, context, words);
}

async function putTerm(
  term: Term,
  terms: Glossary,
  author: Author,
  context: CommandContext,
  words: Words,
): Promise<string> {
  const others = terms.filter(({ written }) => written !== term.written);
  if (others.length >= MOST_TERMS) return words.t('ofMinutes.glossaryFull', { most: MOST_TERMS });
  await keep([...others, term], author, context);
  return words.t('ofMinutes.termAdded', { term: lineOf(term, words) });
}

async function remove(
  unwanted: string,
  terms: Glossary,
  ask: Ask,
  context: CommandContext,
  words: Words,
): Promise<string> {
  const others = terms.filter(({ written }) => written.toLowerCase() !== unwanted.toLowerCase());
  if (others.length === terms.length) return words.t('ofMinutes.noTerm', { typed: escapeInline(unwanted) });
  await keep(others, { guildId: ask.guildId, userId: ask.user.id }, context);
  return words.t('ofMinutes.termRemoved', { term: escapeInline(unwanted) });
}

/** Stores the terms. They are in force at once, even in a running meeting. */
async function keep(terms: Glossary, author: Author, { settings, log }: CommandContext): Promise<void> {
  await settings.changeGuild(author.guildId, { glossary: terms.length > 0 ? terms : undefined });
  noteAccess(log, { what: 'settings', outcome: 'changed', ...author });
}

function list(terms: Glossary, words: Words): string {
  if (terms.length === 0) return words.t('ofMinutes.noTerms');
  let answer = words.t('ofMinutes.glossary', { count: terms.length });
  const more = '\n…';
  for (const term of terms.toSorted((a, b) => a.written.localeCompare(b.written))) {
    const line = `\n• ${lineOf(term, words)}`;
    if (answer.length + line.length + more.length > MAX_CONTENT_WITH_MARGIN) return answer + more;
    answer += line;
  }
  return answer;
}

function lineOf({ written, heard, translations }: Term, words: Words): string {
  const said = heard.map((form) => `“${escapeInline(form)}”`).join(', ');
  const abroad = Object.entries(translations).map(([language, word]) => `${language}: ${escapeInline(word)}`);
  return [
    `**${escapeInline(written)}**`,
    ...(said === '' ? [] : [words.t('ofMinutes.heardAs', { heard: said })]),
    ...abroad,
  ].join(' · ');
}

/** Reads `es=Consejo, French=Conseil`; `undefined` when a part has another form. */
function readTranslations(typed: string): Record<string, string> | undefined {
  const translations: Record<string, string> = {};
  for (const item of itemsOf(typed)) {
    const [, name = '', word = ''] = /^([^=]*)=(.*)$/.exec(item) ?? [];
    const language = readLanguage(name);
    if (language === undefined || word.trim() === '') return undefined;
    translations[language] = word.trim().slice(0, MOST_CHARS);
  }
  return translations;
}

function itemsOf(typed: string): string[] {
  return [...new Set(typed.split(',').map((item) => item.trim()))].filter((item) => item !== '');
}
