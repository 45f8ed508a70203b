import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  makeCertificate,
  type Room,
  type SimulatedVoice,
  startVoiceServer,
  type VoiceServer,
} from '../../../test/simulators/discord/voice/index.ts';
import { type Coding, type Recording, STRIDE } from '../speech.ts';
import { serve } from './serve.ts';

/** The address of the people for the contestants: the same for all, except for the bot's user id. */
export interface Call {
  readonly endpoint: string;
  readonly certificate: string; // PEM
  readonly creditPort: number;
  readonly rooms: readonly {
    readonly guildId: string;
    readonly channelId: string;
    readonly speakers: readonly string[];
  }[];
}

export interface Talkers {
  readonly speakers: number;
  readonly bots: readonly string[]; // user ids of the bots that may join
  readonly recordings: Readonly<Record<Coding, Recording>>;
}

export interface Talk {
  readonly bot: string; // user id of the contestant that hears the talk
  readonly coding: Coding;
  readonly frames: number; // of each speaker
  readonly beginWithinFrames?: number; // people begin one after another within this time; missing: all at once
  readonly only?: number; // only the first so many people; missing: everybody
}

export type TalkersCalls = {
  readonly open: (talkers: Talkers) => Promise<Call>;
  /** Resolves when everybody in the rooms has the keys to hear each other. */
  readonly settled: (input: undefined) => Promise<void>;
  /** Creates the packets with both encryptions. Returns their number. */
  readonly prepare: (talk: Talk) => number;
  /**
   * Sends the packets as fast as the contestant accepts them. Returns how often it had to continue without an answer:
   * zero unless packets are lost.
   */
  readonly rush: (input: undefined) => Promise<number>;
  /** Sends the packets in real time. Returns when each speaker's first packet left, in ms since the epoch. */
  readonly speak: (input: undefined) => Promise<readonly number[]>;
};

const CHANNEL = '82000000000000002';
const EXTENSION = Buffer.from([0x10, 0xff, 0x90, 0x00]); // the audio level that Discord sends with each packet
const FRAME_MS = 20;
const FRAME_SAMPLES = 960;
const PEOPLE_PER_ROOM = 50; // a voice channel holds at most 99
const WINDOW = 128; // the most packets under way, fewer than fit into a socket's buffer
const NUDGE_MS = 2_000; // longer than any stall of a busy machine
const SPEECH_BYTES = 110; // smaller packets are pauses: at 64 kbit/s a packet of speech has 160 on average
const SPEECH_PACKETS = 12;
const PHASES = 4; // people send at different times within a frame

class Talker {
  readonly #human: SimulatedVoice;
  readonly #room: Room;
  readonly #at = new Map<string, { sequence: number; timestamp: number; packet: number }>();

  constructor(human: SimulatedVoice, room: Room) {
    this.#human = human;
    this.#room = room;
  }

  /** This person's next packet for one contestant. */
  packet(bot: string, recording: readonly Buffer[], start: number): Buffer {
    const at = this.#at.get(bot) ?? { sequence: this.#human.sequence, timestamp: this.#human.timestamp, packet: start };
    this.#at.set(bot, at);
    at.sequence = (at.sequence + 1) & 0xffff;
    at.timestamp = (at.timestamp + FRAME_SAMPLES) >>> 0;
    at.packet = (at.packet + 1) % recording.length;
    const { transport } = this.#client(bot);
    const opus = recording[at.packet];
    if (transport === undefined || opus === undefined) throw new Error('Cannot talk: the contestant is not ready');
    const header = { sequence: at.sequence, timestamp: at.timestamp, ssrc: this.#human.ssrc };
    return transport.seal(header, EXTENSION, this.#human.dave.protect(opus));
  }

  /** Sends a first packet, so that the server announces whose stream this is. */
  introduce(silence: Buffer): void {
    this.#human.sendOpus(silence);
  }

  address(bot: string) {
    const { address } = this.#client(bot);
    if (address === undefined) throw new Error('Cannot talk: the contestant has no address');
    return address;
  }

  #client(bot: string) {
    const client = this.#room.clients.get(bot);
    if (client === undefined) throw new Error(`Cannot talk: ${bot} is not in the room`);
    return client;
  }
}

/** Packets by frame, then by speaker. `undefined` for people who have not begun. */
type Packets = (Buffer | undefined)[][];

const credit = createSocket('udp4');
let handled = 0; // packets, as reported by the contestant
const recordings = new Map<Coding, readonly Buffer[]>();
const rooms: Room[] = [];
const talkers: Talker[] = [];
let server: VoiceServer | undefined;
let prepared: { readonly bot: string; readonly packets: Packets } = { bot: '', packets: [] };

serve({
  async open({ speakers, bots, recordings: { mono, stereo } }) {
    const certificate = await makeCertificate();
    process.once('exit', () => void certificate[Symbol.asyncDispose]());
    const voice = await startVoiceServer({ certificate, dave: { commitTimeoutMs: 60_000, readyTimeoutMs: 20_000 } });
    server = voice;
    recordings.set('mono', mono.map(asBuffer));
    recordings.set('stereo', stereo.map(asBuffer));
    credit.on('message', (message) => {
      handled = message.readUInt32LE(0);
    });
    credit.bind(0, '127.0.0.1');
    await once(credit, 'listening');
    const described: Call['rooms'][number][] = [];
    for (let first = 0; first < speakers; first += PEOPLE_PER_ROOM) {
      const guildId = String(81_000_000_000_000_000n + BigInt(first));
      const room = voice.room(guildId, CHANNEL);
      rooms.push(room);
      const ids: string[] = [];
      for (let i = first; i < Math.min(speakers, first + PEOPLE_PER_ROOM); i++) {
        const id = String(84_000_000_000_000_000n + BigInt(i));
        ids.push(id);
        talkers.push(new Talker(room.addHuman(id, { speaksBeforeKeys: true }), room));
      }
      for (const userId of bots) {
        voice.allow({ guildId, channelId: CHANNEL, userId, sessionId: `session of ${userId}`, token: 'token' });
      }
      described.push({ guildId, channelId: CHANNEL, speakers: ids });
    }
    return {
      endpoint: voice.endpoint,
      certificate: voice.certificate.cert,
      creditPort: credit.address().port,
      rooms: described,
    };
  },
  async settled() {
    await Promise.all(rooms.map((room) => room.settled()));
    const silence = Buffer.from([0xf8, 0xff, 0xfe]);
    for (const talker of talkers) talker.introduce(silence);
  },
  prepare({ bot, coding, frames, beginWithinFrames = 0, only = talkers.length }) {
    const recording = recordings.get(coding) ?? [];
    const starts = talkers.map((_, i) => speechFrom(recording, i * STRIDE));
    const packets: Packets = [];
    for (let frame = 0; frame < frames; frame++) {
      const speaking = (who: number) => who < only && frame >= Math.floor((beginWithinFrames * who) / talkers.length);
      packets.push(
        talkers.map((talker, i) => (speaking(i) ? talker.packet(bot, recording, starts[i] ?? 0) : undefined)),
      );
    }
    prepared = { bot, packets };
    return packets.flat().filter((packet) => packet !== undefined).length;
  },
  async rush() {
    const { bot, packets } = prepared;
    let sent = 0;
    let nudges = 0;
    handled = 0;
    for (const frame of packets) {
      for (const [who, packet] of frame.entries()) {
        while (sent - handled >= WINDOW) {
          const limit = AbortSignal.timeout(NUDGE_MS);
          await once(credit, 'message', { signal: limit }).catch(() => {
            nudges += 1;
            handled = sent; // some packets are lost, so stop waiting for them
          });
        }
        if (packet === undefined) continue;
        send(bot, who, packet);
        sent += 1;
      }
    }
    prepared = { bot, packets: [] };
    return nudges;
  },
  async speak() {
    const { bot, packets } = prepared;
    const startMs = performance.now() + FRAME_MS;
    const began = talkers.map((_, who) => {
      const first = packets.findIndex((frame) => frame[who] !== undefined);
      return performance.timeOrigin + startMs + first * FRAME_MS + (who % PHASES) * (FRAME_MS / PHASES);
    });
    for (const [i, frame] of packets.entries()) {
      for (let phase = 0; phase < PHASES; phase++) {
        const dueMs = startMs + i * FRAME_MS + (phase * FRAME_MS) / PHASES;
        const earlyMs = dueMs - performance.now();
        if (earlyMs > 0) await delay(earlyMs);
        for (let who = phase; who < frame.length; who += PHASES) {
          const packet = frame[who];
          if (packet !== undefined) send(bot, who, packet);
        }
      }
    }
    prepared = { bot, packets: [] };
    return began;
  },
} satisfies TalkersCalls);

function send(bot: string, who: number, packet: Buffer): void {
  const address = talkers[who]?.address(bot);
  if (address !== undefined) server?.sendDatagram(packet, address);
}

/** The next place in the recording with speech, which takes more bytes than pauses. */
function speechFrom(recording: readonly Buffer[], from: number): number {
  for (let at = from; at < from + recording.length; at++) {
    const next = Array.from({ length: SPEECH_PACKETS }, (_, i) => recording[(at + i) % recording.length]);
    if (next.every((packet) => packet !== undefined && packet.length >= SPEECH_BYTES)) return at % recording.length;
  }
  return from % recording.length;
}

function asBuffer(packet: Uint8Array): Buffer {
  return Buffer.from(packet);
}
