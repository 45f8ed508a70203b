import type { Told } from '../../core/audience.ts';
import type { MeetingRecord } from '../../core/record.ts';

/** One utterance as the page shows it; one with the same id takes the place of the one before. */
export interface LiveLine {
  readonly id: string;
  readonly name: string;
  readonly at: number; // milliseconds since 1970
  readonly text: string; // empty: it is taken back
  readonly language: string; // of the text
  readonly state: 'growing' | 'final';
}

/**
 * What a reader sees of a meeting: everything in their language where there is a translation, else as it was said.
 *
 * Holds what is not sent yet, the latest of each utterance only: a slow reader misses steps, never the outcome.
 */
export class LiveLines {
  readonly #beganAtMs: number;
  readonly #reads: string | undefined;
  readonly #translated = new Set<string>(); // utterances that are shown in the reader's language
  readonly #waiting = new Map<string, LiveLine>();
  #isOver = false;
  #wake: () => void = () => {};

  constructor(beganAt: Date, reads: string | undefined) {
    this.#beganAtMs = beganAt.getTime();
    this.#reads = reads;
  }

  /** What was said before, everybody under the name they have now. */
  begin({ attendance, finals, translations }: MeetingRecord): void {
    const names = new Map(attendance.map(({ speakerId, displayName }) => [speakerId, displayName]));
    for (const segment of [...finals, ...translations]) {
      this.take({ segment, name: names.get(segment.speakerId) ?? '' });
    }
  }

  take({ segment, name }: Told): void {
    const { utteranceId: id, text, startMs } = segment;
    if (segment.kind === 'translation') {
      if (!isLanguage(segment.language, this.#reads)) return;
      this.#translated.add(id);
    } else if (segment.kind === 'final' && this.#translated.has(id)) return;
    const state = segment.kind === 'partial' ? 'growing' : 'final';
    this.#waiting.set(id, { id, name, at: this.#beganAtMs + startMs, text, language: segment.language, state });
    this.#wake();
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  /** Each line as it comes; ends when the meeting is over and everything was handed out. */
  async *lines(signal: AbortSignal): AsyncGenerator<LiveLine, void, undefined> {
    const wake = () => this.#wake();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) {
        const [first] = this.#waiting;
        if (first) {
          this.#waiting.delete(first[0]);
          yield first[1];
        } else if (this.#isOver) return;
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }
}

/** A translation into any Portuguese serves who reads Brazilian. */
function isLanguage(language: string, wanted: string | undefined): boolean {
  return wanted !== undefined && baseOf(language) === baseOf(wanted);
}

function baseOf(language: string): string {
  return (language.split('-')[0] ?? language).toLowerCase();
}
