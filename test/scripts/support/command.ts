import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from '../../../scripts/transcribe/run.ts';
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

/**
 * Runs the command without a process of its own, which costs a second to start.
 *
 * @param columns - given: its outputs are a terminal of this width
 */
export async function inProcess(
  args: readonly string[],
  environment: Record<string, string>,
  columns?: number,
): Promise<Result> {
  const out = new Screen(columns);
  const err = new Screen(columns);
  const never = new AbortController().signal;
  const code = await run({ arguments: args, environment, input: Readable.from([]), out, err }, never, never);
  return { code, out: out.text, err: err.text };
}

/** What a program wrote, to a terminal or to a pipe. */
class Screen {
  readonly isTTY: boolean;
  readonly columns: number;
  text = '';

  constructor(columns: number | undefined) {
    this.isTTY = columns !== undefined;
    this.columns = columns ?? 0;
  }

  write(text: string): void {
    this.text += text;
  }
}
