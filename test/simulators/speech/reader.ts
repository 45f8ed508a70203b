import { BYTE_MS, FRAME_MS } from './alphabet.ts';
import { Decimator } from './decimator.ts';
import { AUDIBLE_POWER, findFrames, isClear, PROBED_MS } from './find-frames.ts';
import { FrameTiming } from './frame-timing.ts';
import { SampleWindow } from './sample-window.ts';
import { Spelling } from './spelling.ts';
import { meanSquare, ToneMeter } from './tone-meter.ts';
import { type HeardWord, Utterance } from './utterance.ts';

export type ReaderEvent =
  | { readonly kind: 'started'; readonly atSample: number }
  /** One more character or so. */
  | { readonly kind: 'heard'; readonly text: string; readonly endSample: number }
  | EndedEvent;

/** What was said between two silences; several spoken texts with short pauses between them are joined by a space. */
export interface EndedEvent {
  readonly kind: 'ended';
  readonly text: string; // U+FFFD where something could not be read or the timeline broke
  readonly words: readonly HeardWord[];
  readonly startSample: number;
  readonly endSample: number;
  readonly slips: number; // places where audio was removed, doubled or swapped
  readonly isIntact: boolean; // begun, ended, no slips, and the checksum fits
}

const LOST_AFTER_FRAMES = 10; // of silence inside an utterance: then its frames must be found anew

/** Where in the stream the frames of an utterance are, while one is heard. */
interface Following {
  gridStart: number;
  readonly timing: FrameTiming;
  readonly spelling: Spelling;
  frames: number; // heard so far
  silentFrames: number;
}

/**
 * Reads the text back from audio made by `speak`, sample by sample: through Opus, with frames missing, at any rate from
 * 8 kHz. Noise and silence give no text.
 *
 * Positions in events count the samples pushed since the beginning.
 */
export class SpeechReader {
  readonly #decimator: Decimator;
  readonly #meter: ToneMeter;
  readonly #window = new SampleWindow();
  readonly #rateHz: number; // after decimation
  readonly #endSilenceMs: number;
  #cursor = 0;
  #lastAudible = 0; // end of the last frame that was speech
  #following: Following | undefined;
  #utterance: Utterance | undefined;

  /** @param endSilenceMs - of silence end an utterance */
  constructor(sampleRateHz: number, { endSilenceMs = 700 }: { readonly endSilenceMs?: number } = {}) {
    this.#decimator = new Decimator(sampleRateHz);
    this.#rateHz = sampleRateHz / this.#decimator.factor;
    this.#meter = new ToneMeter(this.#rateHz);
    this.#endSilenceMs = endSilenceMs;
  }

  /** Hears more. The events are in the order of time. */
  push(samples: Int16Array): ReaderEvent[] {
    this.#window.append(this.#decimator.reduce(samples));
    const events: ReaderEvent[] = [];
    while (this.#following === undefined ? this.#search(events) : this.#follow(this.#following, events));
    this.#window.forgetBefore(this.#cursor - Math.ceil(this.#toSamples(10)));
    return events;
  }

  /** Ends the utterance that is being heard as if silence had followed. */
  flush(): EndedEvent[] {
    if (this.#following !== undefined) this.#endSpelling(this.#following);
    const ended = this.#utterance?.end(this.#lastAudible, (position) => this.#outside(position));
    this.#utterance = undefined;
    return ended === undefined ? [] : [ended];
  }

  /** Looks for a rise of energy, millisecond by millisecond. Returns whether there is more to look at. */
  #search(events: ReaderEvent[]): boolean {
    const hop = Math.round(this.#toSamples(1));
    if (this.#window.end - this.#cursor < hop) return false;
    if (this.#cursor - this.#lastAudible >= this.#toSamples(this.#endSilenceMs)) events.push(...this.flush());
    const rise = this.#window.at(this.#cursor);
    if (meanSquare(this.#window.array, rise, hop) < AUDIBLE_POWER) {
      this.#cursor += hop;
      return true;
    }
    if (this.#window.end - this.#cursor < this.#toSamples(PROBED_MS) + hop) return false;
    const found = findFrames(this.#meter, this.#window.array, rise);
    if (found === undefined) {
      this.#cursor += 10 * hop;
      return true;
    }
    const gridStart = this.#cursor + found.start - rise;
    const spelling = new Spelling(found.pilot);
    this.#cursor = gridStart;
    this.#following = { gridStart, timing: new FrameTiming(), spelling, frames: 0, silentFrames: 0 };
    if (this.#utterance === undefined) {
      const startsAt = gridStart - this.#toSamples(spelling.missedFrames * FRAME_MS);
      this.#utterance = new Utterance(startsAt);
      events.push({ kind: 'started', atSample: this.#outside(startsAt) });
    }
    this.#utterance.begin(spelling, gridStart, this.#toSamples(FRAME_MS), this.#toSamples(BYTE_MS));
    return true;
  }

  /** Hears the next frame of an utterance. Returns whether there is more to look at. */
  #follow(following: Following, events: ReaderEvent[]): boolean {
    if (this.#window.end - this.#cursor < this.#meter.frameSamples) return false;
    const frame = this.#meter.measure(this.#window.array, this.#window.at(this.#cursor));
    following.frames++;
    this.#cursor = following.gridStart + Math.round(following.frames * this.#toSamples(FRAME_MS));
    const bytesBefore = following.spelling.bytes.length;
    if (isClear(frame)) {
      following.silentFrames = 0;
      following.spelling.hear(frame);
      const lateMs = following.timing.lateMs(frame);
      if (lateMs !== 0) {
        following.spelling.markSlip();
        following.gridStart -= Math.round(this.#toSamples(lateMs));
      }
      this.#lastAudible = this.#cursor;
    } else {
      following.silentFrames++;
      following.spelling.hear(undefined);
    }
    if (following.spelling.bytes.length > bytesBefore && this.#utterance !== undefined) {
      events.push({ kind: 'heard', text: this.#utterance.text, endSample: this.#outside(this.#lastAudible) });
    }
    if (following.spelling.isComplete || following.silentFrames >= LOST_AFTER_FRAMES) this.#endSpelling(following);
    return true;
  }

  #endSpelling(following: Following): void {
    following.spelling.finish();
    this.#following = undefined;
  }

  #toSamples(durationMs: number): number {
    return (durationMs * this.#rateHz) / 1000;
  }

  #outside(position: number): number {
    return Math.round(position * this.#decimator.factor);
  }
}
