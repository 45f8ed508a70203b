import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { AudioClock } from './audio-clock.ts';
import { type AudioDecoder, audioDecoder } from './audio-decoder.ts';
import type { Faults } from './faults.ts';
import type { TranslatedTranscription } from './messages.ts';
import type { PalabraSettings } from './options.ts';
import { Pace } from './pace.ts';
import { type Recognised, Recogniser } from './recogniser.ts';
import type { StreamRequest } from './stream-query.ts';

const MAX_CHUNK_BYTES = 1024 * 1024;

/** A final as it was sent. Times count the audio received, whatever the service was told to report. */
export interface SentFinal {
  readonly socketIndex: number;
  readonly credential: string;
  readonly transcriptionId: string;
  readonly text: string;
  readonly language: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly words: readonly { readonly text: string; readonly startMs: number; readonly endMs: number }[];
  readonly slips: number; // places where audio was removed, doubled or swapped
  readonly isIntact: boolean; // heard from its first sound to its last, checksum included
  readonly sentAt: number; // Date.now()
}

export interface SocketOrders {
  readonly index: number;
  readonly credential: string;
  readonly sessionIndex: number | undefined;
  readonly request: StreamRequest;
  readonly query: Readonly<Record<string, string>>;
  readonly settings: PalabraSettings;
  readonly faults: Faults;
  violation(what: string): void;
  undecodable(format: string): void;
  happened(event: 'final' | 'partial' | 'translation' | 'audio'): void;
  finalSent(final: SentFinal): void;
  closed(socket: PalabraSocket): void;
}

/** One transcription stream, as the service sees it. */
export class PalabraSocket {
  readonly index: number;
  readonly credential: string; // the client id, or 'api key'
  readonly sessionIndex: number | undefined;
  readonly query: Readonly<Record<string, string>>; // without the token
  readonly openedAt = Date.now();
  readonly finals: SentFinal[] = [];
  receivedBytes = 0;
  receivedMessages = 0;
  receivedSamples = 0;
  receivedMs = 0;
  partialsSent = 0;
  translationsSent = 0;
  finalizeRequests = 0;
  closedAt: number | undefined;
  /** What the client closed with (1005 none, 1006 without a close frame), or what we closed with. */
  closeCode: number | undefined;
  closedBy: 'client' | 'service' | undefined;
  readonly #orders: SocketOrders;
  readonly #ws: WebSocket;
  readonly #tcp: Socket;
  readonly #decoder: AudioDecoder;
  readonly #pace = new Pace();
  readonly #timers = new Set<NodeJS.Timeout>();
  #recogniser: Recogniser | undefined;
  #clock: AudioClock | undefined;
  #sampleRateHz = 0;
  #isRushing = false;
  #wasStalled = false;
  #idle: NodeJS.Timeout;

  constructor(ws: WebSocket, tcp: Socket, orders: SocketOrders) {
    this.index = orders.index;
    this.credential = orders.credential;
    this.sessionIndex = orders.sessionIndex;
    this.query = orders.query;
    this.#orders = orders;
    this.#ws = ws;
    this.#tcp = tcp;
    const heard = {
      samples: (samples: Int16Array, sampleRateHz: number) => this.#hear(samples, sampleRateHz),
      violation: (what: string) => this.#violation(what),
      undecodable: (format: string) => orders.undecodable(format),
    };
    this.#decoder = audioDecoder(orders.request.audio, heard, orders.settings.strictOgg);
    this.#idle = this.#idleTimer();
    ws.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
    ws.on('error', (error) => this.#violation(`broken frames: ${error.message}`));
    ws.on('close', (code) => this.#closed(code));
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  /** Closes from the service's side. */
  close(code: number, reason = ''): void {
    this.#leave(code);
    this.#ws.close(code, reason);
  }

  /** Breaks the connection with a TCP reset. */
  reset(): void {
    this.#leave(1006);
    this.#tcp.resetAndDestroy();
  }

  /** Breaks the connection without a word, when the simulator ends. */
  terminate(): void {
    this.#leave(1006);
    this.#ws.terminate();
  }

  send(data: string | Buffer): void {
    if (this.isOpen) this.#ws.send(data);
  }

  stopReading(): void {
    this.#wasStalled = true;
    this.#ws.pause();
  }

  resumeReading(): void {
    this.#ws.resume();
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (!isBinary) {
      this.#command(data.toString());
      return;
    }
    this.receivedMessages++;
    this.receivedBytes += data.length;
    if (data.length === 0) this.#violation('an empty message');
    if (data.length > MAX_CHUNK_BYTES) this.#violation('a message of more than 1 MB');
    clearTimeout(this.#idle);
    this.#idle = this.#idleTimer();
    this.#decoder.write(data);
    this.#orders.happened('audio');
  }

  #command(text: string): void {
    if (!this.#orders.settings.finalize || !isFinalize(text)) {
      this.#violation('a text message');
      return;
    }
    this.finalizeRequests++;
    for (const recognised of this.#recogniser?.finalize() ?? []) this.#say(recognised);
  }

  #hear(samples: Int16Array, sampleRateHz: number): void {
    if (samples.length === 0) return;
    const { settings, request } = this.#orders;
    this.#sampleRateHz = sampleRateHz;
    this.#clock ??= new AudioClock(sampleRateHz);
    this.#recogniser ??= new Recogniser(sampleRateHz, {
      ...settings,
      fillerFilter: request.fillerFilter,
      languageOf: (text) => (request.language === 'auto' ? settings.detect(text) : request.language),
      secondsAt: (sample) => this.#secondsAt(sample),
    });
    this.receivedSamples += samples.length;
    const durationMs = (samples.length * 1000) / sampleRateHz;
    this.receivedMs += durationMs;
    this.#clock.hear(samples.length, Date.now() - this.openedAt);
    const isRushing = this.#pace.hear(durationMs, performance.now()) > settings.maxAheadMs;
    if (isRushing && !this.#isRushing) this.#violation('audio faster than real time');
    this.#isRushing = isRushing;
    const heard = isRushing ? new Int16Array(samples.length) : samples;
    for (const recognised of this.#recogniser.hear(heard)) this.#say(recognised);
  }

  #secondsAt(sample: number): number {
    const ms =
      this.#orders.settings.timesFrom === 'audio'
        ? (sample * 1000) / this.#sampleRateHz
        : (this.#clock?.arrivedMs(sample) ?? 0);
    return Math.round(ms) / 1000;
  }

  #say(recognised: Recognised): void {
    const { faults } = this.#orders;
    if (faults.isDeaf) return;
    if (!recognised.message.is_eos) {
      this.partialsSent++;
      this.send(JSON.stringify(recognised.message));
      this.#orders.happened('partial');
      return;
    }
    this.#later(faults.finalDelayMs, () => faults.whenReleased(() => this.#sayFinal(recognised)));
  }

  #sayFinal({ message, heard }: Recognised): void {
    if (!this.isOpen) return;
    const { faults, settings, request } = this.#orders;
    const text = faults.rewriteFinal(message.segment.text);
    const final = { ...message, segment: { ...message.segment, text } };
    this.send(JSON.stringify(final));
    if (faults.duplicateFinals) this.send(JSON.stringify(final));
    if (heard === undefined) return;
    const toMs = (sample: number) => (sample * 1000) / this.#sampleRateHz;
    const sent: SentFinal = {
      socketIndex: this.index,
      credential: this.credential,
      transcriptionId: message.transcription_id,
      text,
      language: message.language,
      startMs: toMs(heard.startSample),
      endMs: toMs(heard.endSample),
      words: heard.words.map(({ text, startSample, endSample }) => {
        return { text, startMs: toMs(startSample), endMs: toMs(endSample) };
      }),
      slips: heard.slips,
      isIntact: heard.isIntact,
      sentAt: Date.now(),
    };
    this.finals.push(sent);
    this.#orders.finalSent(sent);
    if (faults.dropTranslations) return;
    for (const to of request.translateTo) {
      const translation: TranslatedTranscription = {
        message_type: 'translated_transcription',
        transcription_id: message.transcription_id,
        language: to,
        is_eos: true,
        segment: { ...final.segment, text: settings.translate(text.replace(/<fin>$/, ''), message.language, to) },
      };
      this.#later(settings.translationDelayMs, () => this.#sayTranslation(translation));
    }
  }

  #sayTranslation(translation: TranslatedTranscription): void {
    if (!this.isOpen) return;
    this.send(JSON.stringify(translation));
    if (this.#orders.faults.duplicateTranslations) this.send(JSON.stringify(translation));
    this.translationsSent++;
    this.#orders.happened('translation');
  }

  #later(delayMs: number, act: () => void): void {
    if (delayMs === 0) {
      act();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, delayMs);
    this.#timers.add(timer);
  }

  #idleTimer(): NodeJS.Timeout {
    return setTimeout(() => this.close(1001, 'idle'), this.#orders.settings.idleCloseMs);
  }

  /** We end it, not the client. */
  #leave(code: number): void {
    if (this.closedBy !== undefined) return;
    this.closedBy = 'service';
    this.closeCode = code;
  }

  #closed(code: number): void {
    clearTimeout(this.#idle);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#decoder.end();
    this.closedAt = Date.now();
    if (this.closedBy === undefined) {
      this.closedBy = 'client';
      this.closeCode = code;
      // Who is not read may break the connection: nothing else gets through.
      if (code !== 1000 && !this.#wasStalled) this.#violation(`closed with ${code} instead of 1000`);
    }
    this.#orders.closed(this);
  }

  #violation(what: string): void {
    this.#orders.violation(`socket ${this.index}: ${what}`);
  }
}

function isFinalize(text: string): boolean {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null) return false;
    return 'message_type' in message && message.message_type === 'finalize' && Object.keys(message).length === 1;
  } catch {
    return false; // not even JSON
  }
}
