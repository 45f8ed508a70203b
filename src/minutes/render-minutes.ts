import type { MeetingRecord, Minutes } from '../core/record.ts';
import { fileStem } from './file-stem.ts';
import { renderMarkdown } from './markdown.ts';
import { modelMinutes } from './minutes-model.ts';
import { renderOverview } from './overview.ts';
import { pngOfModel } from './timeline-png.ts';

/** The minutes of a meeting, also of one that still runs: an overview to post, the whole as a Markdown file, and a picture. */
export function renderMinutes(record: MeetingRecord): Minutes {
  const model = modelMinutes(record);
  const stem = fileStem(model);
  const name = `${stem}.md`;
  return {
    title: model.title,
    overview: renderOverview(model, name),
    files: [
      { name, bytes: Buffer.from(renderMarkdown(model)) },
      { name: `${stem}.png`, bytes: pngOfModel(model) },
    ],
  };
}
