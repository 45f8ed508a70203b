import type { LeftOut } from '../core/notice.ts';
import type { SttOptions } from '../core/ports/speech-to-text.ts';
import { type Narrowed, narrower, type RefusedLanguages, speaksOfLanguages } from './refused-languages.ts';
import { StreamRefused } from './stream-refused.ts';

const AT_ONCE_MS = 1_000; // a socket that closes sooner than this without a message was refused
const SUSPECTED_MS = 10 * 60_000; // a language left out on suspicion alone is asked for again after this
/** Close codes that reject the request itself, rather than its moment. */
const REFUSING_CODES: readonly number[] = [1003, 1007, 1008];

/**
 * The languages that one stream asks the recogniser for: those that are wanted, less those that it refuses. Where
 * translations are refused, the transcription goes on without them.
 */
export class AskedLanguages {
  readonly #refused: RefusedLanguages;
  readonly #onLeftOut: (leftOut: LeftOut) => void;
  #reported = ''; // the languages left out in the last report
  #onAnswer: () => void = () => {}; // reports what is only a suspicion until the socket answers
  #closed = 0; // sockets in a row that were closed at once, for no reason we can read
  #suspected: { readonly options: SttOptions; readonly of: SttOptions; readonly untilMs: number } | undefined;

  /** @param onLeftOut - called when the languages left out change */
  constructor(refused: RefusedLanguages, onLeftOut: (leftOut: LeftOut) => void) {
    this.#refused = refused;
    this.#onLeftOut = onLeftOut;
  }

  /**
   * Dials with all wanted languages and, when those are refused, again with fewer, until the recogniser accepts them.
   *
   * @throws the first error of `dial`, when leaving languages out does not help
   */
  async openNarrowed<T>(
    wanted: SttOptions,
    dial: (asked: SttOptions) => Promise<T>,
  ): Promise<{ opened: T; asked: SttOptions }> {
    let asked = this.#within(wanted);
    const lessons: { readonly before: SttOptions; readonly narrowed: Narrowed }[] = [];
    let first: StreamRefused | undefined;
    for (;;) {
      try {
        const opened = await dial(asked);
        // Learned only after success: had it not helped, languages would not have been the reason.
        for (const { before, narrowed } of lessons) this.#refused.learn(before, narrowed, performance.now());
        const report = () => this.#report(wanted, asked);
        if (this.#isSuspected(wanted)) this.#onAnswer = report;
        else report();
        return { opened, asked };
      } catch (error) {
        if (!(error instanceof StreamRefused)) throw error;
        first ??= error;
        const narrowed = narrower(asked, error.said);
        if (narrowed === undefined) throw first;
        lessons.push({ before: asked, narrowed });
        asked = narrowed.options;
      }
    }
  }

  /** A socket closed without having sent anything. @param asked - the options it was opened with */
  closedUnheard(wanted: SttOptions, asked: SttOptions, code: number, reason: string, livedMs: number): void {
    const mayBeRefusal = livedMs < AT_ONCE_MS && (REFUSING_CODES.includes(code) || code >= 4000);
    if (!mayBeRefusal) {
      this.#closed = 0;
      return;
    }
    const nowMs = performance.now();
    const narrowed = narrower(asked, reason);
    if (narrowed !== undefined && speaksOfLanguages(asked, reason)) {
      this.#refused.learn(asked, narrowed, nowMs);
      return;
    }
    this.#closed += 1;
    const known = narrowed?.by === 'name' ? narrowed.options : undefined;
    // The service gives no reason: rare languages are dropped first, then all translations, as the transcription
    // matters most.
    const next = known ?? (this.#closed < 2 || narrowed === undefined ? undefined : { ...asked, translateTo: [] });
    if (next !== undefined) this.#suspected = { options: next, of: wanted, untilMs: nowMs + SUSPECTED_MS };
    else if (narrowed === undefined) this.#suspected = undefined; // languages were not the reason
  }

  /** A socket answered: the service accepts the languages it was asked for. */
  answered(): void {
    this.#closed = 0;
    this.#onAnswer();
    this.#onAnswer = () => {};
  }

  #isSuspected(wanted: SttOptions): boolean {
    return this.#suspected?.of === wanted && this.#suspected.untilMs > performance.now();
  }

  #within(wanted: SttOptions): SttOptions {
    const options = this.#isSuspected(wanted) ? this.#suspected?.options : undefined;
    return this.#refused.within(options ?? wanted, performance.now());
  }

  #report(wanted: SttOptions, asked: SttOptions): void {
    const targets = wanted.translateTo.filter((target) => !asked.translateTo.includes(target));
    const spoken = wanted.language === asked.language ? undefined : { spoken: wanted.language };
    const leftOut = { targets, ...spoken };
    const key = JSON.stringify(leftOut);
    if (key === this.#reported || (targets.length === 0 && spoken === undefined)) return;
    this.#reported = key;
    this.#onLeftOut(leftOut);
  }
}
