import type { MeetingHead } from '../../core/record.ts';
import type { FinalSegment, TranslationSegment } from '../../core/segment.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import { escapeChat } from './escape-chat.ts';

/**
 * A line as the JSON body of a webhook, as soon as it is final.
 *
 * `text` is for programs that show one field, and escaped for them. Everything else is unescaped data.
 *
 * @param segment - in the server's own words
 * @param missed - how many lines before this one could not be sent
 */
export function lineMessage(
  head: MeetingHead,
  { segment, name }: { readonly segment: FinalSegment | TranslationSegment; readonly name: string },
  missed: number,
): string {
  const isTranslation = segment.kind === 'translation';
  const text = oneLine(segment.text);
  return JSON.stringify({
    event: isTranslation ? 'line.translated' : 'line.final',
    text: escapeChat(`${oneLine(name)}${isTranslation ? ` (${segment.language})` : ''}: ${text}`),
    meeting: {
      id: head.id,
      title: head.title,
      guildId: head.guildId,
      voiceChannel: { id: head.voiceChannelId, name: head.voiceChannelName },
      beganAt: head.beganAt.toISOString(),
    },
    line: {
      id: segment.utteranceId,
      speakerId: segment.speakerId,
      speaker: name,
      startMs: Math.round(segment.startMs),
      endMs: Math.round(segment.endMs),
      text,
      language: segment.language,
      ...(!isTranslation && { isConfirmed: segment.confirmed }),
    },
    missed,
  });
}
