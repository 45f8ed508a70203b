import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Coding, Recording, Speech } from '../speech.ts';

const COMPILER = 'cc';
const run = promisify(execFile);

/** The C program with the minimum of work, compiled when the benchmark runs. */
export class Floor implements Disposable {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Compiles the program. If that fails, the answer says why. */
  static compile({ recordings }: Speech): Floor | { readonly because: string } {
    const folder = mkdtempSync(join(tmpdir(), 'parley-floor-'));
    try {
      const source = join(import.meta.dirname, 'floor.c');
      const libraries = ['-lopus', '-lcrypto'];
      execFileSync(COMPILER, ['-O2', '-o', join(folder, 'floor'), source, ...libraries], { stdio: 'pipe' });
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return { because: isMissing ? 'no C compiler (cc)' : 'floor.c does not compile: libopus-dev and libssl-dev?' };
    }
    for (const coding of ['mono', 'stereo'] as const) {
      writeFileSync(join(folder, coding), asFile(recordings[coding]));
    }
    return new Floor(folder);
  }

  /** CPU time of one frame, in microseconds. */
  async round(coding: Coding, speakers: number, frames: number): Promise<number> {
    const { stdout } = await run(join(this.#folder, 'floor'), [
      join(this.#folder, coding),
      String(speakers),
      String(frames),
    ]);
    return Number(stdout) / 1000;
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function asFile(recording: Recording): Buffer {
  return Buffer.concat(
    recording.flatMap((packet) => {
      const length = Buffer.alloc(2);
      length.writeUInt16LE(packet.length);
      return [length, packet];
    }),
  );
}
