import { setTimeout as delay } from 'node:timers/promises';
import { AudioError, SttError } from '../../core/errors.ts';
import type { AudioFile, AudioListener, AudioOutcome, SttOptions } from '../../core/ports/speech-to-text.ts';
import { AFTER_EVERYBODY } from '../sockets/age-queue.ts';
import { type Recording, RecordingError } from './recording.ts';
import { inShared, type SurveyedFile, surveyAside } from './survey/survey-aside.ts';
import { type Sockets, streamRecording } from './transcribe-recording.ts';

const MAX_LOSSES = 2; // of the recogniser, in one file: then it is in trouble that waiting does not cure
const AFTER_LOSS_MS = 2_000;
const GRACE_MS = 2_000; // for the closing silence, and for headers that count a little differently

/** A file that is being streamed. */
interface Reading {
  readonly givesWay: AbortController;
}

/** Streams audio files through what the speakers leave free. */
export class FileReader implements AsyncDisposable {
  readonly #sockets: Sockets;
  readonly #readings = new Set<Reading>();
  readonly #ending = new AbortController();
  readonly #work = new Set<Promise<unknown>>();
  #surveys: Promise<void> = Promise.resolve(); // ends when the last one that was asked for has

  constructor(sockets: Sockets) {
    this.#sockets = { ...sockets, claimant: AFTER_EVERYBODY };
  }

  /** The implementation of `AudioTranscriber.transcribeAudio`. */
  async read(
    file: AudioFile,
    options: SttOptions,
    maxMs: number,
    listener: AudioListener,
    signal: AbortSignal,
  ): Promise<AudioOutcome> {
    const work = this.#read(file, options, maxMs, listener, AbortSignal.any([signal, this.#ending.signal]));
    this.#work.add(work);
    try {
      return await work;
    } catch (error) {
      if (error instanceof RecordingError) throw new AudioError(error.code, error.message, { cause: error });
      throw error;
    } finally {
      this.#work.delete(work);
    }
  }

  /** A speaker waits for a socket: the file that was begun last gives its own back, and begins again later. */
  yieldSocket(): void {
    const last = [...this.#readings].findLast(({ givesWay }) => !givesWay.signal.aborted);
    last?.givesWay.abort(new GivenWay());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort(new AudioError('shut-down', 'I am shutting down.'));
    await Promise.allSettled(this.#work);
  }

  async #read(
    file: AudioFile,
    options: SttOptions,
    maxMs: number,
    listener: AudioListener,
    signal: AbortSignal,
  ): Promise<AudioOutcome> {
    const surveyed = await this.#survey(file, maxMs, signal);
    if (surveyed.durationMs !== undefined && surveyed.durationMs > maxMs) throw tooLong(maxMs);
    for (let losses = 0; ; ) {
      try {
        return await this.#stream(surveyed.recording(), options, maxMs, listener, signal);
      } catch (error) {
        const hasGivenWay = error instanceof GivenWay;
        if (signal.aborted || !(hasGivenWay || (error instanceof SttError && error.retryable))) throw error;
        if (!hasGivenWay) losses += 1;
        if (losses > MAX_LOSSES) throw error;
        this.#sockets.log.info({ err: error }, 'A file begins again');
        listener.startedOver();
        if (!hasGivenWay) await delay(AFTER_LOSS_MS, undefined, { signal });
      }
    }
  }

  /** One at a time: threads that read what strangers made must not take all cores from the one that hears people. */
  async #survey({ name, bytes }: AudioFile, maxMs: number, signal: AbortSignal): Promise<SurveyedFile> {
    const { trailingSilenceMs: silenceMs } = this.#sockets.limits;
    const task = { file: inShared(bytes), name, upToMs: maxMs + 2 * GRACE_MS, silenceMs };
    const mine = this.#surveys.then(() => surveyAside(task, signal, this.#sockets.log));
    this.#surveys = mine.then(
      () => {},
      () => {}, // whoever asked for it is told
    );
    return await mine;
  }

  /** Once through the file, as far as it may go. */
  async #stream(
    recording: Recording,
    options: SttOptions,
    maxMs: number,
    listener: AudioListener,
    signal: AbortSignal,
  ): Promise<AudioOutcome> {
    const reading = { givesWay: new AbortController() };
    const full = new AbortController();
    const { durationMs } = recording;
    const ears = {
      segment: listener.segment.bind(listener),
      leftOut: listener.leftOut.bind(listener),
      progress: (sentMs: number) => {
        this.#readings.add(reading); // from the first sound on: before, it has no socket to give
        if (sentMs > maxMs + GRACE_MS) full.abort(); // the header told nothing, or not the truth
        listener.progress(sentMs, durationMs);
      },
    };
    const both = AbortSignal.any([signal, reading.givesWay.signal]);
    try {
      await streamRecording(recording, this.#sockets, options, ears, full.signal, both);
      if (full.signal.aborted) return 'cut off';
      return recording.isBrokenOff?.() ? 'broken off' : 'whole';
    } catch (error) {
      both.throwIfAborted(); // timers throw an error of their own that only means this
      throw error;
    } finally {
      this.#readings.delete(reading);
    }
  }
}

/** Not a failure: a speaker needed the socket. */
class GivenWay extends Error {
  override readonly name = 'GivenWay';
}

function tooLong(maxMs: number): AudioError {
  return new AudioError('too-long', `This is longer than the ${Math.round(maxMs / 60_000)} minutes I take.`);
}
