import type { Gap } from '../record.ts';

type Phase =
  | { readonly kind: 'running' }
  | { readonly kind: 'paused'; readonly sinceMs: number }
  | { readonly kind: 'finishing'; readonly endedMs?: number }
  | { readonly kind: 'restarting' };

/**
 * The phases of a meeting in this process, one after the other. Times are in ms since the meeting began.
 *
 * | phase        | what holds in it                                                                      | what ends it     |
 * |--------------|---------------------------------------------------------------------------------------|------------------|
 * | `running`    | people are heard                                                                      | a pause, leaving |
 * | `paused`     | nobody is heard                                                                       | resuming, leaving |
 * | `finishing`  | the last words are on their way; without `endedMs`, only this process is done with it | nothing          |
 * | `restarting` | the last words are on their way, and the meeting goes on later or elsewhere           | its loss         |
 */
export class Phases {
  #phase: Phase = { kind: 'running' };

  get kind(): Phase['kind'] {
    return this.#phase.kind;
  }

  get isRunning(): boolean {
    return this.#phase.kind === 'running';
  }

  /** Whether the meeting neither leaves this process nor has left it. */
  get isOpen(): boolean {
    return this.isRunning || this.#phase.kind === 'paused';
  }

  /** When the meeting ended; missing while it has not, for all that this process knows. */
  get endedMs(): number | undefined {
    return this.#phase.kind === 'finishing' ? this.#phase.endedMs : undefined;
  }

  /** @returns false when the meeting is not running */
  pause(sinceMs: number): boolean {
    if (!this.isRunning) return false;
    this.#phase = { kind: 'paused', sinceMs };
    return true;
  }

  /** @returns the pause that is over; `undefined` when there was none */
  resume(nowMs: number): Gap | undefined {
    const pause = this.pauseUntil(nowMs);
    if (pause) this.#phase = { kind: 'running' };
    return pause;
  }

  /** The pause that lasts until now. */
  pauseUntil(endMs: number): Gap | undefined {
    return this.#phase.kind === 'paused' ? { startMs: this.#phase.sinceMs, endMs, reason: 'paused' } : undefined;
  }

  /** The meeting has ended. */
  end(endedMs: number): void {
    this.#phase = { kind: 'finishing', endedMs };
  }

  /** The meeting has not ended, and goes on here no more. @param isGoingOn - later or elsewhere, as far as is known */
  leave({ isGoingOn }: { readonly isGoingOn: boolean }): void {
    this.#phase = isGoingOn ? { kind: 'restarting' } : { kind: 'finishing' };
  }
}
