import { noteAccess } from '../../src/core/access-log.ts';
import type { MeetingRecord } from '../../src/core/record.ts';
import { namesIn } from '../../src/core/text/names.ts';
import { isSeen, oneLine } from '../../src/core/text/plain-text.ts';
import { escapeInline, escapeName } from '../../src/discord/formatting/escape.ts';
import type { Ask } from '../../src/discord/interactions/command.ts';
import { mayManage } from '../../src/discord/permissions/steering.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { Asker, CommandContext } from '../shared/context.ts';
import { rewriteMinutes } from '../shared/rewrite-minutes.ts';
import { sentences } from '../shared/wording.ts';
import { readMeeting } from './past-meetings.ts';

const MINUTES_LIMIT_MS = 60_000; // edits wait for the rate limits of a busy channel

/** `/minutes rename-speaker`: puts a name right in the minutes, exports and pages of a meeting that is over. */
export async function renameSpeaker(ask: Ask, context: CommandContext, words: Words): Promise<string> {
  if (!(await mayManage(ask.member, context.settings))) return words.t('access.notManager');
  const id = ask.options.getString('meeting', true);
  const record = await readMeeting(ask.member, context, id);
  if (!record) return words.t('minutes.noSuch');
  if (await context.meetings.isRunning(ask.guildId, id)) return words.t('minutes.renameLater');
  const name = oneLine(ask.options.getString('name', true)).normalize('NFC');
  if (!isSeen(name)) return words.t('minutes.needName');
  const typed = ask.options.getString('speaker', true);
  const found = [...namesIn(record)].find(([speakerId, known]) => typed === speakerId || typed === known);
  if (!found) return words.t('minutes.noSpeaker', { typed: escapeInline(typed.slice(0, 60).toWellFormed()) });
  const [speakerId, before] = found;
  if (!record.attendance.some((stay) => stay.speakerId === speakerId))
    return words.t('minutes.noSpeaker', { typed: escapeName(before) });
  const { displayName: byName, id: byId } = ask.member;
  await context.archive.rename(id, speakerId, { name, byId, byName, atMs: Date.now() });
  noteAccess(context.log, {
    ...{ what: 'speaker renamed', outcome: 'changed' },
    ...{ guildId: ask.guildId, userId: byId, meetingId: id },
  });
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(MINUTES_LIMIT_MS)]);
  const hasMinutes = record.head.places?.minutes !== undefined;
  const isRewritten = await rewriteMinutes(id, context, signal);
  return sentences(
    words.t('minutes.renamed', { before: escapeName(before), name: escapeName(name) }),
    hasMinutes && !isRewritten ? words.t('minutes.notRewritten') : '',
  );
}

/** Suggests the people of the meeting that was chosen, to managers who may read it. */
export async function suggestSpeakers(
  { member }: Asker,
  context: CommandContext,
  meetingId: string,
  typed: string,
): Promise<readonly { name: string; value: string }[]> {
  if (!(await mayManage(member, context.settings))) return [];
  const record = await readableRecord(member, context, meetingId);
  if (!record) return [];
  const present = new Set(record.attendance.map(({ speakerId }) => speakerId));
  return [...namesIn(record)]
    .filter(([id, name]) => present.has(id) && name.toLowerCase().includes(typed.toLowerCase()))
    .map(([value, name]) => ({ name: name.slice(0, 100).toWellFormed(), value }));
}

/** Suggestions leave no line in the log of who read what. */
async function readableRecord(
  member: Asker['member'],
  { archive, readers }: CommandContext,
  id: string,
): Promise<MeetingRecord | undefined> {
  const record = await archive.read(id);
  return record && (await readers.readablePart(member, record));
}
