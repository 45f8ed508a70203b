import type { ChannelId, MessageId, SpeakerId } from './ids.ts';
import type { MeetingRecord } from './record.ts';

/** A message in which somebody's words stand. */
export interface TheirMessage {
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
  readonly isTheirsAlone: boolean;
  /** When each of their utterances in it began, in Unix seconds: so they are headed. */
  readonly startsS: ReadonlySet<number>;
}

/** The messages of a meeting in which words of this person stand, in the order of posting. */
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
    // What is not known to be theirs may be somebody else's.
    return [{ channelId, messageId, isTheirsAlone: theirs.length === said.length, startsS: new Set(startsS) }];
  });
}
