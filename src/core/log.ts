/** What adapters may write to the log. Never a token, a URL with its query, or anything someone said. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Writes nothing: for tests and tools. */
export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Checks what must hold in a mode, when something enters it.
 *
 * A broken promise is a defect of ours. It is logged as an error, and the work goes on as well as it can: modes change inside
 * timers and socket events, where a throw would end the process, and with it the meetings of every other server. Tests fail
 * on the logged line: see `LogBook.defects`.
 *
 * @param mode - the mode that was entered
 * @param promises - each thing that must hold, by its name, and whether it does
 */
export function checkMode(log: Pick<Log, 'error'>, mode: string, promises: Readonly<Record<string, boolean>>): void {
  for (const [promise, holds] of Object.entries(promises)) {
    if (!holds) log.error({ mode, promise }, DEFECT);
  }
}

export const DEFECT = 'A defect: a mode was entered in which something does not hold that must';
