import type { Log } from '../core/log.ts';
import type { MeetingRecord, Minutes } from '../core/record.ts';
import { renderAside } from './documents/aside.ts';
import { buildMinutes, withGlossary } from './model/build-minutes.ts';
import type { MinutesModel } from './model/minutes-model.ts';
import { type RenderOptions, renderMinutes } from './render-minutes.ts';

/**
 * The minutes of a meeting with their picture, which is drawn in a thread of its own so that meetings that go on are not
 * disturbed. Where it cannot be drawn in time the minutes come without it: they are what people wait for.
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

const WAIT_MS = 10_000; // for a place and the picture: of the fifteen seconds that posting minutes may take

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
    log.warn({ err: error, meeting: head.id }, 'A picture could not be drawn: the minutes go without it');
    return undefined;
  }
}

/** The picture shows who spoke when: what they said need not be copied for the thread. */
function withoutWords({ summary: _, ...model }: MinutesModel): MinutesModel {
  const passages = model.passages.map(({ lines, ...passage }) => ({
    ...passage,
    lines: lines.map(({ text: _text, ...line }) => ({ ...line, translations: [] })),
  }));
  return { ...model, passages };
}
