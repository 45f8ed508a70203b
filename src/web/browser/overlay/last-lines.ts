import { Renewed } from '../feed/renewed.ts';
import type { LiveLine } from '../wire.ts';

interface Heard {
  readonly line: LiveLine;
  readonly cameMs: number; // its newest words
}

const GONE_AFTER_MS = 12_000; // of silence

/** What an overlay shows: the last lines, each until nothing was added to it for a while. */
export class LastLines {
  readonly #most: number;
  readonly #heard = new Renewed<Heard>(); // by utterance
  #isCurrent = false;

  /** @param most - how many are shown at once */
  constructor(most: number) {
    this.#most = most;
  }

  /** What comes now was said before, up to `all()`: it shows only as long as it would if it had been heard. */
  catchUp(): void {
    this.#isCurrent = false;
  }

  /** All lines will come anew. */
  beginAnew(): void {
    this.#heard.beginAnew();
  }

  /** What was said before is here. */
  all(): void {
    this.#isCurrent = true;
    this.#heard.settle();
  }

  take(line: LiveLine, nowMs: number): void {
    if (line.text === '') {
      this.#heard.drop(line.id);
      return;
    }
    const before = this.#heard.get(line.id);
    const isSame = before?.line.text === line.text && before.line.state === line.state;
    // What somebody puts right is not said again: it stays as long as it would have.
    const staysAsLong = before && (isSame || line.corrected);
    this.#heard.put(line.id, { line, cameMs: staysAsLong ? before.cameMs : this.#momentOf(line, nowMs) });
  }

  /** @returns the lines in the order in which they began */
  shown(nowMs: number): readonly LiveLine[] {
    const lines = [];
    for (const { line, cameMs } of this.#heard.values()) {
      if (nowMs - cameMs > GONE_AFTER_MS) this.#heard.drop(line.id);
      else lines.push(line);
    }
    return lines.sort((one, other) => one.at - other.at).slice(-this.#most);
  }

  clear(): void {
    this.#heard.beginAnew();
    this.#heard.settle();
  }

  #momentOf({ at, state, corrected }: LiveLine, nowMs: number): number {
    const isNow = state === 'growing' || (this.#isCurrent && !corrected);
    return isNow ? nowMs : Math.min(at, nowMs);
  }
}
