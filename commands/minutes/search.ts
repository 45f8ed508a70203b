import { noteAccess } from '../../src/core/access-log.ts';
import type { SearchHit } from '../../src/core/ports/archive.ts';
import { escapeInline, escapeName } from '../../src/discord/formatting/escape.ts';
import { readLanguage } from '../../src/discord/formatting/languages.ts';
import { MAX_CONTENT } from '../../src/discord/formatting/limits.ts';
import type { Ask } from '../../src/discord/interactions/command.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../shared/context.ts';
import { unreadableLanguage } from '../shared/wording.ts';
import { momentOf } from './past-meetings.ts';
import { readSince } from './since.ts';
import { boldSnippetOf } from './snippet.ts';

const SHOWN = 10;

/** `/minutes search`: finds what was said in meetings that the asker may read now. */
export async function search(
  ask: Ask,
  { archive, settings, readers, log }: CommandContext,
  words: Words,
): Promise<string> {
  const query = ask.options.getString('query', true);
  const speaker = ask.options.getUser('speaker');
  const { glossary = [], timeZone } = await settings.guild(ask.guildId);
  const typedSince = ask.options.getString('since');
  const since = typedSince === null ? undefined : readSince(typedSince, new Date(), timeZone);
  if (typedSince !== null && !since) {
    return words.t('minutes.badSince', { typed: escapeInline(typedSince) });
  }
  const typedLanguage = ask.options.getString('language');
  const language = typedLanguage === null ? undefined : readLanguage(typedLanguage);
  if (typedLanguage !== null && language === undefined) return unreadableLanguage(words, typedLanguage);
  if (!/[\p{L}\p{N}]/u.test(query)) return words.t('minutes.needWord');
  const hits = await archive.search(ask.guildId, {
    query,
    limit: SHOWN + 1, // one more, to know whether there are more
    glossary,
    mayRead: async (head) => await readers.mayRead(ask.member, head),
    ...(speaker && { speakerId: speaker.id }),
    ...(since && { since }),
    ...(language !== undefined && { language }),
  });
  noteAccess(log, { what: 'meetings searched', outcome: 'allowed', guildId: ask.guildId, userId: ask.user.id });
  if (hits.length === 0) return words.t('minutes.foundNothing');
  return withinLimit(hits, words);
}

/** As many hits as fit whole into one message. */
function withinLimit(hits: readonly SearchHit[], words: Words): string {
  const more = `\n-# ${words.t('minutes.moreHits')}`;
  let answer = words.t('minutes.hitsHead');
  for (const [shown, hit] of hits.entries()) {
    const line = `\n${lineOf(hit, words)}`;
    if (shown === SHOWN || answer.length + line.length + more.length > MAX_CONTENT) return answer + more;
    answer += line;
  }
  return answer;
}

function lineOf({ meeting, segment, speakerName, matches, postedAt }: SearchHit, words: Words): string {
  const at = momentOf(new Date(meeting.beganAt.getTime() + segment.startMs), 'f');
  const who = escapeName((speakerName ?? '').slice(0, 40));
  const tongue =
    segment.kind === 'translation'
      ? ` (${words.t('minutes.inLanguage', { language: escapeInline(words.language(segment.language)) })})`
      : '';
  const title = escapeInline(meeting.title.slice(0, 40));
  const where = postedAt
    ? `https://discord.com/channels/${meeting.guildId}/${postedAt.channelId}/${postedAt.messageId}` // shown as a link to the message
    : `<#${meeting.textChannelId}>`;
  const mark = segment.kind === 'final' && segment.corrected ? ` (${words.t('document.corrected')})` : '';
  return `• ${at} ${title}, ${where}\n> ${who}${tongue}${mark}: ${boldSnippetOf(segment.text, matches)}`;
}
