import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';

/** The calls of a helper process. Each takes one value and returns one. */
export type Calls = { readonly [name: string]: (input: never) => unknown };

export interface Question {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

export type Answer =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: string }; // the stack of the error, to be shown unchanged

interface Asked {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

const EXIT_LIMIT_MS = 3_000;

/** A separate process, so that its cost can be measured separately. */
export class Helper<C extends Calls> implements AsyncDisposable {
  static readonly #running = new Set<ChildProcess>();
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #asked = new Map<number, Asked>();
  #questions = 0;

  /**
   * @param script - a file that calls `serve` with the same calls
   * @param options - command-line options for Node
   */
  constructor(script: URL, options: readonly string[] = []) {
    const execArgv = ['--expose-gc', ...options, ...profiling()];
    this.#child = fork(script, [], { serialization: 'advanced', execArgv });
    this.#child.on('message', (answer: Answer) => this.#answered(answer));
    this.#name = basename(script.pathname);
    const child = this.#child;
    child.on('error', () => {}); // pending calls are rejected when it exits
    Helper.#running.add(child);
    this.#child.on('exit', (code) => {
      Helper.#running.delete(child);
      for (const { reject } of this.#asked.values()) reject(new Error(`${this.#name} ended with ${code}`));
    });
  }

  /** @throws when the system could not start it */
  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`${this.#name} has no process`);
    return this.#child.pid;
  }

  /** Ends all processes that still run, when their measurement was given up. */
  static endAll(): void {
    for (const child of Helper.#running) child.kill('SIGKILL');
  }

  /** Calls the helper. @throws the error of the helper */
  async ask<N extends keyof C & string>(name: N, input: Parameters<C[N]>[0]): Promise<Awaited<ReturnType<C[N]>>> {
    if (!this.#child.connected) throw new Error(`${this.#name} has ended`);
    this.#questions += 1;
    const question: Question = { id: this.#questions, name, input };
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#asked.set(question.id, { resolve, reject });
    this.#child.send(question);
    return (await promise) as Awaited<ReturnType<C[N]>>; // the type that `serve` answers with
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), EXIT_LIMIT_MS);
    await gone;
    clearTimeout(timer);
  }

  #answered(answer: Answer): void {
    const asked = this.#asked.get(answer.id);
    this.#asked.delete(answer.id);
    if ('error' in answer) asked?.reject(new Error(answer.error));
    else asked?.resolve(answer.output);
  }
}

/** With `BENCH_PROFILE=folder npm run bench`, every helper writes a CPU profile into that folder. */
function profiling(): string[] {
  const folder = process.env.BENCH_PROFILE;
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}
