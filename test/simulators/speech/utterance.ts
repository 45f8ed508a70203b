import type { EndedEvent } from './reader.ts';
import type { Spelling } from './spelling.ts';

export interface HeardWord {
  readonly text: string;
  readonly startSample: number;
  readonly endSample: number;
}

interface Part {
  readonly spelling: Spelling;
  readonly gridStart: number;
  readonly frameSamples: number;
  readonly byteSamples: number;
}

/** What is heard between two silences: one spoken text, or several with short pauses between them. */
export class Utterance {
  readonly #startsAt: number;
  readonly #parts: Part[] = [];

  constructor(startsAt: number) {
    this.#startsAt = startsAt;
  }

  /** One more spoken text. */
  begin(spelling: Spelling, gridStart: number, frameSamples: number, byteSamples: number): void {
    this.#parts.push({ spelling, gridStart, frameSamples, byteSamples });
  }

  /** All of it so far; a character whose bytes are not all there yet is left out. */
  get text(): string {
    return this.#parts.map(({ spelling }) => new TextDecoder().decode(bytesOf(spelling), { stream: true })).join(' ');
  }

  /** @param outside - turns our positions into the listener's */
  end(endsAt: number, outside: (position: number) => number): EndedEvent {
    const texts = this.#parts.map(({ spelling }) => new TextDecoder().decode(bytesOf(spelling)));
    return {
      kind: 'ended',
      text: texts.join(' '),
      words: this.#parts.flatMap((part) => wordsOf(part, outside)),
      startSample: outside(this.#startsAt),
      endSample: outside(endsAt),
      slips: this.#parts.reduce((sum, { spelling }) => sum + spelling.slips, 0),
      isIntact: this.#parts.every(({ spelling }) => spelling.isIntact),
    };
  }
}

function bytesOf(spelling: Spelling): Uint8Array {
  return Uint8Array.from(spelling.bytes, (byte) => byte.value);
}

/** Bytes between white space (which is one byte in what people say here) are words. */
function wordsOf({ spelling, gridStart, frameSamples, byteSamples }: Part, outside: (position: number) => number) {
  const words: HeardWord[] = [];
  let word: typeof spelling.bytes = [];
  const endWord = () => {
    const [first, last] = [word[0], word.at(-1)];
    if (first === undefined || last === undefined) return;
    words.push({
      text: new TextDecoder().decode(Uint8Array.from(word, (byte) => byte.value)),
      startSample: outside(gridStart + first.startFrame * frameSamples),
      endSample: outside(gridStart + last.startFrame * frameSamples + byteSamples),
    });
    word = [];
  };
  for (const byte of spelling.bytes) {
    if (byte.value === 0x20 || byte.value === 0x0a || byte.value === 0x09) endWord();
    else word.push(byte);
  }
  endWord();
  return words;
}
