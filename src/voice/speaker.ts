import type { SpeakerId } from '../core/ids.ts';
import type { SpeakerReception } from '../core/ports/voice.ts';
import { conceal, stretched } from './decoding/concealment.ts';
import type { SampleRateHz } from './decoding/decoder.ts';
import type { Decoding, StreamDecoder } from './decoding/decoding.ts';
import { type Keys, type Opened, Opener } from './encryption/frame-opener.ts';
import { FrameQueue } from './frame-queue.ts';
import { type InOrder, JitterBuffer } from './packets/jitter-buffer.ts';
import { durationOf, isNearEmpty, isSilence } from './packets/opus-packet.ts';
import { type Place, Timeline } from './timeline.ts';

const USUAL_MS = 20; // of a packet that does not say how long it is
const WORTH_TELLING_MS = 1_000; // shorter losses are made up for inside the talk spurt
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
  opened(speakerId: SpeakerId): void;
  /** So much of what they said never came, and was too long to be made up for. */
  missed(speakerId: SpeakerId, startMs: number, endMs: number): void;
  sealed(speakerId: SpeakerId): void;
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
  readonly #opener: Opener<Ordered>;
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
    this.#opener = new Opener(speakerId, () => listener.sealed(speakerId));
    this.#decoder = decoding.decoder();
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
  ignore(nowMs: number): void {
    if (this.#isIgnored) return;
    this.#isIgnored = true;
    this.#startAnew(nowMs);
  }

  receive(packet: VoicePacket): void {
    this.#isIgnored = false;
    this.#counts.packets++;
    if (this.#order.passes(packet)) {
      this.#open(packet, 0, packet.arrivedMs);
      return;
    }
    this.#order.push(packet);
    this.#advance(this.#order.take(packet.arrivedMs), packet.arrivedMs);
  }

  /** Time has passed, or there are other keys: releases what need not be held any longer. */
  tick(nowMs: number): void {
    this.#advance(this.#order.take(nowMs), nowMs);
    this.#tell(this.#opener.retry(this.#keys(), nowMs));
  }

  /** Their packets come under another number: numbering, timestamps and the coder's state start anew. */
  restart(nowMs: number): void {
    this.#startAnew(nowMs);
    this.#decoder = this.#decoding.decoder();
  }

  /** They are gone: their stream ends with what is held. */
  finish(): void {
    this.#decoding.settle(); // their first frame may be under way, and their stream with it
    this.#stream?.finish();
  }

  #startAnew(nowMs: number): void {
    this.#advance(this.#order.flush(), nowMs);
    this.#decoding.settle();
    this.#order = new JitterBuffer();
    this.#timeline.restart();
  }

  #flush(): void {
    this.#advance(this.#order.flush(), 0);
    this.#tell(this.#opener.flush(this.#keys()));
    this.#decoding.settle();
  }

  #advance(due: readonly InOrder<VoicePacket>[], nowMs: number): void {
    for (const { packet, missingBefore } of due) this.#open(packet, missingBefore, nowMs);
  }

  #open(packet: VoicePacket, missingBefore: number, nowMs: number): void {
    const keys = this.#keys();
    const opus = this.#opener.passes(packet.payload, keys);
    if (opus) this.#hear(packet, missingBefore, opus);
    else this.#tell(this.#opener.take({ ...packet, missingBefore }, keys, nowMs));
  }

  #tell(opened: readonly Opened<Ordered>[]): void {
    for (const { packet, opus } of opened) this.#hear(packet, packet.missingBefore, opus);
  }

  /** @param opus - `undefined` for what could not be opened */
  #hear(packet: VoicePacket, missingBefore: number, opus: Buffer | undefined): void {
    if (opus) this.#listener.opened(this.#speakerId);
    else this.#counts.undecryptable++;
    if (!opus) this.#decoder.inTurn(() => this.#sound(packet, missingBefore, undefined, undefined));
    else if (isSilence(opus) || isNearEmpty(opus)) this.#decoder.inTurn(() => this.#silence(packet, missingBefore));
    else if (this.#timeline.isFull(packet, durationOf(opus) ?? this.#lastMs)) this.#counts.corrupt++;
    else this.#decoder.decode(opus, (samples) => this.#sound(packet, missingBefore, opus, samples));
  }

  #silence(packet: VoicePacket, missingBefore: number): void {
    this.#silences++;
    this.#timeline.pass(packet, USUAL_MS, missingBefore);
  }

  /**
   * @param opus - `undefined` for what could not be opened: its time passes all the same
   * @param samples - `undefined` when there is nothing to hear in it
   */
  #sound(packet: VoicePacket, missingBefore: number, opus: Buffer | undefined, samples: Int16Array | undefined): void {
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
    if (place.begins) this.#tellMissed(missingBefore * this.#lastMs, place.startMs);
    this.#silences = 0;
    this.#fillHole(place);
    if (samples) {
      this.#put(stretched(samples, place.stretch), place.startMs, opus);
      this.#lastHeardMs = place.startMs + lengthMs;
    } else {
      this.#counts.concealedFrames++;
      this.#put(
        stretched(conceal(this.#last, this.#samplesIn(lengthMs), this.#sampleRateHz), place.stretch),
        place.startMs,
      );
    }
    this.#lastMs = lengthMs;
  }

  #tellMissed(missedMs: number, untilMs: number): void {
    if (missedMs < WORTH_TELLING_MS || this.#silences > MANY_SILENCES) return;
    this.#listener.missed(this.#speakerId, Math.max(untilMs - missedMs, this.#lastHeardMs ?? 0), untilMs);
  }

  #fillHole({ startMs, holeMs, lost }: Place): void {
    if (holeMs === 0) return;
    this.#counts.concealedFrames += lost;
    this.#put(conceal(this.#last, this.#samplesIn(holeMs), this.#sampleRateHz), startMs - holeMs);
  }

  #put(samples: Int16Array, startMs: number, packet?: Buffer): void {
    if (!this.#stream || this.#stream.finished) {
      this.#stream = new FrameQueue(this.#speakerId, () => this.#flush());
      this.#listener.heard(this.#stream);
    }
    const sampleRateHz = this.#sampleRateHz;
    this.#stream.put(packet ? { samples, sampleRateHz, startMs, packet } : { samples, sampleRateHz, startMs });
    this.#last = samples;
  }

  #samplesIn(ms: number): number {
    return Math.round((ms * this.#sampleRateHz) / 1000);
  }
}
