import type { MeetingRecord, Minutes } from '../core/record.ts';
import { renderMarkdown } from './markdown.ts';
import { type MinutesModel, modelMinutes } from './minutes-model.ts';
import { renderOverview } from './overview.ts';
import { asDate, asTimeOfDay } from './times.ts';

const MAX_SLUG_CHARS = 40;

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

/** `minutes-2026-11-23-1000-weekly`: Latin letters and digits only, as Discord takes others out of file names. */
function fileStem({ beganAt, channelName }: MinutesModel): string {
  const slug = channelName
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_CHARS)
    .replaceAll(/^-+|-+$/g, '');
  const time = asTimeOfDay(beganAt).slice(0, 5).replace(':', '');
  return ['minutes', asDate(beganAt), time, ...(slug === '' ? [] : [slug])].join('-');
}
