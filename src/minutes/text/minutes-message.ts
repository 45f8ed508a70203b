import type { MeetingRecord } from '../../core/record.ts';
import { wordsFor } from '../../i18n/words.ts';
import { buildMinutes, withGlossary } from '../model/build-minutes.ts';
import type { View } from '../model/minutes-model.ts';
import { escapeChat } from './escape-chat.ts';
import { renderMarkdown } from './markdown.ts';
import { minutesAsData } from './minutes-json.ts';
import { renderPlainText } from './plain-text.ts';

/**
 * The minutes as the JSON body of a webhook.
 *
 * `text` is for programs that show one field, as Slack does; `markdown` is for wikis. Both are in the view's language
 * and escaped for their readers. `minutes` holds everything as unescaped data, in English.
 */
export function minutesMessage(kept: MeetingRecord, { glossary = [], ...view }: View): string {
  const record = withGlossary(kept, glossary); // once, for both models
  const model = buildMinutes(record, view);
  const [text = ''] = renderPlainText(model).split(`\n${wordsFor(model.locale).t('document.transcript')}\n`);
  const minutes = minutesAsData(record, buildMinutes(record, { ...view, locale: 'en-US' }));
  return JSON.stringify({
    event: 'meeting.ended',
    text: escapeChat(text.trimEnd()),
    markdown: renderMarkdown(model),
    minutes,
  });
}
