import { InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { noteAccess } from '../src/core/access-log.ts';
import { findPassages, type Passage } from '../src/core/asking/passages.ts';
import { wordsToFind } from '../src/core/asking/question-words.ts';
import { escapeInline } from '../src/discord/formatting/escape.ts';
import { answered, quoted } from './ask/answer-text.ts';
import { readableMeetings, suggestMeetings } from './minutes/past-meetings.ts';
import { readSince } from './minutes/since.ts';
import type { ParleyCommand } from './shared/context.ts';
import { tooSoon } from './shared/wording.ts';

const LONGEST_QUESTION = 4_000; // people paste; the beginning is what counts

const definition = new SlashCommandBuilder()
  .setName('ask')
  .setDescription('Ask what was said in meetings that you can read; nobody else sees the answer')
  .setContexts(InteractionContextType.Guild)
  .addStringOption((question) =>
    question
      .setName('question')
      .setDescription('For example: Who writes the announcement, and by when?')
      .setRequired(true)
      .setMaxLength(LONGEST_QUESTION),
  )
  .addStringOption((since) =>
    since.setName('since').setDescription('A date like 2026-11-23, or a time span like 12h, 7d, 2w').setMaxLength(20),
  )
  .addStringOption((meeting) =>
    meeting
      .setName('meeting')
      .setDescription('Only this meeting; by default all that you can read, the running one included')
      .setAutocomplete(true),
  )
  .toJSON();

/** `/ask`: answers from the meetings that the asker may read now, with links; nobody else sees it. */
export const ask: ParleyCommand = {
  definition,
  async run(asked, context, words) {
    const { archive, settings, readers, answerer, coolDowns, log } = context;
    const { guildId, member } = asked;
    const question = asked.options.getString('question', true);
    const { glossary = [], timeZone } = await settings.guild(guildId);
    const typedSince = asked.options.getString('since');
    const since = typedSince === null ? undefined : readSince(typedSince, new Date(), timeZone);
    if (typedSince !== null && !since) return words.t('minutes.badSince', { typed: escapeInline(typedSince) });
    const meetingId = asked.options.getString('meeting') ?? undefined;
    const mayRead: Parameters<typeof findPassages>[2]['mayRead'] = (head) => readers.mayRead(member, head);
    // A meeting that they may not read looks like one that does not exist.
    const named = meetingId === undefined ? undefined : await archive.head(meetingId);
    if (meetingId !== undefined && !(named && (await mayRead(named)))) return words.t('minutes.noSuch');
    const namesSomething = wordsToFind(question).length > 0;
    if (!namesSomething && !(answerer && meetingId !== undefined)) return words.t('ask.needWord');
    const againMs = coolDowns.take('ask', guildId, member.id);
    if (againMs !== undefined) return tooSoon(words, againMs);
    const passages = await findPassages(archive, guildId, {
      ...{ question, glossary, mayRead },
      ...(since && { since }),
      ...(meetingId !== undefined && { meetingId }),
    });
    noteAccess(log, {
      ...{ what: 'question answered', outcome: 'allowed', guildId, userId: member.id },
      ...(meetingId !== undefined && { meetingId }),
    });
    const language = (await settings.member(guildId, member.id)).reads ?? words.locale;
    const look = { question, language, words };
    if (passages.length === 0) return words.t('ask.nothing');
    if (!answerer) return quotedOrNothing(passages, 'ask.quoted');
    const zone = timeZone === undefined ? {} : { timeZone };
    const answer = await answerer.answer({ question, passages, language, ...zone });
    if (answer.kind === 'answered') return answered(answer, passages, look);
    return quotedOrNothing(passages, answer.kind === 'failed' ? 'ask.failed' : 'ask.unanswered');

    function quotedOrNothing(from: readonly Passage[], because: 'ask.quoted' | 'ask.failed' | 'ask.unanswered') {
      return quoted(from, because, look) ?? words.t(because === 'ask.unanswered' ? because : 'ask.nothing');
    }
  },
  async complete(typing, context) {
    const { timeZone } = await context.settings.guild(typing.guildId);
    return suggestMeetings(await readableMeetings(typing.member, context), typing.options.getFocused(), timeZone);
  },
};
