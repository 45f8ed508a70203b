/** Keeps how somebody reads, on this browser, and shows the page so. The plain script `as-chosen.ts` is it. */
export interface Chosen {
  /** JSON of somebody's choices; `null`: there are none. */
  readonly kept: string | null;
  keep(choices: string): void;
}

declare global {
  interface Window {
    chosen: Chosen;
  }
}
