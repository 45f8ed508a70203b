import { describe, expect, it } from 'vitest';
import { openRecording } from '../../src/palabra/recording/open.ts';
import { type Piece, RecordingError } from '../../src/palabra/recording/recording.ts';
import { plannedRecording } from '../../src/palabra/recording/survey/plan.ts';
import { surveyFile } from '../../src/palabra/recording/survey/survey.ts';
import { fuzzBytes, hostileBytes, seedsOf } from './support/fuzz.ts';

const AREA = 'files';
const NAMES = ['a.wav', 'a.ogg', 'a.mp3', 'a.aac', 'a.flac', 'a.webm', 'a.pcm', 'a.ul', 'a'];
const MOST_MS = 10 * 60_000;
const SILENCE_MS = 1_500;
const MOST_PIECE_BYTES = 1024 * 1024;

/** What comes of a file, or nothing where it cannot be read. Anything but `RecordingError` is a crash. */
async function readable<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    return undefined;
  }
}

async function* inDrops(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 777) yield bytes.subarray(at, at + 777);
}

const joined = (pieces: readonly Piece[]) => Buffer.concat(pieces.map(({ bytes }) => bytes));

/** Silence between the streams of an Ogg chain: 64 pages. */
const MOST_ENDS_BYTES = 64 * 100;

function check(what: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(`Not so: ${what}`);
}

async function tryFile(bytes: Buffer, name: string): Promise<void> {
  const file = Uint8Array.from(bytes);
  const beganMs = performance.now();
  const plan = await readable(() => surveyFile({ file, name, upToMs: MOST_MS, silenceMs: SILENCE_MS }));
  check('it takes no time', performance.now() - beganMs < 2_000);
  check('the file is as it was', bytes.equals(file));
  const streamed = await readable(async () => {
    const recording = await openRecording(inDrops(file), { name, sizeBytes: file.length });
    return { recording, pieces: await Array.fromAsync(recording.pieces()) };
  });
  check('a pipe is read where a file is', (streamed === undefined) === (plan === undefined));
  if (plan === undefined || streamed === undefined) return;
  const recording = plannedRecording(file, plan);
  const pieces = await Array.fromAsync(recording.pieces());
  const all = [...pieces, ...recording.silence(SILENCE_MS), ...streamed.pieces];
  check(
    'no piece is too large',
    all.every((piece) => piece.bytes.length <= MOST_PIECE_BYTES),
  );
  check(
    'each lasts a time',
    all.every(({ durationMs }) => durationMs >= 0 && Number.isFinite(durationMs)),
  );
  check('there are no more pieces than can be sent', pieces.length <= 4_000 + file.length / 1_000);
  const memory = new Set(recording.silence(SILENCE_MS).map((piece) => piece.bytes.buffer));
  check(
    'silence takes little memory',
    [...memory].every((buffer) => buffer.byteLength <= MOST_PIECE_BYTES),
  );
  check('little is made up', joined(pieces).length <= file.length + MOST_ENDS_BYTES);
  const whole = joined(streamed.pieces);
  const isCut = pieces.reduce((sum, { durationMs }) => sum + durationMs, 0) > MOST_MS;
  check('a file is sent as a pipe is', isCut || joined(pieces).equals(whole));
}

describe('files that strangers attach', () => {
  it('are read or refused, whatever is in them', async () => {
    const seeds = seedsOf(AREA);
    expect(seeds.length).toBeGreaterThan(6);
    const tried = await fuzzBytes(AREA, hostileBytes(seeds.map(({ bytes }) => bytes)), async (bytes) => {
      // Each as what its name would say, as a name decides where first bytes cannot.
      const name = NAMES[bytes.reduce((sum, byte) => sum + byte, bytes.length) % NAMES.length] ?? '';
      await tryFile(bytes, name);
    });
    expect(tried).toBeGreaterThan(seeds.length);
  });
});
