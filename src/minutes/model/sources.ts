import type { MeetingRecord, PostedAt } from '../../core/record.ts';
import { relatedLanguage } from '../../core/text/language.ts';
import type { Line, Passage, Source } from './minutes-model.ts';

export type Sources = ReadonlyMap<string, Source>; // by utterance id

/** Where each utterance was said: its time, and its first message, preferably in the thread of the shown language. */
export function sourcesOf(
  { head, messages }: MeetingRecord,
  passages: readonly Passage[],
  language: string | undefined,
): Map<string, Source> {
  const posted = Map.groupBy(messages, ({ utteranceId }) => utteranceId);
  const sourceOf = ({ utteranceId, startMs }: Line): [string, Source] => {
    const own = posted.get(utteranceId) ?? [];
    const at =
      own.find(
        (one) => language !== undefined && one.language !== undefined && relatedLanguage(one.language, language),
      ) ??
      own.find((one) => one.language === undefined) ??
      own[0];
    const url = at && messageUrl(head.guildId, at);
    return [utteranceId, { utteranceId, startMs, ...(url !== undefined && { url }) }];
  };
  return new Map(passages.flatMap(({ lines }) => lines.map(sourceOf)));
}

/** The address of a message, or `undefined` when an id is malformed: documents link to the address. */
function messageUrl(guildId: string, { channelId, messageId }: PostedAt): string | undefined {
  const ids = [guildId, channelId, messageId];
  return ids.every((id) => /^\d{1,20}$/.test(id)) ? `https://discord.com/channels/${ids.join('/')}` : undefined;
}
