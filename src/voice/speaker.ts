import type { SpeakerId } from '../core/ids.ts';
import type { SpeakerReception } from '../core/ports/voice.ts';
import { conceal, stretched } from './decoding/concealment.ts';
import type { SampleRateHz } from './decoding/decoder.ts';
import type { Decoding, StreamDecoder } from './decoding/decoding.ts';
import { FrameOpener, type Keys, type Opened } from './encryption/frame-opener.ts';
import { FrameQueue } from './frame-queue.ts';
import { type InOrder, JitterBuffer } from './packets/jitter-buffer.ts';
import { durationOf, isNearEmpty, isSilence } from './packets/opus-packet.ts';
import { type Place, Timeline } from './timeline.ts';

const USUAL_MS = 20; // of a packet that does not say how long it is
const WORTH_REPORTING_MS = 1_000; // shorter losses are made up for inside the talk spurt
const MANY_SILENCES = 10; // five end a talk spurt; who sends on and on, as video users do, may have lost only more of them

/** A packet of known origin, out of the encryption between the voice server and us. */
export interface VoicePacket {
  readonly sequence: number;
  readonly timestamp: number;
  readonly arrivedMs: number;
  readonly payload: Buffer;
}

interface Ordered extends VoicePacket {
  readonly missingBefore: number;
}

/** What happens to a speaker that concerns the room. */
export interface SpeakerListener {
  /** They are heard: for the first time, or again after their stream was finished. */
  heard(stream: FrameQueue): void;
  /** A frame of theirs could be opened, or not. */
  frameOpened(speakerId: SpeakerId): void;
  /** So much of what they said never came, and was too long to be made up for. */
  missed(speakerId: SpeakerId, startMs: number, endMs: number): void;
  frameSealed(speakerId: SpeakerId): void;
}

/**
 * One person in the room: from packets in whatever order to a stream of audio without holes.
 *
 * packets -> in order -> out of the end-to-end encryption -> decoded -> in their place on the timeline
 */
export class Speaker {
  readonly #speakerId: SpeakerId;
  readonly #sampleRateHz: SampleRateHz;
  readonly #decoding: Decoding;
  readonly #keys: () => Keys | undefined;
  readonly #listener: SpeakerListener;
  readonly #timeline: Timeline;
  readonly #opener: FrameOpener<Ordered>;
  #order = new JitterBuffer<VoicePacket>();
  #decoder: StreamDecoder;
  #stream: FrameQueue | undefined;
  #last: Int16Array | undefined; // the samples told last, into which a loss fades
  #lastMs = USUAL_MS;
  #counts = { packets: 0, concealedFrames: 0, undecryptable: 0, corrupt: 0 };
  #lastHeardMs: number | undefined;
  #silences = 0; // in a row
  #isIgnored = false;

  /** @param keys - those of the call at present; `undefined` before it is known whether there are any */
  constructor(
    speakerId: SpeakerId,
    sampleRateHz: SampleRateHz,
    decoding: Decoding,
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
    this.#decoder = decoding.createDecoder();
  }

  /** Whether packets are held that only time can release: call `tick`. */
  get waiting(): boolean {
    return this.#order.waiting || this.#opener.waiting;
  }

  reception(): SpeakerReception {
    const heard = this.#lastHeardMs === undefined ? {} : { lastHeardMs: this.#lastHeardMs };
    return { ...this.#counts, ...heard, encryption: this.#opener.encryption };
  }

  /** A packet of theirs was not listened to, on purpose: what is missing from now on is not lost. */
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

  /** Time has passed, or there are other keys: releases what need not be held any longer. */
  releaseHeld(nowMs: number): void {
    this.#openDue(this.#order.take(nowMs), nowMs);
    this.#decodeOpened(this.#opener.retryHeld(this.#keys(), nowMs));
  }

  /** Their packets come under another number: numbering, timestamps and the coder's state start anew. */
  restartStream(nowMs: number): void {
    this.#resetOrder(nowMs);
    this.#decoder = this.#decoding.createDecoder();
  }

  /** They are gone: their stream ends with what is held. */
  finish(): void {
    this.#decoding.settle(); // their first frame may be under way, and their stream with it
    this.#stream?.finish();
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

  /** @param opus - `undefined` for what could not be opened */
  #decodePacket(packet: VoicePacket, missingBefore: number, opus: Buffer | undefined): void {
    if (opus) this.#listener.frameOpened(this.#speakerId);
    else this.#counts.undecryptable++;
    if (!opus) this.#decoder.inTurn(() => this.#placeSound(packet, missingBefore, undefined, undefined));
    else if (isSilence(opus) || isNearEmpty(opus)) this.#decoder.inTurn(() => this.#passSilence(packet, missingBefore));
    else if (this.#timeline.isFull(packet, durationOf(opus) ?? this.#lastMs)) this.#counts.corrupt++;
    else this.#decoder.decode(opus, (samples) => this.#placeSound(packet, missingBefore, opus, samples));
  }

  #passSilence(packet: VoicePacket, missingBefore: number): void {
    this.#silences++;
    this.#timeline.pass(packet, USUAL_MS, missingBefore);
  }

  /**
   * @param opus - `undefined` for what could not be opened: its time passes all the same
   * @param samples - `undefined` when there is nothing to hear in it
   */
  #placeSound(
    packet: VoicePacket,
    missingBefore: number,
    opus: Buffer | undefined,
    samples: Int16Array | undefined,
  ): void {
    if (opus && !samples) this.#counts.corrupt++;
    const lengthMs = samples
      ? (samples.length * 1000) / this.#sampleRateHz
      : ((opus && durationOf(opus)) ?? this.#lastMs);
    if (!samples && !this.#timeline.speaking) {
      this.#timeline.pass(packet, lengthMs, missingBefore); // nothing is being said that a hole could be in
      return;
    }
    const place = this.#timeline.place(packet, lengthMs, missingBefore);
    if (!place) {
      if (samples) this.#counts.corrupt++; // else it is counted by now
      return;
    }
    if (place.begins) this.#reportMissed(missingBefore * this.#lastMs, place.startMs);
    this.#silences = 0;
    this.#fillHole(place);
    if (samples) {
      this.#writeFrame(stretched(samples, place.stretch), place.startMs, opus);
      this.#lastHeardMs = place.startMs + lengthMs;
    } else {
      this.#counts.concealedFrames++;
      this.#writeFrame(
        stretched(conceal(this.#last, this.#samplesIn(lengthMs), this.#sampleRateHz), place.stretch),
        place.startMs,
      );
    }
    this.#lastMs = lengthMs;
  }

  #reportMissed(missedMs: number, untilMs: number): void {
    if (missedMs < WORTH_REPORTING_MS || this.#silences > MANY_SILENCES) return;
    this.#listener.missed(this.#speakerId, Math.max(untilMs - missedMs, this.#lastHeardMs ?? 0), untilMs);
  }

  #fillHole({ startMs, holeMs, lost }: Place): void {
    if (holeMs === 0) return;
    this.#counts.concealedFrames += lost;
    this.#writeFrame(conceal(this.#last, this.#samplesIn(holeMs), this.#sampleRateHz), startMs - holeMs);
  }

  #writeFrame(samples: Int16Array, startMs: number, packet?: Buffer): void {
    if (!this.#stream || this.#stream.finished) {
      this.#stream = new FrameQueue(this.#speakerId, () => this.#flushHeld());
      this.#listener.heard(this.#stream);
    }
    const sampleRateHz = this.#sampleRateHz;
    this.#stream.writeFrame(packet ? { samples, sampleRateHz, startMs, packet } : { samples, sampleRateHz, startMs });
    this.#last = samples;
  }

  #samplesIn(ms: number): number {
    return Math.round((ms * this.#sampleRateHz) / 1000);
  }
}
