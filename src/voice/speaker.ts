import type { SpeakerId } from '../core/ids.ts';
import type { SpeakerReception } from '../core/ports/voice.ts';
import type { SampleRateHz } from './decoding/decoder.ts';
import type { Decoding, StreamDecoder } from './decoding/decoding.ts';
import { FrameOpener, type Keys, type Opened } from './encryption/frame-opener.ts';
import type { FrameQueue } from './frame-queue.ts';
import { type InOrder, JitterBuffer } from './packets/jitter-buffer.ts';
import { durationOf, isNearEmpty, isSilence } from './packets/opus-packet.ts';
import type { Sound } from './passing-on/passing-on.ts';
import { Rest } from './rest.ts';
import { StreamWriter } from './stream-writer.ts';
import { Timeline } from './timeline.ts';

const USUAL_MS = 20; // length of a packet that does not state one
const WORTH_REPORTING_MS = 1_000; // shorter losses are concealed within the talk spurt
const MANY_SILENCES = 10; // five end a talk spurt; with video they never end, so lost packets may be silence

/** A packet of a known person, after transport decryption. */
export interface VoicePacket {
  readonly sequence: number;
  readonly timestamp: number;
  readonly arrivedMs: number;
  readonly payload: Buffer;
}

interface Ordered extends VoicePacket {
  readonly missingBefore: number;
}

/** Learns from a speaker what concerns the whole room. */
export interface SpeakerListener {
  /** The person is heard: for the first time, or again after their stream was finished. */
  heard(stream: FrameQueue): void;
  /** One of the person's frames was decrypted. */
  frameOpened(speakerId: SpeakerId): void;
  /** One of the person's frames could not be decrypted yet. */
  frameSealed(speakerId: SpeakerId): void;
  /** A stretch of the person's speech was lost, and is too long to conceal. */
  missed(speakerId: SpeakerId, startMs: number, endMs: number): void;
}

/**
 * One person in the room: turns packets in any order into a stream of audio without holes.
 *
 * packets -> put in order -> decrypted end to end -> decoded -> placed on the timeline
 */
export class Speaker {
  readonly #speakerId: SpeakerId;
  readonly #sampleRateHz: SampleRateHz;
  readonly #decoding: Decoding<Sound>;
  readonly #keys: () => Keys | undefined;
  readonly #listener: SpeakerListener;
  readonly #timeline: Timeline;
  readonly #opener: FrameOpener<Ordered>;
  readonly #writer: StreamWriter;
  #order = new JitterBuffer<VoicePacket>();
  #decoder: StreamDecoder<Sound>;
  #lastMs = USUAL_MS;
  #counts = { packets: 0, concealedFrames: 0, undecryptable: 0, corrupt: 0 };
  #lastHeardMs: number | undefined;
  readonly #rest = new Rest();
  #isIgnored = false;

  /** @param keys - the call's current keys; `undefined` until the voice server has said whether there are any */
  constructor(
    speakerId: SpeakerId,
    sampleRateHz: SampleRateHz,
    decoding: Decoding<Sound>,
    keys: () => Keys | undefined,
    listener: SpeakerListener,
  ) {
    this.#speakerId = speakerId;
    this.#sampleRateHz = sampleRateHz;
    this.#decoding = decoding;
    this.#keys = keys;
    this.#listener = listener;
    this.#timeline = new Timeline(sampleRateHz);
    this.#opener = new FrameOpener(speakerId, () => listener.frameSealed(speakerId));
    this.#writer = new StreamWriter({
      ...{ speakerId, sampleRateHz },
      begun: (stream) => listener.heard(stream),
      flush: () => this.#flushHeld(),
      isResting: () => this.isResting,
    });
    this.#decoder = decoding.createDecoder();
  }

  /** Whether packets are held that only time can release: call `releaseHeld`. */
  get waiting(): boolean {
    return this.#order.waiting || this.#opener.waiting;
  }

  /** Whether the person has stopped on purpose, as their client says, and nothing of theirs is on its way. */
  get isResting(): boolean {
    return this.#rest.hasBegun && !this.waiting;
  }

  reception(): SpeakerReception {
    const heard = this.#lastHeardMs === undefined ? {} : { lastHeardMs: this.#lastHeardMs };
    return { ...this.#counts, ...heard, encryption: this.#opener.encryption };
  }

  /** A packet of this person was ignored on purpose: packets that are missing from now on do not count as lost. */
  ignorePacket(nowMs: number): void {
    if (this.#isIgnored) return;
    this.#isIgnored = true;
    this.#resetOrder(nowMs);
  }

  receivePacket(packet: VoicePacket): void {
    this.#isIgnored = false;
    this.#counts.packets++;
    if (this.#order.passes(packet)) {
      this.#openPacket(packet, 0, packet.arrivedMs);
      return;
    }
    this.#order.push(packet);
    this.#openDue(this.#order.take(packet.arrivedMs), packet.arrivedMs);
  }

  /** Releases what time or new keys allow. */
  releaseHeld(nowMs: number): void {
    this.#openDue(this.#order.take(nowMs), nowMs);
    this.#decodeOpened(this.#opener.retryHeld(this.#keys(), nowMs));
  }

  /** The person's packets come under a new SSRC: numbers, timestamps and the decoder's state start over. */
  restartStream(nowMs: number): void {
    this.#resetOrder(nowMs);
    this.#decoder = this.#decoding.createDecoder();
  }

  /** The person is gone: their stream ends with what is held. */
  finish(): void {
    this.#decoding.settle(); // the first frame may still be decoding, and it opens the stream
    this.#writer.finish();
  }

  #resetOrder(nowMs: number): void {
    this.#openDue(this.#order.flush(), nowMs);
    this.#decoding.settle();
    this.#order = new JitterBuffer();
    this.#timeline.restart();
  }

  #flushHeld(): void {
    this.#openDue(this.#order.flush(), 0);
    this.#decodeOpened(this.#opener.flushHeld(this.#keys()));
    this.#decoding.settle();
  }

  #openDue(due: readonly InOrder<VoicePacket>[], nowMs: number): void {
    for (const { packet, missingBefore } of due) this.#openPacket(packet, missingBefore, nowMs);
  }

  #openPacket(packet: VoicePacket, missingBefore: number, nowMs: number): void {
    const keys = this.#keys();
    const opus = this.#opener.openAtOnce(packet.payload, keys);
    if (opus) this.#decodePacket(packet, missingBefore, opus);
    else this.#decodeOpened(this.#opener.openFrame({ ...packet, missingBefore }, keys, nowMs));
  }

  #decodeOpened(opened: readonly Opened<Ordered>[]): void {
    for (const { packet, opus } of opened) this.#decodePacket(packet, packet.missingBefore, opus);
  }

  /** @param opus - `undefined` when the packet could not be decrypted */
  #decodePacket(packet: VoicePacket, missingBefore: number, opus: Buffer | undefined): void {
    if (opus) this.#listener.frameOpened(this.#speakerId);
    else this.#counts.undecryptable++;
    if (!opus) this.#decoder.inTurn(() => this.#placeSound(packet, missingBefore, undefined, undefined));
    else if (isSilence(opus) || isNearEmpty(opus)) {
      this.#decoder.inTurn(() => this.#passSilence(packet, missingBefore, isSilence(opus)));
    } else if (this.#timeline.isFull(packet, durationOf(opus) ?? this.#lastMs)) this.#counts.corrupt++;
    else {
      this.#rest.beginSound();
      this.#decoder.decode(opus, (sound) => {
        this.#rest.endSound();
        this.#placeSound(packet, missingBefore, opus, sound);
      });
    }
  }

  #passSilence(packet: VoicePacket, missingBefore: number, isAnnounced: boolean): void {
    this.#rest.passSilence(isAnnounced);
    this.#timeline.pass(packet, USUAL_MS, missingBefore);
  }

  /**
   * @param opus - `undefined` when the packet could not be decrypted: its time passes all the same
   * @param sound - `undefined` when the packet is corrupt
   */
  #placeSound(packet: VoicePacket, missingBefore: number, opus: Buffer | undefined, sound: Sound | undefined): void {
    this.#rest.interrupt(false);
    if (opus && !sound) this.#counts.corrupt++;
    const lengthMs = sound ? (sound.length * 1000) / this.#sampleRateHz : ((opus && durationOf(opus)) ?? this.#lastMs);
    if (!sound && !this.#timeline.speaking) {
      this.#timeline.pass(packet, lengthMs, missingBefore); // nobody is speaking, so there is no hole to fill
      return;
    }
    const place = this.#timeline.place(packet, lengthMs, missingBefore);
    if (!place) {
      if (sound) this.#counts.corrupt++; // a packet without sound was counted before
      return;
    }
    if (place.begins) this.#reportMissed(missingBefore * this.#lastMs, place.startMs);
    this.#rest.interrupt(true);
    if (place.holeMs !== 0) {
      this.#counts.concealedFrames += place.lost;
      this.#writer.fillHole(place);
    }
    if (sound && opus) {
      this.#writer.writeSound(sound, place, opus);
      this.#lastHeardMs = place.startMs + lengthMs;
    } else {
      this.#counts.concealedFrames++;
      this.#writer.concealPacket(lengthMs, place);
    }
    this.#lastMs = lengthMs;
  }

  #reportMissed(missedMs: number, untilMs: number): void {
    if (missedMs < WORTH_REPORTING_MS || this.#rest.silences > MANY_SILENCES) return;
    this.#listener.missed(this.#speakerId, Math.max(untilMs - missedMs, this.#lastHeardMs ?? 0), untilMs);
  }
}
