/** The bots of this process, however many there are, and what decides which they are. */
export interface Crew extends AsyncDisposable {
  /** Whether all of them hear Discord. */
  isReady(): boolean;
  /** Whether it can still be trusted with meetings; if not, only another start can help. Missing: it always can. */
  isSound?(): boolean;
  /** Whether this process does what one does for all. Missing: it is the only one. */
  isFirst?(): boolean;
  /** Begins to act. Resolves when the first sessions are open. */
  begin(): Promise<void>;
  /**
   * Gives all meetings to other processes, as this one ends. Missing: there are no others.
   *
   * @returns whether none is left
   */
  handOver?(): Promise<boolean>;
}
