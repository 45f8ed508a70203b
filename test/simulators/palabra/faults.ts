import type { PalabraSocket } from './palabra-socket.ts';

/** What happens to one request for a session instead of the ordinary answer. */
export type SessionFault =
  | { readonly kind: 'status'; readonly status: number; readonly errorCode?: number; readonly body?: string }
  | { readonly kind: 'slow'; readonly delayMs: number } // then the ordinary answer
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' };

/** What happens to one attempt to open a socket. */
export type UpgradeFault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' };

export type Garbage = 'malformed JSON' | 'unknown message_type' | 'not an object' | 'binary' | 'huge';

/** API error 100050. */
export const BALANCE_USED_UP: SessionFault = { kind: 'status', status: 402, errorCode: 100_050 };

/** Everything that can be made to go wrong. Faults stay until they are used up or taken back. */
export class Faults {
  /** Texts to put in the place of what was heard, in finals. */
  rewriteFinal: (text: string) => string = (text) => text;
  finalDelayMs = 0;
  duplicateFinals = false;
  duplicateTranslations = false;
  dropTranslations = false;
  /** Audio is counted, but nothing is ever said about it. */
  isDeaf = false;
  readonly #sockets: () => readonly PalabraSocket[];
  readonly #sessions: SessionFault[] = [];
  readonly #upgrades: UpgradeFault[] = [];
  readonly #held: (() => void)[] = [];
  #isHolding = false;
  #closing: NodeJS.Timeout | undefined;

  constructor(sockets: () => readonly PalabraSocket[]) {
    this.#sockets = sockets;
  }

  /** The next `times` requests for a session that have no fault yet meet this one. */
  nextSession(fault: SessionFault, times = 1): void {
    for (let i = 0; i < times; i++) this.#sessions.push(fault);
  }

  nextUpgrade(fault: UpgradeFault, times = 1): void {
    for (let i = 0; i < times; i++) this.#upgrades.push(fault);
  }

  /** Takes back what `nextSession` and `nextUpgrade` still have in store. */
  clear(): void {
    this.#sessions.length = 0;
    this.#upgrades.length = 0;
  }

  takeSession(): SessionFault | undefined {
    return this.#sessions.shift();
  }

  takeUpgrade(): UpgradeFault | undefined {
    return this.#upgrades.shift();
  }

  /** Keeps all finals back until `releaseFinals`. */
  holdFinals(): void {
    this.#isHolding = true;
  }

  releaseFinals(): void {
    this.#isHolding = false;
    for (const deliver of this.#held.splice(0)) deliver();
  }

  /** Runs `deliver` now, or when finals are released. */
  whenReleased(deliver: () => void): void {
    if (this.#isHolding) this.#held.push(deliver);
    else deliver();
  }

  /** Closes the sockets that are open now. */
  closeAll(code: number, reason = ''): void {
    for (const socket of this.#open()) socket.close(code, reason);
  }

  /** Breaks the sockets that are open now with a TCP reset. */
  resetAll(): void {
    for (const socket of this.#open()) socket.reset();
  }

  /** Closes all open sockets again and again; `undefined` stops that. */
  closeEvery(intervalMs: number | undefined, how: number | 'reset' = 1011): void {
    clearInterval(this.#closing);
    if (intervalMs === undefined) return;
    this.#closing = setInterval(() => (how === 'reset' ? this.resetAll() : this.closeAll(how)), intervalMs);
  }

  /** Sends something senseless to all open sockets. */
  sendGarbage(garbage: Garbage): void {
    for (const socket of this.#open()) socket.send(GARBAGE[garbage]());
  }

  /** No socket that is open now is read any more: back-pressure builds up. */
  stopReading(): void {
    for (const socket of this.#open()) socket.stopReading();
  }

  resumeReading(): void {
    for (const socket of this.#open()) socket.resumeReading();
  }

  #open(): PalabraSocket[] {
    return this.#sockets().filter((socket) => socket.isOpen);
  }
}

const HUGE_CHARACTERS = 4 * 1024 * 1024;

const GARBAGE: Readonly<Record<Garbage, () => string | Buffer>> = {
  'malformed JSON': () => '{"message_type":"transcription","segment":{',
  'unknown message_type': () => JSON.stringify({ message_type: 'warning', detail: 'nobody documented this' }),
  'not an object': () => '[1,null,"x"]',
  binary: () => Buffer.from([0, 255, 1, 254]),
  huge: () => JSON.stringify({ message_type: 'padding', text: 'x'.repeat(HUGE_CHARACTERS) }),
};
