import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AboutAudio } from '../../src/palabra/recording/open.ts';
import { RecordingError } from '../../src/palabra/recording/recording.ts';
import { surveyFile } from '../../src/palabra/recording/survey/survey.ts';

const MAX_SURVEYED_BYTES = 512 * 1024 * 1024; // it is read into memory to know how long it plays: nine hours of MP3

/** Where the audio comes from, and what is known about it before it is read. */
export interface Source {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly about: Pick<AboutAudio, 'name' | 'sizeBytes' | 'durationMs'>;
}

/** @throws {RecordingError} when there is no such file, or it may not be read */
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
    if (found.isDirectory()) throw new RecordingError(`${path} is a folder: name a file.`);
    return found.size;
  } catch (error) {
    if (error instanceof RecordingError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new RecordingError(`There is no file ${path}.`);
    throw new RecordingError(`${path} cannot be read${typeof code === 'string' ? ` (${code})` : ''}.`);
  }
}

/** How long a file plays, by the bot's own reading of it; `undefined` when that does not tell. */
async function durationOf(path: string, sizeBytes: number): Promise<number | undefined> {
  if (sizeBytes > MAX_SURVEYED_BYTES) return undefined;
  const whole = { name: basename(path), upToMs: Number.POSITIVE_INFINITY, silenceMs: 0 };
  try {
    return (await surveyFile({ file: await readFile(path), ...whole })).durationMs;
  } catch (error) {
    if (error instanceof RecordingError) return undefined; // it is said when it is opened, with what the options tell
    throw error;
  }
}
