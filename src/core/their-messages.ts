import type { ChannelId, MessageId, SpeakerId } from './ids.ts';
import type { MeetingRecord } from './record.ts';

/** A message that shows one person's words. */
export interface TheirMessage {
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
  readonly isTheirsAlone: boolean;
  /** When each of the person's utterances in it began, in Unix seconds, as in the heads of its lines. */
  readonly startsS: ReadonlySet<number>;
}

/** The messages of a meeting that show a person's words, in the order of posting. */
export function theirMessages({ head, finals, messages }: MeetingRecord, speakerId: SpeakerId): TheirMessage[] {
  const utterances = new Map(finals.map((final) => [final.utteranceId, final]));
  const byMessage = Map.groupBy(messages, ({ channelId, messageId }) => `${channelId}/${messageId}`);
  return [...byMessage.values()].flatMap((places) => {
    const [place] = places;
    const said = places.map(({ utteranceId }) => utterances.get(utteranceId));
    const theirs = said.filter((final) => final?.speakerId === speakerId);
    if (!place || theirs.length === 0) return [];
    const beganAtMs = head.beganAt.getTime();
    const startsS = theirs.flatMap((final) => (final ? Math.floor((beganAtMs + final.startMs) / 1_000) : []));
    const { channelId, messageId } = place;
    // Utterances that the journal does not have may be somebody else's.
    return [{ channelId, messageId, isTheirsAlone: theirs.length === said.length, startsS: new Set(startsS) }];
  });
}
