import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { PalabraSimulator } from '../../simulators/palabra/index.ts';

const SCRIPT = join(import.meta.dirname, '../../../scripts/transcribe.ts');

export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Where the keys come from: a simulator's own, or others. */
export function keysOf(palabra: PalabraSimulator): Record<string, string> {
  return {
    PALABRA_CLIENT_ID: palabra.credentials.clientId,
    PALABRA_CLIENT_SECRET: palabra.credentials.clientSecret,
    PALABRA_API_URL: palabra.apiUrl,
    PALABRA_STREAM_URL: palabra.streamUrl,
  };
}

/** Runs the command as a shell would. */
export class Command {
  readonly process: ChildProcess;
  readonly #out: Buffer[] = [];
  readonly #err: Buffer[] = [];

  constructor(args: readonly string[], environment: Record<string, string>) {
    this.process = spawn(process.execPath, [SCRIPT, ...args], { env: environment, cwd: import.meta.dirname });
    this.process.stdout?.on('data', (data) => this.#out.push(data));
    this.process.stderr?.on('data', (data) => this.#err.push(data));
  }

  /** Gives it this on its standard input, and no more. */
  pipe(bytes: Uint8Array): this {
    this.process.stdin?.end(bytes);
    return this;
  }

  async ended(): Promise<Result> {
    const [code] = await once(this.process, 'close');
    return { code, out: Buffer.concat(this.#out).toString(), err: Buffer.concat(this.#err).toString() };
  }
}
