import { randomInt } from 'node:crypto';
import { encodeSpeech, type SpeechCoding, spokenDurationMs } from '../../speech/index.ts';
import type { VoiceClient } from './client.ts';
import { DaveHuman } from './dave/human.ts';
import { type Network, Path, type Traffic } from './network.ts';
import { nowMs, Pacer } from './pacer.ts';
import { Op } from './protocol.ts';
import type { Room } from './room.ts';

const FRAME_MS = 20;
const FRAME_SAMPLES = 960; // RTP timestamps count 48 000 a second, whatever the encoder did
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const PHASE_MS = 5; // people who begin together do not send in the same instant
const PHASES = 4;
const WAITS_FOR_KEYS_MS = 5_000;
const ANNOUNCED_BEFORE_MS = 40; // the Speaking message goes over TCP: sent with the first packet it comes after it
const CLOSING_SILENCES = 5; // what every Discord client sends at a pause, so that decoders fade out

/** What somebody said, on the clock of `Date.now()`. */
export interface Said {
  readonly text: string;
  readonly startedAtMs: number; // when the first packet left
  readonly endedAtMs: number; // when the last sound of it had left
}

/** How a human's client behaves. */
export interface VoiceHabits {
  /** Whether RTP timestamps go on by the wall clock over pauses, as browsers do, or stand still. */
  timestampsOverPauses: 'go on' | 'stand still';
  /** When others are told whose voice it is: before the first packet, some time after it, or never. */
  announces: 'first' | 'never' | { readonly afterMs: number };
  /** Whether packets go out although the keys to hear them are still being made. */
  speaksBeforeKeys: boolean;
  /** What they send in an encrypted call: as they should, plain, or so that nobody can decrypt it. */
  encrypts: 'well' | 'not at all' | 'badly';
  /** By how much their clock is fast (above zero) or slow, in millionths. */
  driftPpm: number;
}

const HABITS: VoiceHabits = {
  timestampsOverPauses: 'go on',
  announces: 'first',
  speaksBeforeKeys: false,
  encrypts: 'well',
  driftPpm: 0,
};

interface Spurt {
  readonly packets: readonly Buffer[];
  readonly closes: boolean; // with the silence frames
  startedAtMs: number;
  readonly done: (startedAtMs: number) => void;
  readonly failed: (error: Error) => void;
}

/** A human in a voice room, with a microphone. Everything they send goes out in real time, one thing after another. */
export class SimulatedVoice {
  readonly userId: string;
  readonly dave: DaveHuman;
  readonly traffic: Traffic = { sent: 0, lost: 0, reordered: 0, duplicated: 0 };
  readonly habits: VoiceHabits;
  /** Instead of the room's. */
  network: Network | undefined;
  readonly #room: Room;
  readonly #pacer: Pacer;
  readonly #paths = new WeakMap<VoiceClient, Path>();
  #ssrc = newSsrc();
  #sequence = randomInt(2 ** 16);
  #timestamp = randomInt(2 ** 32);
  #lastFrameMs: number | undefined;
  #isSpeaking = false;
  #isAnnounced = false;
  #queue: Spurt[] = [];
  #isBusy = false;
  #isGone = false;

  constructor(userId: string, room: Room, pacer: Pacer, habits: Partial<VoiceHabits>) {
    this.userId = userId;
    this.#room = room;
    this.#pacer = pacer;
    this.habits = { ...HABITS, ...habits };
    this.dave = new DaveHuman(userId, room.channelId, room.dave);
  }

  get ssrc(): number {
    return this.#ssrc;
  }

  /** Of the next packet. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Of the last packet. */
  get timestamp(): number {
    return this.#timestamp;
  }

  get isSpeaking(): boolean {
    return this.#isSpeaking;
  }

  /**
   * Says a text in real time and closes with silence frames. Resolves when the last of them has left.
   *
   * @throws when they leave before they are through
   */
  async say(text: string, coding: SpeechCoding = {}): Promise<Said> {
    const packets = encodeSpeech(text, coding);
    const startedAtMs = await this.#speak(packets, true);
    return { text, startedAtMs, endedAtMs: startedAtMs + spokenDurationMs(text) };
  }

  /** The same for ready-made 20 ms Opus packets. Resolves to when the first one left. */
  sayPackets(packets: readonly Buffer[]): Promise<number> {
    return this.#speak(packets, true);
  }

  /** Sends silence frames for a while, as people with a camera do all the time. */
  async sendSilentPackets(durationMs: number): Promise<void> {
    const count = Math.floor(durationMs / FRAME_MS);
    await this.#speak(
      Array.from({ length: count }, () => SILENCE),
      false,
    );
  }

  /** Sends one packet now, as it is: no pacing, no closing silence. */
  sendOpus(packet: Buffer): void {
    if (this.#isGone) return;
    this.#announce();
    this.#send(packet, nowMs());
  }

  /** Their client reconnected: same person, another stream. It is announced with the next packet. */
  changeSsrc(): void {
    this.#ssrc = newSsrc();
    this.#sequence = randomInt(2 ** 16);
    this.#timestamp = randomInt(2 ** 32);
    this.#lastFrameMs = undefined;
    this.#isAnnounced = false;
    if (this.#isSpeaking) this.#announce();
  }

  /** Goes on with other numbers: to see them wrap, or a timestamp jump. */
  renumber({ sequence, timestamp }: { readonly sequence?: number; readonly timestamp?: number }): void {
    this.#sequence = sequence ?? this.#sequence;
    if (timestamp === undefined) return;
    this.#timestamp = timestamp;
    this.#lastFrameMs = undefined;
  }

  /** Leaves the room; what they were saying is cut off. */
  leave(): void {
    this.silence();
    this.#room.dismiss(this);
  }

  // -------------------------------------------------------------------------------------------- for the room

  silence(): void {
    this.#isGone = true;
    const cut = new Error(`${this.userId} left before they were through`);
    for (const spurt of this.#queue.splice(0)) spurt.failed(cut);
  }

  /** Tells a client that comes later whose voice this is. */
  introduce(client: VoiceClient): void {
    if (this.#isAnnounced) client.json(Op.speaking, this.#speakingMessage(this.#isSpeaking));
  }

  pathTo(client: VoiceClient): Path {
    const known = this.#paths.get(client);
    if (known !== undefined) return known;
    const path = new Path();
    this.#paths.set(client, path);
    return path;
  }

  #speak(packets: readonly Buffer[], closes: boolean): Promise<number> {
    if (this.#isGone) return Promise.reject(new Error(`${this.userId} is not in the room`));
    return new Promise((done, failed) => {
      this.#queue.push({ packets, closes, startedAtMs: 0, done, failed });
      this.#begin();
    });
  }

  #begin(): void {
    const spurt = this.#queue[0];
    if (this.#isBusy || spurt === undefined) return;
    this.#isBusy = true;
    if (this.#mayStart()) this.#start(spurt);
    else this.#startWithKeys(spurt);
  }

  /** Waits for the keys, as clients do; not for ever, as somebody's keys may never come. */
  #startWithKeys(spurt: Spurt): void {
    let isStarted = false;
    const start = () => {
      if (!isStarted) this.#start(spurt);
      isStarted = true;
    };
    void this.#room.settled().then(start);
    this.#pacer.at(nowMs() + WAITS_FOR_KEYS_MS, start);
  }

  #mayStart(): boolean {
    return this.habits.speaksBeforeKeys || this.dave.canSpeak || this.#room.dave.isSettled;
  }

  #start(spurt: Spurt): void {
    if (this.#isGone) return;
    this.#announce();
    const firstMs = Pacer.align(nowMs() + ANNOUNCED_BEFORE_MS + (this.#ssrc % PHASES) * PHASE_MS);
    const all = spurt.closes
      ? [...spurt.packets, ...Array.from({ length: CLOSING_SILENCES }, () => SILENCE)]
      : spurt.packets;
    const frameMs = FRAME_MS / (1 + this.habits.driftPpm / 1e6);
    let frame = 0;
    const next = () => {
      if (this.#isGone) return;
      const packet = all[frame];
      if (packet === undefined) {
        this.#end(spurt);
        return;
      }
      if (frame === 0) {
        spurt.startedAtMs = nowMs();
        this.#announce(); // once more, as the SSRC may have changed since
      }
      this.#send(packet, firstMs + frame * frameMs);
      frame++;
      this.#pacer.at(firstMs + frame * frameMs, next);
    };
    this.#pacer.at(firstMs, next);
  }

  #end(spurt: Spurt): void {
    this.#isBusy = false;
    this.#queue.shift();
    if (this.#queue.length === 0) this.#quieten();
    spurt.done(spurt.startedAtMs);
    this.#begin();
  }

  /** Op 5 before the first packet of a spurt, unless it is their habit to be late. */
  #announce(): void {
    if (this.#isSpeaking && this.#isAnnounced) return;
    this.#isSpeaking = true;
    const { announces } = this.habits;
    if (announces === 'never') return;
    const tell = () => {
      if (this.#isGone) return;
      this.#isAnnounced = true;
      this.#room.broadcast(Op.speaking, this.#speakingMessage(true));
    };
    if (announces === 'first' || this.#isAnnounced) tell();
    else this.#pacer.at(nowMs() + announces.afterMs, tell);
  }

  #quieten(): void {
    this.#isSpeaking = false;
    if (this.#isAnnounced) this.#room.broadcast(Op.speaking, this.#speakingMessage(false));
  }

  #speakingMessage(isSpeaking: boolean) {
    return { user_id: this.userId, ssrc: this.#ssrc, speaking: isSpeaking ? 1 : 0, delay: 0 };
  }

  #send(packet: Buffer, atMs: number): void {
    const header = { sequence: this.#sequence, timestamp: this.#timestampAt(atMs), ssrc: this.#ssrc };
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#room.deliver(this, header, this.#protect(packet));
  }

  #protect(packet: Buffer): Buffer {
    if (this.habits.encrypts === 'not at all') return packet;
    const frame = this.dave.protect(packet);
    const isSealed = frame.length > packet.length; // silence frames pass as they are
    if (this.habits.encrypts === 'badly' && isSealed) frame.writeUInt8(frame.readUInt8(0) ^ 0xff, 0);
    return frame;
  }

  #timestampAt(atMs: number): number {
    if (this.#lastFrameMs !== undefined) {
      const frames = Math.max(1, Math.round((atMs - this.#lastFrameMs) / FRAME_MS));
      const isPause = frames > 1 && this.habits.timestampsOverPauses === 'stand still';
      this.#timestamp = (this.#timestamp + (isPause ? 1 : frames) * FRAME_SAMPLES) >>> 0;
    }
    this.#lastFrameMs = atMs;
    return this.#timestamp;
  }
}

function newSsrc(): number {
  return randomInt(1, 2 ** 32 - 1);
}
