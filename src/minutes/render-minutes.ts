import type { MeetingRecord, Minutes } from '../core/record.ts';
import { fileStem } from './file-stem.ts';
import { renderMarkdown } from './markdown.ts';
import { modelMinutes } from './minutes-model.ts';
import { renderOverview } from './overview.ts';

/** The minutes of a meeting, also of one that still runs: an overview to post, and the whole as a Markdown file. */
export function renderMinutes(record: MeetingRecord): Minutes {
  const model = modelMinutes(record);
  const name = `${fileStem(model)}.md`;
  return {
    title: model.title,
    overview: renderOverview(model, name),
    files: [{ name, bytes: Buffer.from(renderMarkdown(model)) }],
  };
}
