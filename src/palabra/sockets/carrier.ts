import type { Limits } from '../limits.ts';
import type { Packing } from '../packing/packing.ts';
import { CHUNK_MS } from '../tape/chunks.ts';
import type { Stretch, Tape } from '../tape/tape.ts';
import { AudioPace } from './audio-pace.ts';
import type { PalabraSocket } from './socket.ts';
import { TimeMap } from './time-map.ts';

const BEHIND_MS = 1_000; // further behind than this, the carrier skips silence to catch up
const KEPT_SILENCE_MS = 500; // kept at each end of a skipped silence, or two utterances would grow into one
const PAUSE_MS = 300; // speech is over when this much silence followed it

/** Sends one speaker's tape over one socket in real time. */
export class Carrier {
  readonly openedMs: number;
  readonly #socket: PalabraSocket;
  readonly #tape: Tape;
  readonly #packing: Packing;
  readonly #limits: Limits;
  readonly #pace: AudioPace;
  readonly #times: TimeMap;
  readonly #from: number; // the first sample of the tape that this socket gets
  #next: number; // the sample of the tape that is sent next
  #lastSentMs: number;
  #lastAudioMs: number;
  #refusingSinceMs: number | undefined;
  #keptAlive = 0;
  #lull = 0; // samples of silence since audio was held back

  /** @param from - the first sample to send: the speech before it is text */
  constructor(socket: PalabraSocket, tape: Tape, packing: Packing, from: number, limits: Limits, nowMs: number) {
    this.#socket = socket;
    this.#tape = tape;
    this.#packing = packing;
    this.#limits = limits;
    this.#from = from;
    this.#next = from;
    this.#times = new TimeMap(tape, nowMs);
    this.#pace = new AudioPace(limits.burstMs, nowMs);
    this.openedMs = nowMs;
    this.#lastSentMs = nowMs;
    this.#lastAudioMs = nowMs;
  }

  /** Everything before this sample of the tape was handed to the socket, or skipped as silence. */
  get next(): number {
    return this.#next;
  }

  /** When audio was handed over last; silence that only keeps the socket open does not count. */
  get lastAudioMs(): number {
    return this.#lastAudioMs;
  }

  get sentSamples(): number {
    return this.#times.sentSamples;
  }

  /** Samples of silence that were sent and are not on the tape. */
  get keptAlive(): number {
    return this.#keptAlive;
  }

  /**
   * Hands whole pieces over, as many as there are and as real time allows.
   *
   * @param flush - nothing follows soon, so a shorter last piece is sent, too
   * @param until - the sample to stop before
   * @param piece - the samples of a piece: a chunk, or a part of one
   */
  pump(nowMs: number, flush: boolean, until = Number.POSITIVE_INFINITY, piece = this.#tape.samplesPerChunk): void {
    const { samplesPerChunk, tail } = this.#tape;
    for (;;) {
      this.#next = this.#packing.beginOf(this.#tape, Math.max(this.#next, tail));
      const ready = this.#tape.head - this.#next;
      const count = Math.min(ready, until - this.#next, piece);
      if (count <= 0 || (count < piece && !flush && until > this.#tape.head)) return;
      if (this.#isSuperfluous(ready)) {
        this.#next += samplesPerChunk;
        continue;
      }
      const end = this.#packing.endOf(this.#tape, this.#next, count);
      if (this.#isClogged(nowMs) || !this.#pace.spendAllowance(this.#tape.msIn(end - this.#next), nowMs)) return;
      this.#socket.send(this.#packing.packAudio(this.#tape, this.#next, end));
      this.#times.noteAudio(this.#next, end - this.#next, nowMs);
      this.#lastSentMs = nowMs;
      this.#lastAudioMs = nowMs;
      this.#lull = 0;
      this.#next = end;
    }
  }

  /**
   * Sends silence in place of audio that is held back, so that the recogniser ends the utterance.
   *
   * @returns whether it has sent enough
   */
  closeUtterance(nowMs: number): boolean {
    const { samplesPerChunk } = this.#tape;
    while (this.#tape.msIn(this.#lull) < this.#limits.trailingSilenceMs) {
      if (this.#isClogged(nowMs) || !this.#pace.spendAllowance(CHUNK_MS, nowMs)) return false;
      this.#sendSilence(nowMs);
      this.#lull += samplesPerChunk;
    }
    return true;
  }

  /** Sends a chunk of silence now and then while nobody speaks, so that the server keeps the socket open. */
  keepAlive(nowMs: number): void {
    if (nowMs - this.#lastSentMs < this.#limits.keepAliveMs || this.#isClogged(nowMs)) return;
    if (!this.#pace.spendAllowance(CHUNK_MS, nowMs)) return;
    this.#sendSilence(nowMs);
  }

  /** Sends a text frame, which asks for the final now; only for servers that know it. */
  sendText(text: string): void {
    this.#socket.sendText(text);
  }

  /** Whether the network has accepted no audio for too long. */
  isStalled(nowMs: number): boolean {
    return this.#isClogged(nowMs) && nowMs - (this.#refusingSinceMs ?? nowMs) > this.#limits.stalledMs;
  }

  /**
   * The sample of the tape that one of the recogniser's times means; `undefined` when it fits neither audio nor clock.
   */
  placeTime(timeMs: number, side: 'start' | 'end', nowMs: number): number | undefined {
    const sample = this.#times.sampleAt(timeMs, side, nowMs);
    return sample === undefined ? undefined : Math.min(sample, this.#next);
  }

  /** The last speech that was sent with a pause after it; everything that was sent, where there was no pause. */
  get sentLast(): Stretch {
    const tape = this.#tape;
    const speech = tape.speechOverBy(this.#next - tape.samplesIn(PAUSE_MS));
    if (speech === undefined || speech.to <= this.#from) return { from: this.#from, to: this.#next };
    return { from: Math.max(speech.from, this.#from), to: speech.to };
  }

  #sendSilence(nowMs: number): void {
    const { samplesPerChunk } = this.#tape;
    this.#socket.send(this.#packing.packSilence(samplesPerChunk));
    this.#times.noteSilence(samplesPerChunk);
    this.#lastSentMs = nowMs;
    this.#keptAlive += samplesPerChunk;
  }

  /** Whether the next chunk lies inside a long silence, and skipping it helps to catch up. */
  #isSuperfluous(ready: number): boolean {
    const { samplesPerChunk } = this.#tape;
    if (ready < this.#tape.samplesIn(BEHIND_MS) + samplesPerChunk) return false;
    const margin = this.#tape.samplesIn(KEPT_SILENCE_MS);
    const speech = this.#tape.speechFrom(this.#next);
    if (speech === undefined || speech.from < this.#next + samplesPerChunk + margin) return false;
    return this.#tape.speechEndBefore(this.#next) + margin <= this.#next;
  }

  #isClogged(nowMs: number): boolean {
    if (this.#socket.bufferedBytes <= this.#limits.bufferedBytes) {
      this.#refusingSinceMs = undefined;
      return false;
    }
    this.#refusingSinceMs ??= nowMs;
    return true;
  }
}
