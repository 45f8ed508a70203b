import { randomBytes } from 'node:crypto';
import { type EndedEvent, type ReaderEvent, SpeechReader } from '../speech/index.ts';
import type { Timed, Transcription } from './messages.ts';

export interface RecogniserSettings {
  readonly finalAfterSilenceMs: number;
  readonly partialEveryMs: number;
  readonly fillerFilter: boolean;
  /** The language to say for a text. */
  readonly languageOf: (text: string) => string;
  /** When a sample was heard, in seconds: of audio or on the clock. */
  readonly secondsAt: (sample: number) => number;
}

/** What the recogniser says, and about finals how well it heard. */
export interface Recognised {
  readonly message: Transcription;
  readonly heard?: EndedEvent;
}

/** Turns the audio of one socket into transcriptions. It knows no time but that of the audio. */
export class Recogniser {
  readonly #reader: SpeechReader;
  readonly #settings: RecogniserSettings;
  readonly #partialEverySamples: number;
  #open: OpenSegment | undefined;

  constructor(sampleRateHz: number, settings: RecogniserSettings) {
    this.#reader = new SpeechReader(sampleRateHz, { endSilenceMs: settings.finalAfterSilenceMs });
    this.#settings = settings;
    this.#partialEverySamples = (settings.partialEveryMs * sampleRateHz) / 1000;
  }

  hear(samples: Int16Array): Recognised[] {
    return this.#reader.push(samples).flatMap((event) => this.#answer(event));
  }

  /** Says at once what is known, marked as the answer to `finalize`. */
  finalize(): Recognised[] {
    const [ended] = this.#reader.flush();
    if (ended !== undefined) return this.#final(ended, `${ended.text}<fin>`);
    const nothing: Timed = { text: '<fin>', start_time: 0, end_time: 0 };
    return [{ message: this.#message(new OpenSegment(0), true, nothing, nothing) }];
  }

  #answer(event: ReaderEvent): Recognised[] {
    switch (event.kind) {
      case 'started':
        this.#open = new OpenSegment(event.atSample);
        return [];
      case 'heard':
        return this.#partial(event.text, event.endSample);
      case 'ended':
        return this.#final(event, event.text);
    }
  }

  #partial(text: string, endSample: number): Recognised[] {
    const open = this.#open;
    if (open === undefined || text === '' || endSample - open.toldUntil < this.#partialEverySamples) return [];
    // The filter may still rewrite the tail: every second time it lets a filler pass that is gone in the next message.
    const told = this.#settings.fillerFilter && open.partials % 2 === 1 ? `${text} uh` : text;
    return [{ message: this.#tell(open, false, told, endSample) }];
  }

  #final(heard: EndedEvent, text: string): Recognised[] {
    const open = this.#open ?? new OpenSegment(heard.startSample);
    this.#open = undefined;
    return [{ message: this.#tell(open, true, text, heard.endSample), heard }];
  }

  #tell(open: OpenSegment, isFinal: boolean, text: string, endSample: number): Transcription {
    const end_time = this.#settings.secondsAt(endSample);
    const segment = { text, start_time: this.#settings.secondsAt(open.startSample), end_time };
    const delta = {
      text: text.slice(commonPrefix(text, open.told)),
      start_time: this.#settings.secondsAt(open.toldUntil),
      end_time,
    };
    open.told = text;
    open.toldUntil = endSample;
    open.partials++;
    return this.#message(open, isFinal, segment, delta);
  }

  #message(open: OpenSegment, isFinal: boolean, segment: Timed, delta: Timed): Transcription {
    return {
      message_type: 'transcription',
      transcription_id: open.id,
      language: this.#settings.languageOf(segment.text),
      is_eos: isFinal,
      segment,
      delta,
    };
  }
}

class OpenSegment {
  readonly id = randomBytes(4).toString('hex');
  readonly startSample: number;
  told = '';
  toldUntil: number;
  partials = 0;

  constructor(startSample: number) {
    this.startSample = startSample;
    this.toldUntil = startSample;
  }
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
