/** What adapters may write to the log. Never a token, a URL with its query, or anything someone said. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Writes nothing: for tests and tools. */
export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };
