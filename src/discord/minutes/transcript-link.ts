import type { MeetingHead, Minutes } from '../../core/record.ts';
import type { Words } from '../../i18n/words.ts';
import { MAX_CONTENT } from '../transcript/line.ts';

/** Minutes that say where the transcript stands, when that is a thread of its own. */
export function withTranscriptLink(minutes: Minutes, { places }: MeetingHead, words: Words): Minutes {
  const threads = [places?.threadId, ...Object.values(places?.languageThreads ?? {})].filter((id) => id !== undefined);
  if (threads.length === 0) return minutes;
  const where = threads.map((id) => `<#${id}>`).join(' ');
  const overview = `${minutes.overview}\n${words.t('posting.transcriptAt', { where })}`;
  return overview.length <= MAX_CONTENT ? { ...minutes, overview } : minutes;
}
