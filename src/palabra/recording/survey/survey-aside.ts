import { AsideError, runAside } from '../../../core/concurrency/aside.ts';
import type { Log } from '../../../core/log.ts';
import { isPcm } from '../../sockets/format.ts';
import { detectFormat, TELLING_BYTES } from '../detect.ts';
import { formatOf, unreadRecording } from '../open.ts';
import { type Recording, RecordingError } from '../recording.ts';
import { behindTags } from '../tags.ts';
import { type Plan, plannedRecording } from './plan.ts';
import type { SurveyTask } from './survey.ts';

/** What the thread answers. */
export type SurveyAnswer =
  | { readonly plan: Plan }
  | { readonly refused: { readonly message: string; readonly code: RecordingError['code'] } };

/** Ten minutes of MP3 take 0.1 s; what takes twenty times as long was made to. */
const LIMITS = { maxHeapMb: 64, maxMs: 2_000 };

/** A file that can be sent, once or several times. */
export interface SurveyedFile {
  readonly durationMs?: number; // missing: nobody knows
  /** From its beginning. */
  recording(): Recording;
}

/**
 * Finds out, in a thread of its own, how a file that a stranger made is to be sent. Here only its first bytes are looked at.
 *
 * A file that takes too long goes on all the same: as it is, at a usual speed, without a known duration.
 *
 * @param task - the file in shared memory, as `inShared` makes it
 * @throws {RecordingError} when it cannot be read; the signal's reason
 */
export async function surveyAside(task: SurveyTask, signal: AbortSignal, log: Log): Promise<SurveyedFile> {
  const { file, name } = task;
  const behind = behindTags(file);
  const head = file.subarray(behind, behind + TELLING_BYTES);
  const isTelling = behind === 0 || head.length === 0 || detectFormat(head, undefined) !== undefined;
  const format = formatOf(isTelling ? head : file.subarray(0, TELLING_BYTES), { name });
  try {
    const body = new URL('./survey-thread.ts', import.meta.url);
    const answer = await runAside<SurveyTask, SurveyAnswer>(body, task, LIMITS, signal);
    if ('refused' in answer) throw new RecordingError(answer.refused.message, answer.refused.code);
    const { plan } = answer;
    const known = plan.durationMs === undefined ? undefined : { durationMs: plan.durationMs };
    return { ...known, recording: () => plannedRecording(file, plan) };
  } catch (error) {
    if (!(error instanceof AsideError)) throw error;
    if (isPcm(format) || error.because === 'failed') throw new RecordingError('This file cannot be read.');
    log.info({ format, bytes: file.length }, 'A file took too long to be read: it goes on as it is');
    return { recording: () => unreadRecording(file, format) };
  }
}

/** The bytes where a thread can see them without a copy for each. */
export function inShared(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
