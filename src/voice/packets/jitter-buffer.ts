/** The part of a packet that the buffer reads; the rest passes through it. */
export interface Numbered {
  readonly sequence: number; // 16 bits, wraps
  readonly arrivedMs: number;
}

/** A packet whose turn has come. */
export interface InOrder<T> {
  readonly packet: T;
  readonly missingBefore: number; // packets between the one before and this one that never came
}

const MIN_PATIENCE_MS = 60; // three packets: the reordering of an ordinary connection
const MAX_PATIENCE_MS = 200; // more, and the words on the screen lag behind the people
const MARGIN_MS = 20; // one packet more than the worst seen
const CALMING_MS = 0.02; // patience lost with each packet in order: 1 ms a second of speech
const MAX_WAITING = 64; // 1.3 s of speech
const MAX_MISORDER = 100; // RFC 3550, appendix A.1: further back or ahead than these, it is a new numbering
const MAX_DROPOUT = 3_000;

/**
 * Puts one stream's packets back in the order in which they were sent.
 *
 * While nothing is missing each packet is released at once. Behind a hole packets wait, 60 ms at first; packets that
 * come too late teach it to wait longer, up to 200 ms. The first packets of a stream wait too, as one sent earlier may
 * still be under way. Has no timer: call `take` now and then while `waiting`.
 */
export class JitterBuffer<T extends Numbered> {
  readonly #waiting = new Map<number, T>(); // by unwrapped number
  #next: number | undefined; // the unwrapped number whose turn it is; unknown until the first release
  #newest = 0; // the highest unwrapped number so far
  #stranger: T | undefined; // a packet outside the numbering: if the next one follows it, the sender has started over
  #restarted: InOrder<T>[] = []; // packets that were waiting when the sender started over
  #givenUp = { from: 0, to: 0, sinceMs: 0 }; // the last hole that the buffer stopped waiting for
  #patienceMs = MIN_PATIENCE_MS;

  /** How long the buffer waits for a hole to fill. */
  get patienceMs(): number {
    return this.#patienceMs;
  }

  get waiting(): boolean {
    return this.#waiting.size > 0;
  }

  /**
   * Whether it is this packet's turn and nothing waits, so that it need not be taken in: by far the most common case.
   *
   * The packet then counts as released. Otherwise nothing has changed, and the packet has to be pushed.
   */
  passes(packet: T): boolean {
    const next = this.#next;
    if (next === undefined || this.waiting || (next & 0xffff) !== packet.sequence) return false;
    this.#stranger = undefined;
    this.#newest = next;
    this.#advance(next);
    return true;
  }

  /** Takes a packet in. Duplicates and packets that come too late are dropped. */
  push(packet: T): 'taken' | 'duplicate' | 'late' {
    const number = this.#unwrap(packet);
    if (number === undefined) return 'taken'; // kept until the next packet shows whether the sender has started over
    if (this.#next !== undefined && number < this.#next) return this.#tooLate(number, packet.arrivedMs);
    if (this.#waiting.has(number)) return 'duplicate';
    this.#waiting.set(number, packet);
    this.#newest = Math.max(this.#newest, number);
    return 'taken';
  }

  /** The packets whose turn has come, oldest first. */
  take(nowMs: number): InOrder<T>[] {
    const due = this.#restarted;
    this.#restarted = [];
    while (this.#waiting.size > 0) {
      const packet = this.#next === undefined ? undefined : this.#waiting.get(this.#next);
      if (packet) due.push(this.#release(packet, 0));
      else if (this.#patient(nowMs)) break;
      else due.push(this.#skipHole());
    }
    return due;
  }

  /** All packets that are left, whatever is missing between them. */
  flush(): InOrder<T>[] {
    return this.take(Number.POSITIVE_INFINITY);
  }

  #release(packet: T, missingBefore: number): InOrder<T> {
    const number = this.#next ?? 0;
    this.#waiting.delete(number);
    this.#advance(number);
    return { packet, missingBefore };
  }

  #advance(released: number): void {
    this.#next = released + 1;
    this.#patienceMs = Math.max(MIN_PATIENCE_MS, this.#patienceMs - CALMING_MS);
  }

  #skipHole(): InOrder<T> {
    let first = Number.POSITIVE_INFINITY;
    for (const number of this.#waiting.keys()) first = Math.min(first, number);
    const packet = this.#waiting.get(first);
    if (!packet) throw new RangeError('Cannot skip a hole: no packet waits behind it');
    const missingBefore = this.#next === undefined ? 0 : first - this.#next;
    this.#givenUp = { from: first - missingBefore, to: first, sinceMs: this.#firstArrivalMs() };
    this.#next = first;
    return this.#release(packet, missingBefore);
  }

  #patient(nowMs: number): boolean {
    return this.#waiting.size < MAX_WAITING && nowMs < this.#firstArrivalMs() + this.#patienceMs;
  }

  #firstArrivalMs(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const packet of this.#waiting.values()) first = Math.min(first, packet.arrivedMs);
    return first;
  }

  #tooLate(number: number, arrivedMs: number): 'duplicate' | 'late' {
    const hole = this.#givenUp;
    if (number < hole.from || number >= hole.to) return 'duplicate'; // or older than we care to remember
    const needed = arrivedMs - hole.sinceMs + MARGIN_MS;
    this.#patienceMs = Math.min(MAX_PATIENCE_MS, Math.max(this.#patienceMs, needed));
    return 'late';
  }

  /** The packet's number without wrapping; `undefined` while the packet seems to belong to a new numbering. */
  #unwrap(packet: T): number | undefined {
    if (this.#next === undefined && this.#waiting.size === 0) {
      this.#newest = packet.sequence;
      return packet.sequence;
    }
    const ahead = signed16(packet.sequence - this.#newest);
    if (ahead > -MAX_MISORDER && ahead < MAX_DROPOUT) {
      this.#stranger = undefined;
      return this.#newest + ahead;
    }
    const stranger = this.#stranger;
    this.#stranger = packet;
    if (!stranger || signed16(packet.sequence - stranger.sequence) !== 1) return undefined;
    this.#startAnew(stranger);
    return this.#newest + 1;
  }

  #startAnew(first: T): void {
    this.#restarted = this.flush();
    this.#stranger = undefined;
    this.#newest = first.sequence;
    this.#next = first.sequence;
    this.#givenUp = { from: 0, to: 0, sinceMs: 0 };
    this.#waiting.set(first.sequence, first);
  }
}

function signed16(difference: number): number {
  return (difference << 16) >> 16;
}
