import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { serve } from './serve.ts';

export interface SinkOptions {
  readonly partials: boolean; // whether to send a partial per chunk, in addition to finals
}

/** The arrival of a chunk. The `language` of its socket says whose it is. */
export interface Arrival {
  readonly who: string;
  readonly fromMs: number; // of audio that the socket carried before this chunk
  readonly atMs: number; // since the epoch
}

export type SinkCalls = {
  readonly open: (options: SinkOptions) => Promise<{ readonly apiUrl: string; readonly streamUrl: string }>;
  readonly arrivals: (input: undefined) => readonly Arrival[]; // since the last call
};

const BYTES_PER_S = 96_000; // 48 kHz, 16 bits, one channel
const GRANULES_PER_S = 48_000;
const GRANULE_AT = 6; // in an Ogg page
const FINAL_EVERY_CHUNKS = 10; // 3.2 s, about a sentence
const MAX_ARRIVALS = 200_000;

let arrivals: Arrival[] = [];

/** Replaces the recogniser: receives audio and regularly sends text, without decoding anything. */
serve({
  async open({ partials }) {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, data: { id: 'session', publisher: 'token', subscriber: [] } }));
    });
    const sockets = new WebSocketServer({ server, perMessageDeflate: false, skipUTF8Validation: true });
    sockets.on('connection', (socket, request) => listen(socket, request, partials));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // the type of address of a server on a port
    return { apiUrl: `http://127.0.0.1:${port}`, streamUrl: `ws://127.0.0.1:${port}` };
  },
  arrivals() {
    const taken = arrivals;
    arrivals = [];
    return taken;
  },
} satisfies SinkCalls);

function listen(socket: WebSocket, request: IncomingMessage, partials: boolean): void {
  const { searchParams } = new URL(request.url ?? '', 'ws://localhost');
  const who = searchParams.get('language') ?? '';
  const isOgg = searchParams.get('format') === 'ogg';
  let chunk = 0;
  let seconds = 0;
  let saidUntil = 0;
  let utterance = 0;
  socket.on('error', () => socket.terminate()); // the measured process may end without a close frame
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return;
    if (arrivals.length < MAX_ARRIVALS) {
      arrivals.push({ who, fromMs: seconds * 1000, atMs: performance.timeOrigin + performance.now() });
    }
    chunk += 1;
    seconds = isOgg ? secondsAt(data) : seconds + data.length / BYTES_PER_S;
    const isFinal = chunk % FINAL_EVERY_CHUNKS === 0;
    if (!isFinal && !partials) return;
    const segment = { text: 'words that nobody said', start_time: saidUntil, end_time: seconds };
    const about = { message_type: 'transcription', transcription_id: `t${utterance}`, language: 'en' };
    socket.send(JSON.stringify({ ...about, is_eos: isFinal, segment, delta: segment }));
    if (!isFinal) return;
    saidUntil = seconds;
    utterance += 1;
  });
}

/** Where the last page of a message ends. */
function secondsAt(data: Buffer): number {
  return Number(data.readBigInt64LE(data.lastIndexOf('OggS') + GRANULE_AT)) / GRANULES_PER_S;
}
