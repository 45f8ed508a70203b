import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseFile } from 'music-metadata';
import type { AboutAudio } from '../../src/palabra/recording/open.ts';
import { RecordingError } from '../../src/palabra/recording/recording.ts';

/** Where the audio comes from, and what is known about it before it is read. */
export interface Source {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly about: Pick<AboutAudio, 'name' | 'sizeBytes' | 'durationMs'>;
}

/** @throws {RecordingError} when there is no such file, or it may not be read */
export async function openSource(path: string, standardInput: AsyncIterable<Uint8Array>): Promise<Source> {
  if (path === '-') return { bytes: standardInput, about: {} };
  const sizeBytes = await sizeOf(path);
  const durationMs = await durationOf(path);
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

/** How long a container plays; raw samples have no header to tell it. */
async function durationOf(path: string): Promise<number | undefined> {
  try {
    const { duration } = (await parseFile(path, { duration: true, skipCovers: true })).format;
    return duration === undefined || duration <= 0 ? undefined : duration * 1000;
  } catch {
    return undefined; // raw, or nothing that this library knows: the recogniser may still
  }
}
