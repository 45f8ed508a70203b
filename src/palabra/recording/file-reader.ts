import { setTimeout as delay } from 'node:timers/promises';
import { AudioError, SttError } from '../../core/errors.ts';
import type { AudioFile, AudioListener, AudioOutcome, SttOptions } from '../../core/ports/speech-to-text.ts';
import { AFTER_EVERYBODY } from '../sockets/age-queue.ts';
import { type Recording, RecordingError } from './recording.ts';
import { inShared, type SurveyedFile, surveyAside } from './survey/survey-aside.ts';
import { type Sockets, streamRecording } from './transcribe-recording.ts';

const MAX_LOSSES = 2; // how often one file may lose the recogniser: after that, waiting does not help
const AFTER_LOSS_MS = 2_000;
const GRACE_MS = 2_000; // for the closing silence, and for headers that are a little off

/** A file that is being streamed. */
interface Reading {
  readonly givesWay: AbortController;
}

/** Streams audio files through sockets that the speakers leave free. */
export class FileReader implements AsyncDisposable {
  readonly #sockets: Sockets;
  readonly #readings = new Set<Reading>();
  readonly #ending = new AbortController();
  readonly #work = new Set<Promise<unknown>>();
  #surveys: Promise<void> = Promise.resolve(); // settles when the last requested survey has ended

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

  /** Gives a socket back for a waiting speaker: the file that began last loses it, and begins again later. */
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

  /**
   * Surveys one file at a time, so that threads which read strangers' files leave cores to the one that hears people.
   */
  async #survey({ name, bytes }: AudioFile, maxMs: number, signal: AbortSignal): Promise<SurveyedFile> {
    const { trailingSilenceMs: silenceMs } = this.#sockets.limits;
    const task = { file: inShared(bytes), name, upToMs: maxMs + 2 * GRACE_MS, silenceMs };
    const mine = this.#surveys.then(() => surveyAside(task, signal, this.#sockets.log));
    this.#surveys = mine.then(
      () => {},
      () => {}, // its caller gets the error
    );
    return await mine;
  }

  /** Streams the file once, up to the longest time that is allowed. */
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
        this.#readings.add(reading); // only from its first sound on: before that, it has no socket to give back
        if (sentMs > maxMs + GRACE_MS) full.abort(); // the header gave no length, or a wrong one
        listener.progress(sentMs, durationMs);
      },
    };
    const both = AbortSignal.any([signal, reading.givesWay.signal]);
    try {
      await streamRecording(recording, this.#sockets, options, ears, full.signal, both);
      if (full.signal.aborted) return 'cut off';
      return recording.isBrokenOff?.() ? 'broken off' : 'whole';
    } catch (error) {
      both.throwIfAborted(); // timers throw their own error when this signal is aborted
      throw error;
    } finally {
      this.#readings.delete(reading);
    }
  }
}

/** A speaker needed the socket: not a failure. */
class GivenWay extends Error {
  override readonly name = 'GivenWay';
}

function tooLong(maxMs: number): AudioError {
  return new AudioError('too-long', `This is longer than the ${Math.round(maxMs / 60_000)} minutes I take.`);
}
