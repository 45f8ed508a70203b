import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { serve } from './serve.ts';

export interface SinkOptions {
  readonly partials: boolean; // a partial for each chunk, besides the finals
}

/** When a chunk arrived, and whose it was: the `language` of its socket. */
export interface Arrival {
  readonly who: string;
  readonly fromMs: number; // of audio that the socket had brought before it
  readonly atMs: number; // since the epoch
}

export type SinkCalls = {
  readonly open: (options: SinkOptions) => Promise<{ readonly apiUrl: string; readonly streamUrl: string }>;
  readonly arrivals: (input: undefined) => readonly Arrival[]; // since it was asked last
};

const BYTES_PER_S = 96_000; // 48 kHz, 16 bits, one channel
const FINAL_EVERY_CHUNKS = 10; // 3.2 s: a sentence
const MAX_ARRIVALS = 200_000;

let arrivals: Arrival[] = [];

/** Stands in for the recogniser: takes audio, says something now and then, decodes nothing. */
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
    const { port } = server.address() as AddressInfo; // a server that listens on a port has no other kind of address
    return { apiUrl: `http://127.0.0.1:${port}`, streamUrl: `ws://127.0.0.1:${port}` };
  },
  arrivals() {
    const taken = arrivals;
    arrivals = [];
    return taken;
  },
} satisfies SinkCalls);

function listen(socket: WebSocket, request: IncomingMessage, partials: boolean): void {
  const who = new URL(request.url ?? '', 'ws://localhost').searchParams.get('language') ?? '';
  let chunk = 0;
  let seconds = 0;
  let saidUntil = 0;
  let utterance = 0;
  socket.on('error', () => socket.terminate()); // whoever is measured may end without a goodbye
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return;
    if (arrivals.length < MAX_ARRIVALS) {
      arrivals.push({ who, fromMs: seconds * 1000, atMs: performance.timeOrigin + performance.now() });
    }
    chunk += 1;
    seconds += data.length / BYTES_PER_S;
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
