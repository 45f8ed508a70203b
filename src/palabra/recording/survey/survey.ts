import { detectFormat, FORMAT_BYTES } from '../detect.ts';
import { flacDurationMs } from '../flac-duration.ts';
import { inOnePortion, openRecording } from '../open.ts';
import { MAX_PIECE_BYTES, PIECE_MS, type Piece, WORTH_SENDING_BYTES } from '../recording.ts';
import { behindTags } from '../tags.ts';
import { webmDurationMs } from '../webm-duration.ts';
import type { Plan } from './plan.ts';

/** The survey of one file. */
export interface SurveyTask {
  readonly file: Uint8Array;
  readonly name: string;
  readonly upToMs: number; // audio after this is not surveyed
  readonly silenceMs: number; // how much silence is to follow the audio
}

/**
 * Reads a file up to the limit, and plans how to send it.
 *
 * @throws {RecordingError} when it cannot be read
 */
export async function surveyFile({ file: whole, name, upToMs, silenceMs }: SurveyTask): Promise<Plan> {
  const file = whole.subarray(behindTags(whole));
  const durationMs = statedMs(file);
  const about = { name, sizeBytes: whole.length, ...(durationMs === undefined ? undefined : { durationMs }) };
  const recording = await openRecording(inOnePortion(whole), about);
  const cuts = new Cuts(whole);
  let playedMs = 0;
  for await (const piece of recording.pieces()) {
    cuts.add(piece);
    playedMs += piece.durationMs;
    if (playedMs > upToMs) break;
  }
  const toldMs = recording.isTimed ? playedMs : recording.durationMs;
  return {
    audio: recording.audio,
    ...(toldMs === undefined ? undefined : { durationMs: toldMs }),
    ...cuts.written(),
    silence: recording.silence(silenceMs),
    isBrokenOff: recording.isBrokenOff?.() ?? false,
  };
}

/** The duration in the header, for formats whose pieces have none. */
function statedMs(file: Uint8Array): number | undefined {
  const format = detectFormat(file.subarray(0, FORMAT_BYTES), undefined);
  const ms = format === 'flac' ? flacDurationMs(file) : format === 'webm' ? webmDurationMs(file) : undefined;
  return ms !== undefined && ms > 0 && Number.isFinite(ms) ? ms : undefined;
}

interface Cut {
  readonly from: number;
  readonly bytes: number;
  readonly durationMs: number;
}

/** Notes where pieces are in the file. Small ones that follow one another become one. */
class Cuts {
  readonly #file: Uint8Array;
  readonly #cuts: Cut[] = [];
  readonly #made: Uint8Array[] = [];

  constructor(file: Uint8Array) {
    this.#file = file;
  }

  add({ bytes, durationMs }: Piece): void {
    const isInFile = bytes.buffer === this.#file.buffer;
    const from = isInFile ? bytes.byteOffset - this.#file.byteOffset : -1 - this.#made.length;
    if (!isInFile) this.#made.push(bytes);
    const last = this.#cuts.at(-1);
    if (last !== undefined && last.from >= 0 && from === last.from + last.bytes && mayGrow(last, bytes.length)) {
      const both = { from: last.from, bytes: last.bytes + bytes.length, durationMs: last.durationMs + durationMs };
      this.#cuts.splice(-1, 1, both);
    } else {
      this.#cuts.push({ from, bytes: bytes.length, durationMs });
    }
  }

  written(): Pick<Plan, 'cuts' | 'made'> {
    const numbers = this.#cuts.flatMap(({ from, bytes, durationMs }) => [from, bytes, durationMs]);
    return { cuts: Float64Array.from(numbers), made: this.#made };
  }
}

function mayGrow({ bytes, durationMs }: Cut, more: number): boolean {
  return durationMs < PIECE_MS && bytes < WORTH_SENDING_BYTES && bytes + more <= MAX_PIECE_BYTES;
}
