import type { GuildMember } from 'discord.js';
import type { MessageId } from '../../src/core/ids.ts';
import type { MeetingRecord } from '../../src/core/record.ts';
import type { FinalSegment } from '../../src/core/segment.ts';
import { relatedLanguage } from '../../src/core/text/language.ts';
import { mayManage } from '../../src/discord/permissions/steering.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../shared/context.ts';

/** Lines that a member may correct, and the meeting that they are part of. */
export interface Correctable {
  readonly record: MeetingRecord;
  readonly finals: readonly FinalSegment[];
}

type Parts = Pick<CommandContext, 'archive' | 'readers' | 'settings'>;

/** The lines in a message that the member may correct now; a sentence that says why there are none. */
export async function correctableIn(
  member: GuildMember,
  messageId: MessageId,
  context: Parts,
  words: Words,
): Promise<Correctable | string> {
  const shown = await context.archive.shownIn(member.guild.id, messageId);
  const record = shown && (await context.archive.read(shown.meetingId));
  if (!record) return words.t('correct.noLine');
  const { utteranceIds, language } = shown;
  const byId = new Map(record.finals.map((final) => [final.utteranceId, final]));
  const finals = utteranceIds.flatMap((id) => byId.get(id) ?? []);
  if (finals.length === 0) return words.t('correct.notFinal');
  const spoken = finals.filter((final) => language === undefined || relatedLanguage(final.language, language));
  if (spoken.length === 0) return words.t('correct.translation');
  const allowed = await whichMayCorrect(member, record, spoken, context);
  return allowed.length === 0 ? words.t('correct.mayNot') : { record, finals: allowed };
}

/** One line, if the member may correct it now; a sentence that says why not. */
export async function correctableLine(
  member: GuildMember,
  meetingId: string,
  utteranceId: string,
  context: Parts,
  words: Words,
): Promise<(Correctable & { readonly final: FinalSegment }) | string> {
  const record = await context.archive.read(meetingId);
  const final = record?.finals.find((one) => one.utteranceId === utteranceId);
  if (!final || record?.head.guildId !== member.guild.id) return words.t('correct.gone');
  const allowed = await whichMayCorrect(member, record, [final], context);
  return allowed.length === 0 ? words.t('correct.mayNot') : { record, finals: allowed, final };
}

/** Their own lines; a manager, who reads the meeting, may correct all. */
async function whichMayCorrect(
  member: GuildMember,
  record: MeetingRecord,
  finals: readonly FinalSegment[],
  { readers, settings }: Parts,
): Promise<readonly FinalSegment[]> {
  const isManager = (await mayManage(member, settings)) && (await readers.mayRead(member, record.head));
  return isManager ? finals : finals.filter(({ speakerId }) => speakerId === member.id);
}
