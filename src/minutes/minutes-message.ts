import type { MeetingRecord } from '../core/record.ts';
import { renderMarkdown } from './markdown.ts';
import { minutesAsData } from './minutes-json.ts';
import { modelMinutes, type View } from './minutes-model.ts';
import { renderPlainText } from './plain-text.ts';

const TRANSCRIPT = '\nTranscript\n';

/**
 * Minutes for other programs, as JSON: `text` for whoever shows one field (Slack does), `markdown` for wikis, and
 * everything as data.
 */
export function minutesMessage(record: MeetingRecord, view: View): string {
  const model = modelMinutes(record, view);
  const [text = ''] = renderPlainText(model).split(TRANSCRIPT);
  const minutes = minutesAsData(record, model);
  return JSON.stringify({ event: 'meeting.ended', text: text.trimEnd(), markdown: renderMarkdown(model), minutes });
}
