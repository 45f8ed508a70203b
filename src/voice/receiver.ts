import type { SpeakerId } from '../core/ids.ts';
import type { MayHear, SpeakerReception, SpeakerStream } from '../core/ports/voice.ts';
import type { MeetingClock } from '../core/time/clock.ts';
import { Op, type VoiceMessage } from './connection/voice-messages.ts';
import type { TransportSecret } from './connection/wire.ts';
import { decodingOf } from './decoding/choose-decoding.ts';
import type { SampleRateHz } from './decoding/decoder.ts';
import type { Decoding } from './decoding/decoding.ts';
import { type Keys, whoseKeyOpens } from './encryption/frame-opener.ts';
import { Recovery } from './encryption/key-recovery.ts';
import { Transport } from './encryption/transport.ts';
import type { NativeVoice } from './native/native.ts';
import { parseRtp, type RtpHeader } from './packets/rtp.ts';
import { MOST_PEOPLE, SsrcMap } from './packets/ssrc-map.ts';
import { type Received, WaitingPackets } from './packets/waiting-packets.ts';
import { Speaker } from './speaker.ts';

const NAMELESS_MS = 500; // the message that names a speaker is rarely later, and sometimes never comes
const NAMING_PAUSE_MS = 250; // between attempts to do without it: each costs a decryption per person
const TICK_MS = 20; // one packet: finer than any patience

/** What the receiver asks of the connection. */
interface Line {
  readonly secret: TransportSecret | undefined;
  readonly keys: (Keys & { recover(): void }) | undefined;
  readonly resuming: boolean; // news of the keys may be on its way, and nothing can be asked for
}

export interface ReceiverOptions {
  readonly sampleRateHz: SampleRateHz;
  readonly native: NativeVoice | undefined;
  readonly clock: MeetingClock;
  readonly mayHear: MayHear;
  readonly line: () => Line;
  /** Somebody is heard, for the first time or again. */
  readonly heard: (stream: SpeakerStream) => void;
  /** So much of what they said never came, and was too long to be made up for. */
  readonly missed: (speakerId: SpeakerId, startMs: number, endMs: number) => void;
}

/** Why packets of the room were dropped before they were anybody's voice. */
interface Drops {
  readonly notVoice: number;
  readonly notHeard: number; // of people who must not be heard
  readonly notAuthentic: number; // damaged or forged
  readonly nobodys: number; // nobody was named for their stream in time
}

/**
 * Everything that is heard in a room: sorts datagrams by person and passes each person's on to their own `Speaker`.
 *
 * A packet of a person who must not be heard is dropped before anything is decrypted. One timer for the whole room, and
 * only while packets are held back.
 */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #decoding: Decoding;
  readonly #ssrcs = new SsrcMap();
  readonly #waiting = new WaitingPackets();
  readonly #speakers = new Map<SpeakerId, Speaker>();
  readonly #present = new Set<SpeakerId>(); // people in the call by the voice server's account
  readonly #holding = new Set<Speaker>(); // those with packets that only time or other keys can release
  readonly #recovery = new Recovery();
  readonly #drops = { notVoice: 0, notHeard: 0, notAuthentic: 0 };
  #transport: { readonly secret: TransportSecret; readonly cipher: Transport } | undefined;
  #endpoint: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #recover = false;
  #namingDueMs = 0;

  constructor(options: ReceiverOptions) {
    this.#options = options;
    this.#decoding = decodingOf(options.sampleRateHz, options.native);
  }

  get drops(): Drops {
    return { ...this.#drops, nobodys: this.#waiting.dropped };
  }

  reception(speakerId: SpeakerId): SpeakerReception | undefined {
    return this.#speakers.get(speakerId)?.reception();
  }

  /** A voice server is being connected to. Another one numbers streams anew; the same one goes on as it did. */
  opened(endpoint: string): void {
    if (this.#endpoint !== undefined && this.#endpoint !== endpoint) {
      this.#ssrcs.clear();
      this.#waiting.clear();
      for (const speaker of this.#speakers.values()) speaker.restart(this.#options.clock.nowMs());
    }
    this.#endpoint = endpoint;
    this.#recovery.changing();
  }

  /** Takes a datagram, which lies in the buffer from `start` to `end`. Its memory is ours from now on. */
  datagram(buffer: Buffer, start: number, end: number): void {
    const header = parseRtp(buffer, start, end);
    if (!header) {
      this.#drops.notVoice++;
      return;
    }
    const arrivedMs = this.#options.clock.nowMs();
    const speakerId = this.#ssrcs.whose(header.ssrc);
    if (speakerId === undefined) this.#hold({ buffer, header, arrivedMs });
    else this.#receive(speakerId, buffer, header, arrivedMs);
    this.#settle();
  }

  message(message: VoiceMessage): void {
    if (message.op === Op.speaking) this.#learn(numberOf(message.d, 'ssrc'), wordOf(message.d, 'user_id'));
    else if (message.op === Op.video) this.#learn(numberOf(message.d, 'audio_ssrc'), wordOf(message.d, 'user_id'));
    else if (message.op === Op.connect) this.#arrive(wordsOf(message.d, 'user_ids'));
    else if (message.op === Op.disconnect) this.#forget(wordOf(message.d, 'user_id'));
    else if (message.op >= Op.prepareTransition) this.#keysChanged();
  }

  /** Ends every stream and the timer. */
  finish(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#holding.clear();
    this.#waiting.clear();
    for (const speaker of this.#speakers.values()) speaker.finish();
  }

  /** Keeps a packet of nobody's until somebody is named. When that takes too long, tells by whose key opens it. */
  #hold(received: Received): void {
    const { header, arrivedMs } = received;
    this.#waiting.hold(copyOf(received)); // the buffer holds hundreds of others', which would stay with it
    const oldest = this.#waiting.oldest(header.ssrc);
    if (!oldest || arrivedMs - oldest.arrivedMs < NAMELESS_MS || arrivedMs < this.#namingDueMs) return;
    this.#namingDueMs = arrivedMs + NAMING_PAUSE_MS;
    const { keys } = this.#options.line();
    const frame = keys?.ready ? this.#openCopy(oldest) : undefined;
    const nameless = [...this.#present].filter((id) => !this.#ssrcs.isNamed(id) && this.#options.mayHear(id));
    const speakerId = keys && frame && whoseKeyOpens(frame, nameless, keys);
    if (speakerId !== undefined) this.#learn(header.ssrc, speakerId);
  }

  /** The packet itself is opened once it is known whose it is. */
  #openCopy(received: Received): Buffer | undefined {
    const { buffer, header } = copyOf(received);
    return this.#cipher()?.open(buffer, header);
  }

  #receive(speakerId: SpeakerId, buffer: Buffer, header: RtpHeader, arrivedMs: number): void {
    if (!this.#options.mayHear(speakerId)) {
      this.#drops.notHeard++;
      this.#speakers.get(speakerId)?.ignore(arrivedMs);
      return;
    }
    const payload = this.#cipher()?.open(buffer, header);
    if (!payload) {
      this.#drops.notAuthentic++;
      return;
    }
    const { sequence, timestamp } = header;
    const speaker = this.#speaker(speakerId);
    speaker.receive({ sequence, timestamp, arrivedMs, payload });
    if (speaker.waiting) this.#holding.add(speaker);
  }

  #cipher(): Transport | undefined {
    const { secret } = this.#options.line();
    if (secret && this.#transport?.secret !== secret)
      this.#transport = { secret, cipher: new Transport(secret.mode, secret.key, this.#options.native) };
    return this.#transport?.cipher;
  }

  #speaker(speakerId: SpeakerId): Speaker {
    const known = this.#speakers.get(speakerId);
    if (known) return known;
    const speaker = new Speaker(
      speakerId,
      this.#options.sampleRateHz,
      this.#decoding,
      () => this.#options.line().keys,
      {
        heard: (stream) => this.#options.heard(stream),
        opened: (id) => this.#recovery.opened(id),
        missed: (id, startMs, endMs) => this.#options.missed(id, startMs, endMs),
        sealed: (id) => this.#sealed(id),
      },
    );
    this.#speakers.set(speakerId, speaker);
    return speaker;
  }

  #learn(ssrc: number | undefined, speakerId: SpeakerId | undefined): void {
    if (ssrc === undefined || speakerId === undefined || !this.#ssrcs.learn(ssrc, speakerId)) return;
    const nowMs = this.#options.clock.nowMs();
    this.#speakers.get(speakerId)?.restart(nowMs);
    for (const { buffer, header, arrivedMs } of this.#waiting.claim(ssrc, nowMs))
      this.#receive(speakerId, buffer, header, arrivedMs);
    this.#settle();
  }

  #arrive(speakerIds: readonly SpeakerId[]): void {
    for (const id of speakerIds) if (this.#present.size < MOST_PEOPLE) this.#present.add(id);
  }

  #forget(speakerId: SpeakerId | undefined): void {
    if (speakerId === undefined) return;
    this.#present.delete(speakerId);
    this.#ssrcs.forget(speakerId);
    this.#recovery.forget(speakerId);
  }

  #sealed(speakerId: SpeakerId): void {
    const { keys, resuming } = this.#options.line();
    const inGroup = keys?.ready === true;
    if (resuming) this.#recovery.changing();
    else if (this.#recovery.failed(speakerId, inGroup, this.#options.clock.nowMs())) this.#recover = true;
  }

  #keysChanged(): void {
    this.#recovery.changing();
    this.#release();
  }

  /** After every datagram: starts or ends the timer as needed, and recovers the keys if that was decided meanwhile. */
  #settle(): void {
    if (this.#recover) {
      this.#recover = false;
      this.#options.line().keys?.recover();
    }
    if (this.#holding.size > 0) this.#timer ??= setInterval(() => this.#releaseSoon(), TICK_MS);
  }

  /** Once the packets are read that came while the process was busy: else they would count as lost, being only late. */
  #releaseSoon(): void {
    setImmediate(() => {
      if (this.#timer !== undefined) this.#release();
    });
  }

  /** Time has passed, or there are other keys. */
  #release(): void {
    const nowMs = this.#options.clock.nowMs();
    for (const speaker of this.#holding) {
      speaker.tick(nowMs);
      if (!speaker.waiting) this.#holding.delete(speaker);
    }
    if (this.#holding.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** The same datagram in memory of its own. */
function copyOf({ buffer, header, arrivedMs }: Received): Received {
  const { start, end } = header;
  const copy = Buffer.from(buffer.subarray(start, end));
  return { buffer: copy, header: { ...header, start: 0, end: end - start }, arrivedMs };
}

function wordsOf(d: unknown, name: string): string[] {
  const value = fieldOf(d, name);
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}

function wordOf(d: unknown, name: string): string | undefined {
  const value = fieldOf(d, name);
  return typeof value === 'string' ? value : undefined;
}

function numberOf(d: unknown, name: string): number | undefined {
  const value = fieldOf(d, name);
  return typeof value === 'number' ? value : undefined;
}

function fieldOf(d: unknown, name: string): unknown {
  return typeof d === 'object' && d !== null ? Reflect.get(d, name) : undefined;
}
