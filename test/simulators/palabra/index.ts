import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { hasRoom, identify } from './admission.ts';
import { Faults } from './faults.ts';
import { type Credentials, type PalabraOptions, type PalabraSettings, settingsFrom } from './options.ts';
import { PalabraSocket, type SentFinal } from './palabra-socket.ts';
import { type Answer, refusal, type Session, SessionStorage } from './session-storage.ts';
import { readQuery, type StreamRequest } from './stream-query.ts';

export { audioDecoder } from './audio-decoder.ts';
export { BALANCE_USED_UP } from './faults.ts';
export { LANGUAGES } from './languages.ts';
export type { Credentials, PalabraOptions } from './options.ts';
export type { PalabraSocket, SentFinal } from './palabra-socket.ts';
export type { Session } from './session-storage.ts';

const STREAM_PATH = '/asr/v1/speech-to-text/stream';
const MAX_REASON_CHARACTERS = 120; // a close frame holds 123 bytes
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024; // larger than anything a client may send: that is a violation, not a crash

interface PalabraEvents {
  session: [session: Session]; // made or deleted
  socket: [socket: PalabraSocket];
  refused: [status: number];
  final: [final: SentFinal];
  closed: [socket: PalabraSocket];
  violation: [what: string];
  /** Anything at all, those above included. */
  change: [];
}

/** A Palabra on loopback, by the API document: it hears tones (`speak`) and says their text. */
export class PalabraSimulator extends EventEmitter<PalabraEvents> {
  readonly apiUrl: string;
  readonly streamUrl: string;
  /** The first pair. */
  readonly credentials: Credentials;
  readonly apiKey: string | undefined;
  /** Every deviation of a client from the API document. */
  readonly violations: string[] = [];
  /** Formats that came in and that the simulator cannot decode: it says nothing about such audio. */
  readonly undecodable: string[] = [];
  readonly sockets: PalabraSocket[] = [];
  readonly finals: SentFinal[] = [];
  readonly refusals: number[] = []; // statuses, in order
  readonly faults = new Faults(() => this.sockets);
  readonly #settings: PalabraSettings;
  readonly #storage: SessionStorage;
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD_BYTES,
  });
  readonly #server: Server;
  readonly #connections = new Set<Socket>();
  readonly #closing = new AbortController();

  /** Use `startPalabra`. */
  constructor(server: Server, settings: PalabraSettings) {
    super();
    // Waiting for events is what tests do here, many at a time.
    this.setMaxListeners(0);
    for (const event of ['session', 'socket', 'refused', 'final', 'closed', 'violation'] as const) {
      this.on(event, () => this.emit('change'));
    }
    const { port } = server.address() as AddressInfo; // a server that listens on a port has no other kind of address
    this.apiUrl = `http://127.0.0.1:${port}`;
    this.streamUrl = `ws://127.0.0.1:${port}`;
    const [first] = settings.credentials;
    this.credentials = first ?? { clientId: '', clientSecret: '' };
    this.apiKey = settings.apiKey;
    this.#settings = settings;
    this.#server = server;
    this.#storage = new SessionStorage(
      settings,
      this.faults,
      (what) => this.#violate(what),
      (session) => this.emit('session', session),
    );
    server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
    server.on('request', (request, response) => void this.#serve(request, response));
    server.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head));
  }

  get sessions(): readonly Session[] {
    return this.#storage.sessions;
  }

  get openSockets(): PalabraSocket[] {
    return this.sockets.filter((socket) => socket.isOpen);
  }

  /** Everything that must never be seen in a log: tokens, session ids, client secrets, the API key. */
  get secrets(): string[] {
    const { credentials, apiKey } = this.#settings;
    return [
      ...credentials.map(({ clientSecret }) => clientSecret),
      ...this.sessions.flatMap(({ id, token }) => [id, token]),
      ...(apiKey === undefined ? [] : [apiKey]),
    ];
  }

  /**
   * Waits until something is true of this simulator; looked at whenever anything happens here.
   *
   * @throws {AbortError} when the signal is aborted first
   */
  async until(isTrue: (palabra: this) => boolean, signal: AbortSignal = AbortSignal.timeout(15_000)): Promise<void> {
    while (!isTrue(this)) await once(this, 'change', { signal });
  }

  /** Ends all connections at once and stops listening. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.faults.closeEvery(undefined);
    for (const socket of this.sockets) socket.terminate();
    for (const connection of this.#connections) connection.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = (await request.toArray()).join('');
      const answer = this.#storage.answer(request, body);
      if (answer === 'hang') return;
      if (answer === 'reset') {
        request.socket.resetAndDestroy();
        return;
      }
      if (answer.delayMs !== undefined) await delay(answer.delayMs, undefined, { signal: this.#closing.signal });
      if (answer.status >= 400) this.#refused(answer.status);
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(answer.body);
    } catch {
      response.destroy(); // the client went away, or we are closing
    }
  }

  async #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const tcp = stream as Socket; // node:http types it wider than the sockets that net servers make
    tcp.on('error', () => tcp.destroy());
    const fault = this.faults.takeUpgrade();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') {
      tcp.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'status') {
      this.#refuse(tcp, fault.body === undefined ? refusal(fault.status, 'Refused') : fault);
      return;
    }
    try {
      if (fault?.kind === 'slow') await delay(fault.delayMs, undefined, { signal: this.#closing.signal });
    } catch {
      return; // we are closing
    }
    this.#admit(request, tcp, head);
  }

  #admit(request: IncomingMessage, tcp: Socket, head: Buffer): void {
    const url = new URL(request.url ?? '', this.apiUrl);
    if (url.pathname !== STREAM_PATH) {
      this.#violate('a socket to an unknown path');
      this.#refuse(tcp, refusal(404, 'Not found'));
      return;
    }
    const who = identify(url.searchParams.get('token'), this.sessions, this.sockets, this.#settings);
    if ('status' in who) {
      if (who.violation !== undefined) this.#violate(who.violation);
      this.#refuse(tcp, refusal(who.status, who.detail));
      return;
    }
    const { request: asked, violations } = readQuery(url.searchParams);
    for (const violation of violations) this.#violate(violation);
    if ('refusal' in asked && this.#settings.refusesLanguagesBy !== 'status') {
      const reason = this.#settings.refusesLanguagesBy === 'close' ? asked.refusal.slice(0, MAX_REASON_CHARACTERS) : '';
      this.#webSockets.handleUpgrade(request, tcp, head, (ws) => ws.close(1008, reason));
      return;
    }
    if ('refusal' in asked) {
      this.#refuse(tcp, refusal(400, asked.refusal));
      return;
    }
    const { refusesFormats } = this.#settings;
    const isRefused = refusesFormats.names.includes(asked.audio.format);
    if (isRefused && refusesFormats.by === 'status') {
      this.#refuse(tcp, refusal(400, 'The audio format is not supported'));
      return;
    }
    if (isRefused) {
      this.#webSockets.handleUpgrade(request, tcp, head, (ws) => ws.close(1003));
      return;
    }
    if (!hasRoom(who.credential, this.sessions, this.sockets, this.#settings)) {
      this.#refuse(tcp, refusal(409, 'A session is already active for this identity'));
      return;
    }
    this.#webSockets.handleUpgrade(request, tcp, head, (ws) => {
      if (who.session !== undefined) who.session.socketIndex = this.sockets.length;
      url.searchParams.delete('token');
      const query = Object.fromEntries(url.searchParams);
      this.#open(ws, tcp, asked, { credential: who.credential, sessionIndex: who.session?.index, query });
    });
  }

  #open(
    ws: WebSocket,
    tcp: Socket,
    request: StreamRequest,
    about: Pick<PalabraSocket, 'credential' | 'sessionIndex' | 'query'>,
  ): void {
    const socket = new PalabraSocket(ws, tcp, {
      ...about,
      index: this.sockets.length,
      request,
      settings: this.#settings,
      faults: this.faults,
      violation: (what) => this.#violate(what),
      undecodable: (format) => this.undecodable.push(format),
      happened: () => this.emit('change'),
      finalSent: (final) => {
        this.finals.push(final);
        this.emit('final', final);
      },
      closed: (closed) => this.emit('closed', closed),
    });
    this.sockets.push(socket);
    this.emit('socket', socket);
  }

  #refuse(tcp: Socket, { status, body = '' }: Answer): void {
    this.#refused(status);
    tcp.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  #refused(status: number): void {
    this.refusals.push(status);
    this.emit('refused', status);
  }

  #violate(what: string): void {
    this.violations.push(what);
    this.emit('violation', what);
  }
}

/** Starts a Palabra on a free port of 127.0.0.1. */
export async function startPalabra(options: PalabraOptions = {}): Promise<PalabraSimulator> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new PalabraSimulator(server, settingsFrom(options));
}
