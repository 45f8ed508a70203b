import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Coding, Recording, Speech } from '../speech.ts';

const COMPILER = 'cc';
/** What floor.c needs, how compilers name it when it is missing, and the package of Debian's that has it. */
const NEEDED = [
  { signs: ['opus/opus.h', '-lopus'], name: 'libopus', package: 'libopus-dev' },
  { signs: ['openssl/evp.h', '-lcrypto'], name: 'OpenSSL', package: 'libssl-dev' },
] as const;
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
      return { because: whyNot(error) };
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

/** Why the program could not be compiled, and what to install. @param error - of the compiler's start, or with its words */
export function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return 'floor.c does not compile';
  if ('code' in error && error.code === 'ENOENT') return 'no C compiler (cc); on Debian: apt-get install gcc libc6-dev';
  const words = 'stderr' in error ? String(error.stderr) : '';
  const missing = NEEDED.find(({ signs }) => signs.some((sign) => words.includes(sign))); // compilers end at the first
  if (missing) return `the headers of ${missing.name} are missing; on Debian: apt-get install ${missing.package}`;
  return 'floor.c does not compile; on Debian it needs libopus-dev and libssl-dev';
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
