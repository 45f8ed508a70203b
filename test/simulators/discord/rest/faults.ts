import type { Method } from './route.ts';

/** What goes wrong with the next requests that fit. */
export interface Fault {
  readonly method?: Method;
  readonly path: string | RegExp; // of the request, after /api/v10; a string is a beginning
  readonly times?: number; // 1 unless told
  /** An HTTP status to answer with, no answer ever, a cut connection, or an answer that is only late. */
  readonly with:
    | { readonly status: number; readonly retryAfterMs?: number } // the latter with 429
    | 'hang'
    | 'reset'
    | { readonly delayMs: number };
  /** Whether Discord does what was asked all the same: only the answer is lost. Not for a plain delay. */
  readonly butDoIt?: boolean;
}

/** Faults that wait for their request. */
export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  take(method: string, path: string): Fault | undefined {
    const found = this.#waiting.find(({ fault, left }) => {
      const isPath = typeof fault.path === 'string' ? path.startsWith(fault.path) : fault.path.test(path);
      return left > 0 && isPath && (fault.method === undefined || fault.method === method);
    });
    if (found !== undefined) found.left -= 1;
    return found?.fault;
  }
}
