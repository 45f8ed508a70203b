import { AsideError, runAside } from '../../../core/concurrency/aside.ts';
import type { Log } from '../../../core/log.ts';
import { isPcm } from '../../sockets/format.ts';
import { detectFormat, FORMAT_BYTES } from '../detect.ts';
import { formatOf, unreadRecording } from '../open.ts';
import { type Recording, RecordingError } from '../recording.ts';
import { behindTags } from '../tags.ts';
import { type Plan, plannedRecording } from './plan.ts';
import type { SurveyTask } from './survey.ts';

/** The thread's answer. */
export type SurveyAnswer =
  | { readonly plan: Plan }
  | { readonly refused: { readonly message: string; readonly code: RecordingError['code'] } };

/** Ten minutes of MP3 take 0.1 s: a file that takes twenty times as long was made for that. */
const LIMITS = { maxHeapMb: 64, maxMs: 2_000 };

/** A file that can be sent, once or several times. */
export interface SurveyedFile {
  readonly durationMs?: number; // missing: unknown
  /** The recording, from its beginning. */
  recording(): Recording;
}

/**
 * Finds out how to send a file from a stranger, in a thread of its own. This thread looks at the first bytes only.
 *
 * A file that takes too long is sent all the same: as it is, at a usual speed, without a known duration.
 *
 * @param task - the file in shared memory, as `inShared` makes it
 * @throws {RecordingError} when it cannot be read; the signal's reason
 */
export async function surveyAside(task: SurveyTask, signal: AbortSignal, log: Log): Promise<SurveyedFile> {
  const { file, name } = task;
  const behind = behindTags(file);
  const head = file.subarray(behind, behind + FORMAT_BYTES);
  const isTelling = behind === 0 || head.length === 0 || detectFormat(head, undefined) !== undefined;
  const format = formatOf(isTelling ? head : file.subarray(0, FORMAT_BYTES), { name });
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
    log.info({ format, bytes: file.length }, 'A file took too long to survey: it is sent as it is');
    return { recording: () => unreadRecording(file, format) };
  }
}

/** Copies the bytes once into memory that threads can share. */
export function inShared(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
