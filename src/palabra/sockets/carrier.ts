import type { Limits } from '../limits.ts';
import type { Packing } from '../packing/packing.ts';
import { CHUNK_MS } from '../tape/chunks.ts';
import { HEARD_MS, superfluousPart } from '../tape/pause.ts';
import type { Stretch, Tape } from '../tape/tape.ts';
import { AudioPace } from './audio-pace.ts';
import type { PalabraSocket } from './socket.ts';
import { TimeMap } from './time-map.ts';

const BEHIND_MS = 1_000; // further behind than this, the carrier skips silence to catch up
const KEPT_SILENCE_MS = 500; // kept at each end of a skipped silence, or two utterances would grow into one
const FRAME_MS = 20; // silence is made in whole frames
const SHORTEST_LEAD_MS = 160; // of silence ahead of time: less is not worth a message
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
  #lull = 0; // samples of silence sent in place of audio that is still to come

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
   * @param piece - the samples of a piece: a chunk, or a part of one. A piece does not lie across two chunks
   * @param pauseMs - shorter pauses are cut to what no recogniser takes for the end of a sentence
   */
  pump(
    nowMs: number,
    flush: boolean,
    until = Number.POSITIVE_INFINITY,
    piece = this.#tape.samplesPerChunk,
    pauseMs = 0,
  ): void {
    const { samplesPerChunk, tail } = this.#tape;
    for (;;) {
      this.#next = Math.max(this.#next, tail);
      const stop = this.#passSilence(until, pauseMs);
      this.#next = this.#packing.beginOf(this.#tape, this.#next);
      const ready = this.#tape.head - this.#next;
      const whole = piece - (this.#next % piece);
      const count = Math.min(ready, stop - this.#next, whole);
      if (count <= 0 || (count < whole && !flush && stop > this.#tape.head)) return;
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
   * Sends silence in place of audio that is still to come, so that the recogniser ends the utterance. Silence that comes
   * then is taken off it.
   *
   * @param silenceMs - how much silence is enough
   * @param heard - samples of silence that the recogniser has heard already
   * @returns whether it has sent enough
   */
  closeUtterance(nowMs: number, silenceMs = this.#limits.trailingSilenceMs, heard = 0): boolean {
    for (;;) {
      const missingMs = silenceMs - this.#tape.msIn(heard + this.#lull);
      if (missingMs <= 0) return true;
      const ms = Math.min(CHUNK_MS, Math.max(SHORTEST_LEAD_MS, FRAME_MS * Math.ceil(missingMs / FRAME_MS)));
      if (this.#isClogged(nowMs) || !this.#pace.spendAllowance(ms, nowMs)) return false;
      this.#lull += this.#sendSilence(ms, nowMs);
    }
  }

  /** How many samples of silence the recogniser has heard since a sample before which everything was sent. */
  silenceSince(sample: number): number {
    return this.#next - sample + this.#lull;
  }

  /** Sends a chunk of silence now and then while nobody speaks, so that the server keeps the socket open. */
  keepAlive(nowMs: number): void {
    if (nowMs - this.#lastSentMs < this.#limits.keepAliveMs || this.#isClogged(nowMs)) return;
    if (!this.#pace.spendAllowance(CHUNK_MS, nowMs)) return;
    this.#sendSilence(CHUNK_MS, nowMs);
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
    const speech = tape.speechOverBy(this.#next + this.#lull - tape.samplesIn(PAUSE_MS));
    if (speech === undefined || speech.to <= this.#from) return { from: this.#from, to: this.#next };
    return { from: Math.max(speech.from, this.#from), to: speech.to };
  }

  /**
   * Passes over silence that the recogniser has heard ahead of time, or that could end a sentence where it should not.
   *
   * @returns where the next piece has to end: at `until`, or where silence begins to be too much
   */
  #passSilence(until: number, pauseMs: number): number {
    const tape = this.#tape;
    const silence = tape.sounds.silenceBeyond(this.#next);
    if (this.#lull > 0 && this.#next >= silence.from) {
      const count = Math.min(this.#lull, Math.min(silence.to ?? tape.head, until) - this.#next);
      this.#next += Math.max(0, count);
      this.#lull -= Math.max(0, count);
    }
    if (silence.to === undefined) return until;
    const loudEnd = tape.speechEndBefore(silence.to);
    const part = superfluousPart({
      ...{ silence, loudEnd },
      ...{ heard: tape.samplesIn(HEARD_MS), length: tape.samplesIn(pauseMs) },
    });
    if (part === undefined) return until;
    if (this.#next < part.from) return Math.min(until, part.from);
    this.#next = Math.max(this.#next, Math.min(part.to, until));
    return until;
  }

  /** @returns how many samples it sent */
  #sendSilence(ms: number, nowMs: number): number {
    const count = this.#tape.samplesIn(ms);
    this.#socket.send(this.#packing.packSilence(count));
    this.#times.noteSilence(count);
    this.#lastSentMs = nowMs;
    this.#keptAlive += count;
    return count;
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
