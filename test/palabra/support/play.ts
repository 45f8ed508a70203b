import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { PauseLength } from '../../../src/core/settings.ts';
import { DEFAULT_LIMITS } from '../../../src/palabra/limits.ts';
import { pcmPacking } from '../../../src/palabra/packing/pcm-packing.ts';
import { Sending } from '../../../src/palabra/sending.ts';
import { Carrier } from '../../../src/palabra/sockets/carrier.ts';
import { openSocket } from '../../../src/palabra/sockets/socket.ts';
import { ChunkStore } from '../../../src/palabra/tape/chunks.ts';
import { Recorder } from '../../../src/palabra/tape/recorder.ts';
import { Tape } from '../../../src/palabra/tape/tape.ts';

const RATE = 16_000;
const FRAME_MS = 20;
const TICK_MS = 40;
const RECOGNISER_MS = 600; // of silence end a sentence
const LEVELS_DB = { speech: -25, noise: -57, silence: -120 } as const;
const SPEECH = 500; // of 32,768: no sample of the noise is as loud

/**
 * What comes from somebody's client for some time: sound of a kind; no packets, after frames of silence (`rests`), or
 * without a word (`nothing`); or packets of speech that all arrive at the end of that time (`stalls`).
 */
export type Scene = readonly [what: keyof typeof LEVELS_DB | 'rests' | 'nothing' | 'stalls', ms: number];

/** What the recogniser had after a tick. */
interface Moment {
  readonly nowMs: number;
  readonly sentMs: number;
  readonly closingMs: number; // silence after the last speech
}

export interface Played {
  readonly moments: readonly Moment[];
  /** Between two stretches of speech, how long the recogniser heard none. */
  readonly pausesMs: readonly number[];
  readonly speechMs: number; // that it heard
  /** Where each stretch of speech began, by its own times and on the meeting's clock. */
  readonly begun: readonly { readonly streamMs: number; readonly placedMs: number | undefined }[];
}

/** Plays what a client sends in a time of its own, and listens to what goes over the socket. */
export async function play(
  scenes: readonly Scene[],
  { pause = 'normal', closingLead = true }: { pause?: PauseLength; closingLead?: boolean } = {},
): Promise<Played> {
  await using line = await connect();
  let nowMs = 0;
  let isResting = false;
  const tape = new Tape(RATE, new ChunkStore(RATE, 10_000_000));
  const recorder = new Recorder(tape, DEFAULT_LIMITS, { beganAt: new Date(0), nowMs: () => nowMs });
  const carrier = new Carrier(line.socket, tape, pcmPacking, 0, DEFAULT_LIMITS, 0);
  const sending = new Sending({
    ...{ tape, recorder },
    pending: {
      unsafeFrom: undefined,
      get sinceMs() {
        return carrier.silenceSince(tape.loudEnd) < tape.samplesIn(RECOGNISER_MS) ? 0 : undefined; // its final has come
      },
    },
    shared: { pool: { crowd: 0 }, finalize: false, watchedChunkMs: 160, closingLead, limits: DEFAULT_LIMITS },
    ...{ isResting: () => isResting, isOthersTurn: () => false },
  });
  sending.pause = pause;
  const sent: { readonly nowMs: number; readonly samples: number }[] = [];
  const record = (what: keyof typeof LEVELS_DB, endMs: number) => {
    const frame = { samples: sound(LEVELS_DB[what]), sampleRateHz: RATE, startMs: endMs - FRAME_MS };
    recorder.recordFrame(frame, carrier.next);
    if (sending.isDue(carrier)) sending.carryAudio(carrier, nowMs, false);
  };
  for (const [what, ms] of scenes) {
    isResting = what === 'rests';
    const beganMs = nowMs;
    while (nowMs < beganMs + ms) {
      nowMs += FRAME_MS;
      if (what === 'stalls' && nowMs === beganMs + ms)
        for (let at = beganMs; at < nowMs; at += FRAME_MS) record('speech', at + FRAME_MS);
      else if (what in LEVELS_DB) record(what as keyof typeof LEVELS_DB, nowMs); // `in` has said so
      if (nowMs % TICK_MS > 0) continue;
      recorder.fillSilence(nowMs);
      sending.carryAudio(carrier, nowMs, true);
      sent.push({ nowMs, samples: carrier.sentSamples });
    }
  }
  const heard = await line.received(carrier.sentSamples);
  const speech = stretchesOf(heard);
  return {
    moments: sent.map(({ nowMs, samples }) => ({
      nowMs,
      sentMs: tape.msIn(samples),
      closingMs: tape.msIn(samples - Math.min(samples, speech.findLast(({ from }) => from < samples)?.to ?? samples)),
    })),
    pausesMs: speech.slice(1).map(({ from }, i) => Math.round(tape.msIn(from - (speech[i]?.to ?? 0)))),
    speechMs: Math.round(speech.reduce((sum, { from, to }) => sum + tape.msIn(to - from), 0)),
    begun: speech.map(({ from }) => {
      const at = carrier.placeTime(tape.msIn(from), 'start', nowMs);
      return { streamMs: tape.msIn(from), placedMs: at === undefined ? undefined : Math.round(tape.msAt(at, 'start')) };
    }),
  };
}

/** The first moment when the recogniser had so much silence after the last speech. */
export function closedMs({ moments }: Played, afterMs: number, silenceMs = 600): number | undefined {
  return moments.find(({ nowMs, closingMs }) => nowMs > afterMs && closingMs >= silenceMs)?.nowMs;
}

function sound(db: number): Int16Array {
  const amplitude = Math.SQRT2 * 32_768 * 10 ** (db / 20);
  return Int16Array.from({ length: (RATE * FRAME_MS) / 1000 }, (_, i) => Math.round(amplitude * Math.cos(i / 3)));
}

/** Where speech is, with a pause of 100 ms or more between its stretches. */
function stretchesOf(samples: Int16Array): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  samples.forEach((sample, at) => {
    if (Math.abs(sample) < SPEECH) return;
    const last = stretches.at(-1);
    if (last !== undefined && at - last.to < RATE / 10) last.to = at + 1;
    else stretches.push({ from: at, to: at + 1 });
  });
  return stretches;
}

async function connect() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind of address
  const connected = once(server, 'connection');
  const listener = { message: () => {}, closed: () => {} };
  const address = new URL(`ws://127.0.0.1:${port}/?token=t`);
  const socket = await openSocket(address, listener, DEFAULT_LIMITS, new AbortController().signal);
  const [peer] = await connected;
  const parts: Buffer[] = [];
  peer.on('message', (data: Buffer) => parts.push(data));
  return {
    socket,
    async received(samples: number): Promise<Int16Array> {
      while (parts.reduce((sum, { length }) => sum + length, 0) < 2 * samples) await once(peer, 'message');
      const bytes = Buffer.concat(parts);
      return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    },
    async [Symbol.asyncDispose]() {
      socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
