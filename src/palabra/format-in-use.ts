import type { Log } from '../core/log.ts';
import { OGG_GRAIN, OggPacking } from './packing/ogg-packing.ts';
import type { Packing } from './packing/packing.ts';
import { pcmPacking } from './packing/pcm-packing.ts';
import type { AudioParameters } from './sockets/format.ts';
import type { Keeping } from './tape/chunks.ts';

const AT_ONCE_MS = 1_000; // a socket that closes sooner than this, without a word, was refused
const MOST_REFUSALS = 2; // one may have another reason
/** Closes that say something about the moment or the network, and nothing about what was sent. */
const OTHER_REASONS: readonly number[] = [1001, 1006, 1012, 1013];
const SPEAKS_OF_FORMATS = /\b(?:audio|codec|container|format|ogg|opus)\b/iu;

/** How speakers' audio goes to the recogniser. */
export interface Format extends Keeping {
  readonly audio: AudioParameters;
  readonly createPacking: () => Packing;
}

/**
 * The format of all sockets that are opened now. It changes at most once: from packets that are passed on to samples,
 * when the service refuses those.
 */
export class FormatInUse implements Keeping {
  readonly #samples: Format;
  readonly #log: Log;
  #current: Format;
  #refusals = 0;
  #isProven = false; // the service has made text of it: a later refusal has another reason

  constructor(wanted: 'pcm_s16le' | 'ogg', sampleRateHz: number, log: Log) {
    this.#log = log;
    this.#samples = {
      audio: { format: 'pcm_s16le', sampleRateHz },
      keepsSamples: true,
      grain: 1,
      createPacking: () => pcmPacking,
    };
    this.#current = wanted === 'ogg' ? PASSED_ON : this.#samples;
  }

  get current(): Format {
    return this.#current;
  }

  get keepsSamples(): boolean {
    return this.#current.keepsSamples;
  }

  get grain(): number {
    return this.#current.grain;
  }

  /** A socket with this format has brought text: the service takes it. */
  accepted(format: Format): void {
    if (format === this.#current) this.#isProven = true;
  }

  /**
   * A socket with this format closed before it answered.
   *
   * @returns whether the format may have been the reason
   */
  closedUnheard(format: Format, code: number, livedMs: number): boolean {
    if (this.#isSettled(format) || livedMs >= AT_ONCE_MS || OTHER_REASONS.includes(code)) return false;
    this.#refusals += 1;
    if (this.#refusals >= MOST_REFUSALS) this.#fallBack(format);
    return true;
  }

  /** The service refused to open a socket with this format. Returns whether another one is worth a try. */
  refused(format: Format, said: string): boolean {
    if (this.#isSettled(format) || !SPEAKS_OF_FORMATS.test(said)) return false;
    this.#fallBack(format);
    return true;
  }

  #isSettled(format: Format): boolean {
    return format === this.#samples || this.#isProven;
  }

  #fallBack(format: Format): void {
    if (format !== this.#current) return;
    this.#current = this.#samples;
    this.#log.warn(
      { refused: format.audio.format, instead: this.#samples.audio.format },
      'palabra: the service refuses the format of PALABRA_FORMAT; audio is decoded from now on',
    );
  }
}

const PASSED_ON: Format = {
  audio: { format: 'ogg' },
  keepsSamples: false,
  grain: OGG_GRAIN,
  createPacking: () => new OggPacking(),
};
