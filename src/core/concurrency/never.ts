/** A signal that never aborts: for what nobody can end early. */
export const NEVER: AbortSignal = new AbortController().signal;
