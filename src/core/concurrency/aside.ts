import { parentPort, Worker, workerData } from 'node:worker_threads';

/** What a thread may take of the machine before it is ended. */
export interface AsideLimits {
  readonly maxHeapMb: number; // JavaScript's own memory: what strangers made could otherwise take the bot along
  readonly maxMs: number; // from when it begins to work
}

const MAX_START_MS = 15_000; // to load its modules: a busy machine is not the task's fault

/** A thread brought no answer. The message quotes nothing that it was given. */
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
 * Has something worked out in a thread of its own, which lives as long as that takes: the thread that hears people never
 * waits for it.
 *
 * @param body - a module that calls `workAside`
 * @param task - copied, except for shared memory
 * @throws {AsideError} when no answer comes within the limits; the signal's reason when that ends it
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
    // Nothing of the process's own: neither its secrets nor its flags (a test runner's, say) concern the thread.
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
  // The thread's own error is not passed on: what it was given may stand in its message.
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

/** The other side of `runAside`, called once in the thread's own module. */
export async function workAside<Task, Answer>(work: (task: Task) => Promise<Answer>): Promise<void> {
  const task: Task = workerData;
  parentPort?.postMessage({ kind: 'began' } satisfies Message<Answer>);
  parentPort?.postMessage({ kind: 'done', answer: await work(task) } satisfies Message<Answer>);
}
