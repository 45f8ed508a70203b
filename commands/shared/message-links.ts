import type { MeetingRecord, PostedAt } from '../../src/core/record.ts';

/**
 * The address of each utterance's message, where it is known: in the thread of the reader's language, if there is one.
 *
 * @param language - missing: as it was spoken
 */
export function messageLinks(
  { head, messages }: Pick<MeetingRecord, 'head' | 'messages'>,
  language: string | undefined,
): ReadonlyMap<string, string> {
  const best = new Map<string, PostedAt>();
  // Messages are in the order of posting: a text that spans several is linked to the first.
  for (const at of messages) {
    const other = best.get(at.utteranceId);
    if (!other || rankOf(at, language) > rankOf(other, language)) best.set(at.utteranceId, at);
  }
  const urlOf = ({ channelId, messageId }: PostedAt) =>
    `https://discord.com/channels/${head.guildId}/${channelId}/${messageId}`;
  return new Map([...best].map(([utteranceId, at]) => [utteranceId, urlOf(at)]));
}

function rankOf({ language: own }: PostedAt, wanted: string | undefined): number {
  if (own === undefined) return 1;
  return own === wanted ? 2 : 0;
}
