import type { Log } from '../../core/log.ts';
import type { TranscriptStyle } from '../../core/settings.ts';
import type { GateReport } from './gate.ts';
import { type Slide, slideOn, UNSTRAINED } from './slide.ts';

const LOOK_MS = 1_000;

/** Looks every second at how many of this process's requests found room, and says how costly it may post. */
export class PostingLoad implements Disposable {
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  #slide: Slide = UNSTRAINED;

  constructor(reports: { takeReport(): GateReport }, log: Log) {
    this.#log = log;
    this.#timer = setInterval(() => this.#look(reports.takeReport()), LOOK_MS).unref();
  }

  /** The costliest style that transcripts may have now, whatever their servers chose. */
  get style(): TranscriptStyle {
    return this.#slide.style;
  }

  #look(report: GateReport): void {
    const before = this.style;
    this.#slide = slideOn(this.#slide, report);
    if (this.style === before) return;
    const { style } = this;
    if (style === 'grow')
      this.#log.info({ style }, 'Discord takes enough requests again: transcripts look as their servers chose');
    else
      this.#log.warn(
        { style, before },
        'Discord takes too few requests for all meetings: transcripts are plainer for a while',
      );
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
