import type { RtpHeader } from './rtp.ts';

const HOLD_MS = 1_000; // the message that says who speaks comes up to half a second after the first packet
const MAX_PER_STREAM = 64; // 1.3 s of speech
const MAX_STREAMS = 128; // more unknown streams at once than people fit into most channels

/** A datagram and what is known of it before it is decrypted. */
export interface Received {
  readonly buffer: Buffer; // holds the datagram where the header says
  readonly header: RtpHeader;
  readonly arrivedMs: number;
}

/** The same datagram in its own memory. */
export function copyOf({ buffer, header, arrivedMs }: Received): Received {
  const { start, end } = header;
  const copy = Buffer.from(buffer.subarray(start, end));
  return { buffer: copy, header: { ...header, start: 0, end: end - start }, arrivedMs };
}

/** Holds packets of streams whose speaker is not named yet. Without it a newcomer's first syllable would be lost. */
export class WaitingPackets {
  readonly #streams = new Map<number, Received[]>();
  #dropped = 0;

  /** How many packets were given up because no message named their speaker in time. */
  get dropped(): number {
    return this.#dropped;
  }

  hold(received: Received): void {
    const { ssrc } = received.header;
    const held = this.#streams.get(ssrc) ?? [];
    if (held.length === 0 && this.#streams.size >= MAX_STREAMS) this.#forgetOldest();
    while (isStale(held[0], received.arrivedMs) || held.length >= MAX_PER_STREAM) {
      held.shift();
      this.#dropped++;
    }
    held.push(received);
    this.#streams.set(ssrc, held);
  }

  /** The stream's packets of the last second, in the order of arrival. They are no longer held. */
  claim(ssrc: number, nowMs: number): Received[] {
    const held = this.#streams.get(ssrc) ?? [];
    this.#streams.delete(ssrc);
    return held.filter((received) => !isStale(received, nowMs));
  }

  /** The oldest packet that is held of the stream. */
  oldest(ssrc: number): Received | undefined {
    return this.#streams.get(ssrc)?.[0];
  }

  clear(): void {
    this.#streams.clear();
  }

  #forgetOldest(): void {
    for (const [ssrc, held] of this.#streams) {
      this.#dropped += held.length;
      this.#streams.delete(ssrc);
      return; // a map keeps its keys in the order in which they were added
    }
  }
}

function isStale(received: Received | undefined, nowMs: number): boolean {
  return received !== undefined && received.arrivedMs < nowMs - HOLD_MS;
}
