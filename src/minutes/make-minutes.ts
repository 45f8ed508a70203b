import type { Log } from '../core/log.ts';
import type { MeetingRecord, Minutes } from '../core/record.ts';
import { renderAside } from './documents/aside.ts';
import { buildMinutes, withGlossary } from './model/build-minutes.ts';
import type { MinutesModel } from './model/minutes-model.ts';
import { type RenderOptions, renderMinutes } from './render-minutes.ts';

/**
 * The minutes of a meeting with their picture.
 *
 * A worker thread draws the picture, so that it does not delay running meetings. When drawing fails or takes too long,
 * the minutes come without the picture, because people are waiting for them.
 *
 * @throws the signal's reason
 */
export async function makeMinutes(
  kept: MeetingRecord,
  { glossary = [], ...options }: RenderOptions,
  log: Log,
  signal?: AbortSignal,
): Promise<Minutes> {
  const record = withGlossary(kept, glossary);
  const { languages: _, ...view } = options;
  const picture = await pictureOf(record, buildMinutes(record, view), log, signal);
  return renderMinutes(record, options, picture);
}

const WAIT_MS = 10_000; // for the queue and the drawing together; posting minutes may take 15 seconds in all

async function pictureOf(
  { head }: MeetingRecord,
  model: MinutesModel,
  log: Log,
  signal?: AbortSignal,
): Promise<Buffer | undefined> {
  const limit = AbortSignal.timeout(WAIT_MS);
  try {
    const ending = signal ? AbortSignal.any([signal, limit]) : limit;
    return await renderAside(head.guildId, withoutWords(model), 'png', ending);
  } catch (error) {
    signal?.throwIfAborted();
    log.warn({ err: error, meeting: head.id }, 'Cannot draw the picture of a meeting: its minutes go out without it');
    return undefined;
  }
}

/** The picture shows who spoke when, so the thread needs no copy of the words. */
function withoutWords({ summary: _, ...model }: MinutesModel): MinutesModel {
  const passages = model.passages.map(({ lines, ...passage }) => ({
    ...passage,
    lines: lines.map(({ text: _text, ...line }) => ({ ...line, translations: [] })),
  }));
  return { ...model, passages };
}
