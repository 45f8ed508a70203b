import type { LiveLine } from '../../wire.ts';
import { isIn } from './languages.ts';

const TRANSLATED_WITHIN_MS = 6_000;

/**
 * Decides what a screen reader is told: each finished line once, in the language that is shown, and nothing of what was said before
 * the page was opened.
 *
 * A line that is to be translated waits for its translation for a while.
 */
export class Announcements {
  readonly #done = new Set<string>(); // utterances
  readonly #waiting = new Map<string, { readonly line: LiveLine; readonly sinceMs: number }>();
  #isCurrent = false;

  /** From now on lines are new: what came before was said before. */
  begin(): void {
    this.#isCurrent = true;
  }

  /**
   * @param shown - the language in which lines are shown; missing: as they were spoken
   * @returns what to say now
   */
  take(line: LiveLine, shown: string | undefined, nowMs: number): readonly LiveLine[] {
    if (line.text === '') this.#waiting.delete(line.id);
    if (line.state !== 'final' || line.text === '' || this.#done.has(line.id)) return [];
    const isShown = shown === undefined || line.original !== undefined || isIn(line.language, shown);
    if (this.#isCurrent && !isShown) {
      this.#waiting.set(line.id, { line, sinceMs: this.#waiting.get(line.id)?.sinceMs ?? nowMs });
      return [];
    }
    this.#waiting.delete(line.id);
    this.#done.add(line.id);
    return this.#isCurrent ? [line] : [];
  }

  /** Lines that nobody has translated in time: they are said as they were spoken. */
  late(nowMs: number): readonly LiveLine[] {
    const late = [...this.#waiting.values()].filter(({ sinceMs }) => nowMs - sinceMs >= TRANSLATED_WITHIN_MS);
    for (const { line } of late) {
      this.#waiting.delete(line.id);
      this.#done.add(line.id);
    }
    return late.map(({ line }) => line);
  }
}
