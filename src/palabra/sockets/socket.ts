import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { SttError } from '../../core/errors.ts';
import type { Limits } from '../limits.ts';
import { StreamRefused } from '../stream-refused.ts';
import { parseMessage, type ServerMessage } from './protocol.ts';
import { keyRefused, systemCode } from './session.ts';

/** Hears what happens on an open socket, in order. `closed` is called once, as the last call. */
export interface SocketListener {
  message(message: ServerMessage): void;
  closed(code: number, reason: string): void; // 1006: without a close frame
}

const MAX_PAYLOAD_BYTES = 1024 * 1024;
const MAX_REFUSAL_BYTES = 2048;
const LANGUAGE_STATUSES: readonly number[] = [400, 422]; // that can mean a refused language
const MAX_REFUSAL_CHARACTERS = 600; // fits a Discord message with room to spare

/**
 * Opens one socket.
 *
 * @param address - contains the token: no error from here quotes it
 * @throws {SttError} when the upgrade is refused, fails or takes too long; or the signal's reason
 */
export async function openSocket(
  address: URL,
  listener: SocketListener,
  limits: Pick<Limits, 'upgradeMs' | 'closeMs' | 'pingMs' | 'deadMs'>,
  signal: AbortSignal,
): Promise<PalabraSocket> {
  signal.throwIfAborted();
  const token = address.searchParams.get('token') ?? '';
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let ws: WebSocket;
  try {
    ws = new WebSocket(address, { perMessageDeflate: false, maxPayload: MAX_PAYLOAD_BYTES, followRedirects: false });
  } catch {
    // ws quotes the whole address in its error.
    throw new SttError(
      'bad-request',
      'Cannot open speech-to-text: the address is malformed. Check PALABRA_STREAM_URL.',
    );
  }
  const socket = new PalabraSocket(ws, listener, limits);
  const timer = setTimeout(
    () => reject(unavailable(`no answer within ${limits.upgradeMs / 1000} s`)),
    limits.upgradeMs,
  );
  const aborted = () => reject(signal.reason);
  signal.addEventListener('abort', aborted, { once: true });
  ws.once('open', () => resolve());
  ws.on('error', (error) => reject(unavailable(`no connection${systemCode(error)}`)));
  ws.once('close', () => reject(unavailable('the connection closed')));
  ws.once('unexpected-response', (_request, response) => {
    refusalText(response, token).then((text) => reject(refused(response.statusCode ?? 0, text)), reject);
  });
  try {
    await promise;
    return socket;
  } catch (error) {
    ws.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', aborted);
  }
}

/** One open connection to the recogniser. */
export class PalabraSocket {
  readonly #ws: WebSocket;
  readonly #closed: Promise<void>;
  readonly #closeMs: number;
  #lastSignMs = performance.now(); // when the last message, ping or pong came
  #proof: NodeJS.Timeout | undefined;

  constructor(ws: WebSocket, listener: SocketListener, limits: Pick<Limits, 'closeMs' | 'pingMs' | 'deadMs'>) {
    this.#ws = ws;
    this.#closeMs = limits.closeMs;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#closed = promise;
    ws.once('open', () => {
      const pulse = setInterval(() => {
        if (performance.now() - this.#lastSignMs > limits.deadMs) ws.terminate();
        else ws.ping();
      }, limits.pingMs);
      const alive = () => this.#isAlive();
      ws.on('pong', alive);
      ws.on('ping', alive);
      ws.on('message', (data, isBinary) => {
        alive();
        listener.message(
          isBinary ? { kind: 'malformed', because: 'binary' } : parseMessage(data.toString()), // ws gives one Buffer
        );
      });
      ws.once('close', (code, reason) => {
        clearInterval(pulse);
        clearTimeout(this.#proof);
        listener.closed(code, reason.toString());
        resolve();
      });
    });
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  /** Bytes that were handed over and not accepted by the network yet. */
  get bufferedBytes(): number {
    return this.#ws.bufferedAmount;
  }

  /**
   * Sends one binary frame, or drops it when the socket is not open. Masking copies the bytes, so they may be reused.
   */
  send(bytes: Uint8Array): void {
    if (this.isOpen) this.#ws.send(bytes);
  }

  sendText(text: string): void {
    if (this.isOpen) this.#ws.send(text);
  }

  /** Sends a ping and ends the socket without an answer, when nothing has come for `withinMs`. */
  proveAlive(withinMs: number): void {
    if (this.#proof !== undefined || !this.isOpen || performance.now() - this.#lastSignMs < withinMs) return;
    this.#ws.ping();
    this.#proof = setTimeout(() => this.#ws.terminate(), withinMs);
  }

  /** Closes with 1000 and waits a short while for the answer. Safe to call twice. */
  async close(): Promise<void> {
    this.#ws.close(1000);
    const late = setTimeout(() => this.#ws.terminate(), this.#closeMs);
    await this.#closed;
    clearTimeout(late);
  }

  /** Ends the socket without a closing handshake. */
  terminate(): void {
    this.#ws.terminate();
  }

  #isAlive(): void {
    this.#lastSignMs = performance.now();
    clearTimeout(this.#proof);
    this.#proof = undefined;
  }
}

function refused(status: number, text: string): SttError {
  if (status === 401 || status === 403) return keyRefused(status);
  if (status === 402) {
    return new SttError('balance-used-up', 'Palabra says that the balance is used up. Top it up to go on.');
  }
  if (status === 409) {
    return new SttError('limit-reached', 'Palabra says that a session is already active for these credentials (409).');
  }
  if (status >= 300 && status < 500 && status !== 408 && status !== 429) {
    const said = text === '' ? '' : `: ${text.slice(0, MAX_REFUSAL_CHARACTERS)}`;
    const message = `Palabra refused the stream (${status})${said}`;
    return LANGUAGE_STATUSES.includes(status) ? new StreamRefused(message, text) : new SttError('bad-request', message);
  }
  return unavailable(`the service answered ${status}`);
}

function unavailable(why: string): SttError {
  return new SttError('service-unavailable', `Cannot open speech-to-text: ${why}.`);
}

/** The message of a refusal as one short line, taken out of JSON, and never with the token in it. */
async function refusalText(response: IncomingMessage, token: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= MAX_REFUSAL_BYTES) break;
    }
  } catch {
    // The body broke off: use what came.
  }
  const raw = Buffer.concat(chunks).subarray(0, MAX_REFUSAL_BYTES).toString('utf8');
  const words = sentences(raw).replace(/\s+/gu, ' ').trim();
  const safe = token === '' ? words : words.replaceAll(token, '…').replaceAll(encodeURIComponent(token), '…');
  return safe;
}

const SENTENCE_FIELDS = new Set(['detail', 'message', 'title', 'error', 'reason', 'description']);

/** The sentences anywhere in a JSON body; the body itself when it is not JSON. */
function sentences(body: string): string {
  const found: string[] = [];
  const look = (value: unknown, name: string): void => {
    if (typeof value === 'string' && SENTENCE_FIELDS.has(name)) found.push(value);
    else if (Array.isArray(value) && value.every((item) => typeof item === 'string')) found.push(value.join(', '));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) look(inner, Array.isArray(value) ? name : key);
    }
  };
  try {
    look(JSON.parse(body), '');
  } catch {
    return body;
  }
  return found.length > 0 ? found.join(' ') : body;
}
