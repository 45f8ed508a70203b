import { parentPort, Worker, workerData } from 'node:worker_threads';

/** How much of the machine a thread may use before it is ended. */
export interface AsideLimits {
  readonly maxHeapMb: number; // of JavaScript's memory: a file made by strangers could otherwise take down the bot
  readonly maxMs: number; // from the beginning of its work
}

const MAX_START_MS = 15_000; // to load its modules: a busy machine is not the task's fault

/** A thread gave no answer. The message quotes nothing of its task. */
export class AsideError extends Error {
  override readonly name = 'AsideError';
  readonly because: 'out of time' | 'failed';
  constructor(because: AsideError['because'], message: string) {
    super(message);
    this.because = because;
  }
}

type Message<Answer> = { readonly kind: 'began' } | { readonly kind: 'done'; readonly answer: Answer };

/**
 * Runs a task in a thread of its own, which ends with the task: the thread that hears people never waits for it.
 *
 * @param body - a module that calls `workAside`
 * @param task - copied, except for shared memory
 * @throws {AsideError} when no answer comes within the limits; the signal's reason when it aborts
 */
export async function runAside<Task, Answer>(
  body: URL,
  task: Task,
  { maxHeapMb, maxMs }: AsideLimits,
  signal?: AbortSignal,
): Promise<Answer> {
  signal?.throwIfAborted();
  const thread = new Worker(body, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    // Neither the process's secrets nor its flags (for example a test runner's) concern the thread.
    env: {},
    execArgv: [],
  });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const late = () => reject(new AsideError('out of time', `A thread was not done within ${maxMs} ms`));
  let timer = setTimeout(late, MAX_START_MS);
  const stop = () => reject(signal?.reason);
  signal?.addEventListener('abort', stop);
  thread.on('message', (message: Message<Answer>) => {
    clearTimeout(timer);
    if (message.kind === 'began') timer = setTimeout(late, maxMs);
    else resolve(message.answer);
  });
  // The thread's own error is not passed on, as its message may quote the task.
  thread.once('error', (error) => reject(new AsideError('failed', `A thread failed: ${error.name}`)));
  thread.once('exit', () => reject(new AsideError('failed', 'A thread ended early')));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

/** The other side of `runAside`: the thread's module calls it once. */
export async function workAside<Task, Answer>(work: (task: Task) => Promise<Answer>): Promise<void> {
  const task: Task = workerData;
  parentPort?.postMessage({ kind: 'began' } satisfies Message<Answer>);
  parentPort?.postMessage({ kind: 'done', answer: await work(task) } satisfies Message<Answer>);
}
