import type { TranscriptSegment } from '../../src/core/segment.ts';
import { printable, printableJson } from './printable.ts';
import { bar, clockTime } from './words.ts';

/** One of the program's two outputs. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows what comes of a recording. */
export interface Printer {
  segment(segment: TranscriptSegment): void;
  progress(sentMs: number): void;
  /** Leaves the terminal as it should be. */
  end(): void;
}

/** One object a line, on standard output. */
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
 * For people: finals and translations as lines of `out`; on `err` what is still growing, with the progress of a file.
 * On a terminal that is one line which changes in place, in a pipe plain lines.
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
    const room = (err.columns || USUAL_COLUMNS) - 1 - progress.length; // some terminals say 0
    // The newest words are the ones to see.
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
