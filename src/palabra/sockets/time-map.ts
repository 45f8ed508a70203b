import { Anchors } from '../tape/anchors.ts';
import type { Tape } from '../tape/tape.ts';

const KEPT_ANCHORS = 300; // a minute and a half of chunks: no message is about older audio
const CLOCK_SLACK_MS = 1_000; // a time this much later than all audio sent does not count the audio

/**
 * The sample of a speaker's tape that each of the recogniser's times means, on one socket.
 *
 * Times count the audio of the socket, silence of our own included, until one comes that is later than all of it: from then
 * on they count the time since the socket opened.
 */
export class TimeMap {
  readonly #tape: Pick<Tape, 'samplesIn' | 'msIn'>;
  readonly #openedMs: number;
  readonly #positions = new Anchors(1); // sample on this socket -> sample of the tape
  readonly #wall = new Anchors(1); // sample of time since the socket opened -> sample of the tape
  #countsWall = false;
  #sent = 0; // samples on this socket
  #expected = -1; // where the tape goes on without a jump; -1 after silence of our own

  constructor(tape: Pick<Tape, 'samplesIn' | 'msIn'>, openedMs: number) {
    this.#tape = tape;
    this.#openedMs = openedMs;
  }

  /** Samples that were sent, silence of our own included. */
  get sentSamples(): number {
    return this.#sent;
  }

  /** A piece of the tape was sent, which begins at a sample of it. */
  noteAudio(from: number, count: number, nowMs: number): void {
    if (from !== this.#expected) this.#positions.set(this.#sent, from);
    // A service that counts by the clock hears a piece's last sample when the piece arrives, and the others before that.
    this.#wall.set(this.#tape.samplesIn(nowMs - this.#openedMs) - count, from, count);
    this.#wall.keepNewest(KEPT_ANCHORS);
    this.#positions.keepNewest(KEPT_ANCHORS);
    this.#sent += count;
    this.#expected = from + count;
  }

  /** Silence was sent that is not on the tape. */
  noteSilence(count: number): void {
    if (this.#expected >= 0) this.#positions.endAt(this.#sent); // words that begin in it follow it
    this.#sent += count;
    this.#expected = -1; // the next audio needs an anchor of its own
  }

  /** @returns the sample of the tape; `undefined` when a time fits neither audio nor clock */
  sampleAt(timeMs: number, side: 'start' | 'end', nowMs: number): number | undefined {
    const isBeyondAudio = timeMs > this.#tape.msIn(this.#sent) + CLOCK_SLACK_MS;
    if (isBeyondAudio && timeMs > nowMs - this.#openedMs + CLOCK_SLACK_MS) return undefined;
    if (isBeyondAudio) this.#countsWall = true;
    const map = this.#countsWall ? this.#wall : this.#positions;
    return Math.round(map.valueAt(this.#tape.samplesIn(timeMs), side));
  }
}
