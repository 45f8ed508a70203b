import type { SpeakerId } from '../core/ids.ts';
import type { MayHear, SpeakerReception, SpeakerStream } from '../core/ports/voice.ts';
import type { MeetingClock } from '../core/time/clock.ts';
import { newsOf, type VoiceMessage } from './connection/voice-messages.ts';
import type { TransportSecret } from './connection/wire.ts';
import { decodingOf } from './decoding/choose-decoding.ts';
import type { SampleRateHz } from './decoding/decoder.ts';
import type { Decoding } from './decoding/decoding.ts';
import { type Keys, whoseKeyOpens } from './encryption/frame-opener.ts';
import { KeyRecovery } from './encryption/key-recovery.ts';
import { TransportCipher } from './encryption/transport.ts';
import type { NativeVoice } from './native/native.ts';
import { parseRtp, type RtpHeader } from './packets/rtp.ts';
import { MOST_PEOPLE, SsrcMap } from './packets/ssrc-map.ts';
import { copyOf, type Received, WaitingPackets } from './packets/waiting-packets.ts';
import { passingOn, type Sound } from './passing-on/passing-on.ts';
import { Speaker } from './speaker.ts';

const NAMELESS_MS = 500; // the message that names a speaker is rarely later, and sometimes never comes
const NAMING_PAUSE_MS = 250; // between attempts to name a speaker without it: each costs a decryption per person
const TICK_MS = 20; // one packet: finer than any patience

/** The part of the connection that the receiver reads. */
interface VoiceLink {
  readonly secret: TransportSecret | undefined;
  readonly keys: (Keys & { recover(): void }) | undefined;
  readonly resuming: boolean; // the voice gateway: messages about keys may still come, but no request can be sent
}

export interface ReceiverOptions {
  readonly sampleRateHz: SampleRateHz;
  readonly native: NativeVoice | undefined;
  /** Whether packets are taken as they come, and need not be decoded. Missing: they are not. */
  readonly takesPackets?: (() => boolean) | undefined;
  readonly clock: MeetingClock;
  readonly mayHear: MayHear;
  readonly link: () => VoiceLink;
  /** Somebody is heard, for the first time or again. */
  readonly heard: (stream: SpeakerStream) => void;
  /** A stretch of this person's speech was lost, and is too long to conceal. */
  readonly missed: (speakerId: SpeakerId, startMs: number, endMs: number) => void;
}

/** How many packets the room dropped before they reached a speaker, by reason. */
interface Drops {
  readonly notVoice: number;
  readonly notHeard: number; // from people who must not be heard
  readonly notAuthentic: number; // damaged or forged
  readonly nameless: number; // no message named their speaker in time
}

/**
 * Sorts a room's datagrams by person and passes each person's packets to their own `Speaker`.
 *
 * A packet of a person who must not be heard is dropped before anything is decrypted. One timer serves the whole room,
 * and runs only while packets are held back.
 */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #decoding: Decoding<Sound>;
  readonly #ssrcs = new SsrcMap();
  readonly #waiting = new WaitingPackets();
  readonly #speakers = new Map<SpeakerId, Speaker>();
  readonly #present = new Set<SpeakerId>(); // people who are in the call, according to the voice server
  readonly #holding = new Set<Speaker>(); // speakers with packets that only time or new keys can release
  readonly #recovery = new KeyRecovery();
  readonly #drops = { notVoice: 0, notHeard: 0, notAuthentic: 0 };
  #transport: { readonly secret: TransportSecret; readonly cipher: TransportCipher } | undefined;
  #endpoint: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isRecoveryDue = false;
  #namingDueMs = 0;

  constructor(options: ReceiverOptions) {
    this.#options = options;
    const { sampleRateHz, native, takesPackets } = options;
    const decoding = decodingOf(sampleRateHz, native);
    this.#decoding = takesPackets ? passingOn(decoding, sampleRateHz, takesPackets) : decoding;
  }

  get drops(): Drops {
    return { ...this.#drops, nameless: this.#waiting.dropped };
  }

  reception(speakerId: SpeakerId): SpeakerReception | undefined {
    return this.#speakers.get(speakerId)?.reception();
  }

  /** What became of all packets so far, of everybody together. */
  get packets(): Record<string, number> {
    const { notVoice, notHeard, notAuthentic, nameless } = this.drops;
    const sums = { heard: 0, concealed: 0, undecryptable: 0, corrupt: 0 };
    for (const speaker of this.#speakers.values()) {
      const { packets, concealedFrames, undecryptable, corrupt } = speaker.reception();
      sums.heard += packets;
      sums.concealed += concealedFrames;
      sums.undecryptable += undecryptable;
      sums.corrupt += corrupt;
    }
    return { ...sums, 'not voice': notVoice, 'not heard': notHeard, 'not authentic': notAuthentic, nameless };
  }

  /** A connection to a voice server is being opened. A different server assigns new SSRCs; the same one keeps them. */
  serverOpened(endpoint: string): void {
    if (this.#endpoint !== undefined && this.#endpoint !== endpoint) {
      this.#ssrcs.clear();
      this.#waiting.clear();
      for (const speaker of this.#speakers.values()) speaker.restartStream(this.#options.clock.nowMs());
    }
    this.#endpoint = endpoint;
    this.#recovery.keysChanging();
  }

  /** Reads the datagram at `start` to `end` of the buffer. The receiver owns that memory from now on. */
  readDatagram(buffer: Buffer, start: number, end: number): void {
    const header = parseRtp(buffer, start, end);
    if (!header) {
      this.#drops.notVoice++;
      return;
    }
    const arrivedMs = this.#options.clock.nowMs();
    const speakerId = this.#ssrcs.whose(header.ssrc);
    if (speakerId === undefined) this.#holdNameless({ buffer, header, arrivedMs });
    else this.#receivePacket(speakerId, buffer, header, arrivedMs);
    this.#recoverAndWatch();
  }

  /** Reads a message of the voice gateway. */
  readMessage(message: VoiceMessage): void {
    const news = newsOf(message);
    if (!news) return;
    switch (news.kind) {
      case 'stream named':
        this.#learnSsrc(news.ssrc, news.speakerId);
        break;
      case 'people arrived':
        this.#addPresent(news.speakerIds);
        break;
      case 'person left':
        this.#removePresent(news.speakerId);
        break;
      case 'keys changed':
        this.#keysChanged();
        break;
    }
  }

  /** Ends every stream and the timer. */
  finish(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#holding.clear();
    this.#waiting.clear();
    for (const speaker of this.#speakers.values()) speaker.finish();
  }

  /** Holds a packet until a message names its speaker. When that takes too long, finds out whose key decrypts it. */
  #holdNameless(received: Received): void {
    const { header, arrivedMs } = received;
    this.#waiting.hold(copyOf(received)); // the buffer holds hundreds of datagrams: it must not wait with it
    const oldest = this.#waiting.oldest(header.ssrc);
    if (!oldest || arrivedMs - oldest.arrivedMs < NAMELESS_MS || arrivedMs < this.#namingDueMs) return;
    this.#namingDueMs = arrivedMs + NAMING_PAUSE_MS;
    const { keys } = this.#options.link();
    const frame = keys?.ready ? this.#decryptCopy(oldest) : undefined;
    const nameless = [...this.#present].filter((id) => !this.#ssrcs.isNamed(id) && this.#options.mayHear(id));
    const speakerId = keys && frame && whoseKeyOpens(frame, nameless, keys);
    if (speakerId !== undefined) this.#learnSsrc(header.ssrc, speakerId);
  }

  /** Decrypts a copy: the packet itself is decrypted in place once its speaker is known. */
  #decryptCopy(received: Received): Buffer | undefined {
    const { buffer, header } = copyOf(received);
    return this.#currentCipher()?.decryptPacket(buffer, header);
  }

  #receivePacket(speakerId: SpeakerId, buffer: Buffer, header: RtpHeader, arrivedMs: number): void {
    if (!this.#options.mayHear(speakerId)) {
      this.#drops.notHeard++;
      this.#speakers.get(speakerId)?.ignorePacket(arrivedMs);
      return;
    }
    const payload = this.#currentCipher()?.decryptPacket(buffer, header);
    if (!payload) {
      this.#drops.notAuthentic++;
      return;
    }
    const { sequence, timestamp } = header;
    const speaker = this.#speakerOf(speakerId);
    speaker.receivePacket({ sequence, timestamp, arrivedMs, payload });
    if (speaker.waiting) this.#holding.add(speaker);
  }

  #currentCipher(): TransportCipher | undefined {
    const { secret } = this.#options.link();
    if (secret && this.#transport?.secret !== secret)
      this.#transport = { secret, cipher: new TransportCipher(secret.mode, secret.key, this.#options.native) };
    return this.#transport?.cipher;
  }

  #speakerOf(speakerId: SpeakerId): Speaker {
    const known = this.#speakers.get(speakerId);
    if (known) return known;
    const speaker = new Speaker(
      speakerId,
      this.#options.sampleRateHz,
      this.#decoding,
      () => this.#options.link().keys,
      {
        heard: (stream) => this.#options.heard(stream),
        frameOpened: (id) => this.#recovery.frameOpened(id),
        missed: (id, startMs, endMs) => this.#options.missed(id, startMs, endMs),
        frameSealed: (id) => this.#frameSealed(id),
      },
    );
    this.#speakers.set(speakerId, speaker);
    return speaker;
  }

  #learnSsrc(ssrc: number, speakerId: SpeakerId): void {
    if (!this.#ssrcs.learn(ssrc, speakerId)) return;
    const nowMs = this.#options.clock.nowMs();
    this.#speakers.get(speakerId)?.restartStream(nowMs);
    for (const { buffer, header, arrivedMs } of this.#waiting.claim(ssrc, nowMs))
      this.#receivePacket(speakerId, buffer, header, arrivedMs);
    this.#recoverAndWatch();
  }

  #addPresent(speakerIds: readonly SpeakerId[]): void {
    for (const id of speakerIds) if (this.#present.size < MOST_PEOPLE) this.#present.add(id);
  }

  #removePresent(speakerId: SpeakerId): void {
    this.#present.delete(speakerId);
    this.#ssrcs.forget(speakerId);
    this.#recovery.forgetPerson(speakerId);
  }

  #frameSealed(speakerId: SpeakerId): void {
    const { keys, resuming } = this.#options.link();
    const inGroup = keys?.ready === true;
    if (resuming) this.#recovery.keysChanging();
    else if (this.#recovery.frameFailed(speakerId, inGroup, this.#options.clock.nowMs())) this.#isRecoveryDue = true;
  }

  #keysChanged(): void {
    this.#recovery.keysChanging();
    this.#releaseHeld();
  }

  /** Called after every datagram: recovers the keys if a packet asked for it; starts the timer if packets are held. */
  #recoverAndWatch(): void {
    if (this.#isRecoveryDue) {
      this.#isRecoveryDue = false;
      this.#options.link().keys?.recover();
    }
    if (this.#holding.size > 0) this.#timer ??= setInterval(() => this.#releaseAfterReads(), TICK_MS);
  }

  /** Releases after the packets are read that came while the process was busy: late packets must not count as lost. */
  #releaseAfterReads(): void {
    setImmediate(() => {
      if (this.#timer !== undefined) this.#releaseHeld();
    });
  }

  /** Releases what time or new keys allow. Stops the timer when nothing is held any more. */
  #releaseHeld(): void {
    const nowMs = this.#options.clock.nowMs();
    for (const speaker of this.#holding) {
      speaker.releaseHeld(nowMs);
      if (!speaker.waiting) this.#holding.delete(speaker);
    }
    if (this.#holding.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
