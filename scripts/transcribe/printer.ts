import type { TranscriptSegment } from '../../src/core/segment.ts';
import { printable, printableJson } from './printable.ts';
import { bar, clockTime } from './words.ts';

/** One of the program's two outputs. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows the text of a recording. */
export interface Printer {
  segment(segment: TranscriptSegment): void;
  progress(sentMs: number): void;
  /** Removes the growing line from the terminal. */
  end(): void;
}

/** Prints one JSON object per line. */
export function jsonPrinter(out: Output): Printer {
  return {
    segment({ speakerId: _recording, utteranceId: id, ...segment }) {
      out.write(`${printableJson(JSON.stringify({ id, ...segment }))}\n`);
    },
    progress() {},
    end() {},
  };
}

const ERASE_LINE = '\r\x1b[2K';
const USUAL_COLUMNS = 80;

/**
 * Prints for people: finals and translations as lines to `out`, and growing text with the progress of a file to `err`.
 *
 * On a terminal the growing text is one line that changes in place; in a pipe it is plain lines.
 */
export function textPrinter(out: Output, err: Output, durationMs: number | undefined): Printer {
  let growing = '';
  let sentMs = 0;
  let isShown = false;
  const erase = () => {
    if (isShown) err.write(ERASE_LINE);
    isShown = false;
  };
  const show = () => {
    if (err.isTTY !== true) return;
    const progress = durationMs === undefined ? '' : `${bar(sentMs / durationMs)} ${clockTime(sentMs)} `;
    const room = (err.columns || USUAL_COLUMNS) - 1 - progress.length; // some terminals report 0
    // When there is little room, show the newest words.
    const words = growing.length > room ? `…${growing.slice(growing.length - room + 1)}` : growing;
    erase();
    if (progress + words === '') return;
    err.write(progress + words);
    isShown = true;
  };
  const line = (text: string) => {
    erase();
    out.write(`${text}\n`);
    show();
  };
  return {
    segment(segment) {
      const text = printable(segment.text);
      switch (segment.kind) {
        case 'partial':
          growing = text;
          if (err.isTTY === true) show();
          else err.write(`… ${text}\n`);
          break;
        case 'final':
          growing = '';
          line(`[${clockTime(segment.startMs)}] ${text}${segment.confirmed ? '' : ' (unconfirmed)'}`);
          break;
        case 'translation':
          line(`  [${printable(segment.language)}] ${text}`);
          break;
      }
    },
    progress(ms) {
      sentMs = durationMs === undefined ? ms : Math.min(ms, durationMs);
      if (durationMs !== undefined) show();
    },
    end: erase,
  };
}
