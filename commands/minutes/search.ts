import type { SearchHit } from '../../src/core/ports.ts';
import type { Ask } from '../../src/discord/command.ts';
import { escapeInline, escapeName } from '../../src/discord/escape.ts';
import { nameOf, readLanguage } from '../../src/discord/languages.ts';
import type { CommandContext } from '../context.ts';
import { mayRead } from '../who-may.ts';
import { unreadableLanguage } from '../wording.ts';
import { momentOf } from './past-meetings.ts';
import { readSince } from './since.ts';
import { snippetOf } from './snippet.ts';

const SHOWN = 10;
const MAX_ANSWER = 2_000;

/** `/minutes search`: what was said in meetings that the asker may read now. */
export async function search(ask: Ask, { journal }: CommandContext): Promise<string> {
  const query = ask.options.getString('query', true);
  const speaker = ask.options.getUser('speaker');
  const typedSince = ask.options.getString('since');
  const since = typedSince === null ? undefined : readSince(typedSince, new Date());
  if (typedSince !== null && !since) {
    return `I cannot read “${escapeInline(typedSince)}” as a time: give a date like \`2026-11-23\`, or \`12h\`, \`7d\`, \`2w\`.`;
  }
  const typedLanguage = ask.options.getString('language');
  const language = typedLanguage === null ? undefined : readLanguage(typedLanguage);
  if (typedLanguage !== null && language === undefined) return unreadableLanguage(typedLanguage);
  if (!/[\p{L}\p{N}]/u.test(query))
    return 'Give me a word to look for: signs and emoji alone are not kept in the index.';
  const hits = await journal.search(ask.guildId, {
    query,
    limit: SHOWN + 1, // one more tells whether there are more
    mayRead: (head) => mayRead(ask.member, head),
    ...(speaker && { speakerId: speaker.id }),
    ...(since && { since }),
    ...(language !== undefined && { language }),
  });
  if (hits.length === 0) return 'I found nothing in the meetings that you may read. Fewer words find more.';
  return withinLimit(hits);
}

/** As many as one message holds, whole. */
function withinLimit(hits: readonly SearchHit[]): string {
  const more = '\n-# There is more: add words, or `speaker`, `since`, `language`.';
  let answer = 'What was said, newest first. `/minutes show` opens a meeting.';
  for (const [shown, hit] of hits.entries()) {
    const line = `\n${lineOf(hit)}`;
    if (shown === SHOWN || answer.length + line.length + more.length > MAX_ANSWER) return answer + more;
    answer += line;
  }
  return answer;
}

function lineOf({ meeting, segment, speakerName, matches }: SearchHit): string {
  const at = momentOf(new Date(meeting.beganAt.getTime() + segment.startMs), 'f');
  const who = escapeName((speakerName ?? '').slice(0, 40));
  const tongue = segment.kind === 'translation' ? ` (in ${nameOf(segment.language)})` : '';
  const title = escapeInline(meeting.title.slice(0, 40));
  return `• ${at} ${title}, <#${meeting.textChannelId}>\n> ${who}${tongue}: ${snippetOf(segment.text, matches)}`;
}
