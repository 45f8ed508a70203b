import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AboutAudio } from '../../src/palabra/recording/open.ts';
import { RecordingError } from '../../src/palabra/recording/recording.ts';
import { surveyFile } from '../../src/palabra/recording/survey/survey.ts';

const MAX_SURVEYED_BYTES = 512 * 1024 * 1024; // nine hours of MP3; the file is read into memory to find out how long it plays

/** The source of the audio, and what is known about it before reading. */
export interface Source {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly about: Pick<AboutAudio, 'name' | 'sizeBytes' | 'durationMs'>;
}

/** @throws {RecordingError} when the file does not exist or cannot be read */
export async function openSource(path: string, standardInput: AsyncIterable<Uint8Array>): Promise<Source> {
  if (path === '-') return { bytes: standardInput, about: {} };
  const sizeBytes = await sizeOf(path);
  const durationMs = await durationOf(path, sizeBytes);
  return {
    bytes: createReadStream(path),
    about: { name: basename(path), sizeBytes, ...(durationMs === undefined ? undefined : { durationMs }) },
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new RecordingError(`${path} is a folder. Name a file.`);
    return found.size;
  } catch (error) {
    if (error instanceof RecordingError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new RecordingError(`There is no file ${path}.`);
    throw new RecordingError(`Cannot read ${path}${typeof code === 'string' ? ` (${code})` : ''}.`);
  }
}

/** How long a file plays, found out by the bot's own survey. `undefined` when unknown. */
async function durationOf(path: string, sizeBytes: number): Promise<number | undefined> {
  if (sizeBytes > MAX_SURVEYED_BYTES) return undefined;
  const whole = { name: basename(path), upToMs: Number.POSITIVE_INFINITY, silenceMs: 0 };
  try {
    return (await surveyFile({ file: await readFile(path), ...whole })).durationMs;
  } catch (error) {
    if (error instanceof RecordingError) return undefined; // opening the file reports the error, with the given options
    throw error;
  }
}
