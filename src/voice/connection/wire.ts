import type { Socket } from 'node:dgram';
import { type DAVESession, type NetworkingState, NetworkingStatusCode, type VoiceConnection } from '@discordjs/voice';
import type { WebSocket } from 'ws';
import { DaveKeys } from '../encryption/dave-keys.ts';
import type { NativeVoice } from '../native/native.ts';
import { MOST_PEOPLE } from '../packets/ssrc-map.ts';
import { receiveNatively } from './datagrams.ts';
import { RateLimit } from './rate-limit.ts';
import { flawOf, judge, MOST_BYTES, Op, type VoiceMessage } from './voice-messages.ts';

const MAX_HELD = 500; // messages of one resume; a person joining or leaving is three of them
const MESSAGES = { burst: 1_000, aSecond: 200 } as const; // at once, what a resume brings of a crowd that joined meanwhile
const RESUMES = { burst: 10, aSecond: 0.5 } as const; // each costs a handshake; one every 5 s is a bad line
const REFUSALS = { burst: 50, aSecond: 0.2 } as const; // a server that says nothing else is no use, and each is logged
const REPORT_PAUSE_MS = 60_000; // what fails at one datagram may fail at each
const MAX_HELD_BYTES = 8 * MOST_BYTES; // and so much of them
const WAIT_CODE = 4014; // the one close code that the library answers by waiting
const DISCOVERY_BYTES = 74;
const RECEIVE_BYTES = 4 * 1024 * 1024; // Linux gives what net.core.rmem_max allows, and says nothing
const DISCOVERY_RETRY_MS = 500; // a lost datagram costs half a second; an answer takes a tenth of that

export interface WireListener {
  /** A datagram of the voice server's, among the bytes of the buffer; others' are left out. */
  datagramReceived(buffer: Buffer, start: number, end: number): void;
  /** A message of the voice gateway, after the library has dealt with it. */
  messageReceived(message: VoiceMessage): void;
  /** A message says nothing that can be used, or the library threw at it; as shipped that ends the process. */
  messageRefused(op: number, error: unknown): void;
  /** Something threw at a datagram: told once a minute. The datagram is lost, and nothing else. */
  datagramFailed(error: unknown): void;
  /** The voice server sends what makes no sense, or far too much. We hung up, as if it had closed the connection. */
  brokenOff(because: string): void;
  /** A connection to a voice server is being opened: the first one, or another. */
  serverOpened(endpoint: string): void;
  /** The voice gateway hung up for good. The library does nothing further, until it is told to join again. */
  gatewayClosed(code: number): void;
}

/** The encryption between the voice server and us. The same object as long as it is the same key. */
export interface TransportSecret {
  readonly mode: string;
  readonly key: Uint8Array;
}

/** The private parts of @discordjs/voice 0.19.2 that are used here. */
interface ConnectionInsides {
  updateReceiveBindings(newState: NetworkingState, oldState?: NetworkingState): void;
  onNetworkingClose(code: number): void;
}
interface WsInsides {
  readonly ws: WebSocket;
}
interface UdpInsides {
  readonly socket: Socket;
  readonly remote: { readonly ip: string; readonly port: number };
}

type Ws = Extract<NetworkingState, { ws: unknown }>['ws'];
type Udp = Extract<NetworkingState, { udp: unknown }>['udp'];
type Shipped = (message: VoiceMessage) => void;
interface Sender {
  readonly address: string;
  readonly port: number;
}

/**
 * Where we reach into @discordjs/voice: no other file touches what the library does not offer.
 *
 * The library calls `updateReceiveBindings` at every change of socket, to bind its own receiver. We take that call: the
 * shipped receiver stays unbound, and we get the datagrams with their sender and the voice gateway's messages. Those of
 * the end-to-end encryption go through us to the library: as shipped they are lost while a connection resumes (line
 * 1569) and can end the process (1571, 1573). Hang-ups come to us too: as shipped, most are answered by joining again at
 * once, without end (2335). Every frame is looked at before the library sees it (flawOf, judge): as shipped, a frame of
 * two bytes ends the process (1107).
 *
 * Upstream: discordjs/discord.js #11419, #11441, #11445; openclaw/openclaw #81518; projectdysnomia/dysnomia #228.
 * `test/voice/shipped.test.ts` shows what the shipped receive path loses.
 */
export class Wire {
  readonly #listener: WireListener;
  readonly #now: () => number;
  readonly #native: NativeVoice | undefined;
  #state: NetworkingState | undefined;
  #ws: Ws | undefined;
  #udp: UdpInsides | undefined;
  #nativeReceiving: Disposable | undefined; // the socket's receiving, by us
  #dave: DAVESession | undefined;
  #keys: DaveKeys | undefined;
  #secret: TransportSecret | undefined;
  #held: (() => void)[] = [];
  #heldBytes = 0;
  readonly #messageRate = new RateLimit(MESSAGES.burst, MESSAGES.aSecond);
  readonly #resumeRate = new RateLimit(RESUMES.burst, RESUMES.aSecond);
  readonly #refusalRate = new RateLimit(REFUSALS.burst, REFUSALS.aSecond);
  readonly #hangUp: () => void;
  #reportedAtMs = Number.NEGATIVE_INFINITY;
  #discovery: NodeJS.Timeout | undefined; // runs while our own address is being discovered

  readonly #onDatagram = (message: Buffer, sender: Sender) => {
    const remote = this.#udp?.remote;
    if (remote && sender.address === remote.ip && sender.port === remote.port)
      this.#passDatagram(message, 0, message.length);
  };

  /**
   * Takes the connection over. It must not have a voice server yet.
   *
   * @throws when the library has changed inside
   */
  constructor(connection: VoiceConnection, listener: WireListener, now: () => number, native?: NativeVoice) {
    this.#listener = listener;
    this.#now = now;
    this.#native = native;
    const insides = connection as unknown as ConnectionInsides; // private in the typings; checked right below
    if (typeof insides.updateReceiveBindings !== 'function' || typeof insides.onNetworkingClose !== 'function')
      throw new TypeError('Cannot listen to voice: @discordjs/voice has moved the parts we listen through');
    insides.updateReceiveBindings = (state) => this.#followNetworking(state);
    const shippedClose = insides.onNetworkingClose;
    insides.onNetworkingClose = (code) => {
      shippedClose(WAIT_CODE);
      this.#listener.gatewayClosed(code);
    };
    this.#hangUp = () => {
      if ('networking' in connection.state) connection.state.networking.destroy();
      shippedClose(WAIT_CODE);
    };
  }

  /** Whether the voice gateway was lost and is being resumed. Sound goes on meanwhile. */
  get resuming(): boolean {
    return this.#state?.code === NetworkingStatusCode.Resuming;
  }

  get secret(): TransportSecret | undefined {
    return this.#secret;
  }

  /** The end-to-end encryption's keys; `undefined` until the voice server has said whether there is any. */
  get keys(): DaveKeys | undefined {
    return this.#keys;
  }

  /** Lets go of the sockets. */
  release(): void {
    this.#bindWs(undefined);
    this.#bindUdp(undefined);
    this.#dropHeld();
    clearInterval(this.#discovery);
  }

  #followNetworking(state: NetworkingState): void {
    this.#state = state;
    this.#bindUdp('udp' in state ? state.udp : undefined);
    this.#bindDave('dave' in state ? state.dave : undefined);
    if ('connectionData' in state && 'secretKey' in state.connectionData) {
      const { encryptionMode: mode, secretKey: key } = state.connectionData;
      if (this.#secret?.key !== key) this.#secret = { mode, key };
    }
    clearInterval(this.#discovery);
    if (state.code === NetworkingStatusCode.UdpHandshaking)
      this.#discovery = setInterval(
        () => state.udp.send(discoveryRequest(state.connectionData.ssrc)),
        DISCOVERY_RETRY_MS,
      );
    const opens = state.code === NetworkingStatusCode.OpeningWs && 'ws' in state && state.ws !== this.#ws;
    const resumes = this.resuming && 'ws' in state && state.ws !== this.#ws;
    this.#bindWs('ws' in state ? state.ws : undefined);
    if (resumes && this.#resumeRate.isExceeded(this.#now())) this.#breakOff('it hangs up again and again');
    if (opens) this.#listener.serverOpened(state.connectionOptions.endpoint);
    if (state.code === NetworkingStatusCode.Ready) {
      this.#takeOverSocket();
      this.#deliverHeld();
    }
  }

  #bindUdp(udp: Udp | undefined): void {
    const insides = udp as unknown as UdpInsides | undefined; // private in the typings; a test holds them in place
    if (insides === this.#udp) return;
    this.#udp?.socket.off('message', this.#onDatagram);
    this.#nativeReceiving?.[Symbol.dispose]();
    this.#nativeReceiving = undefined;
    this.#udp = insides;
    insides?.socket.on('message', this.#onDatagram);
    if (udp) swallowSendErrors(udp);
    if (insides) widenReceiveBuffer(insides.socket);
  }

  /** Our address is known: from now on nobody needs the socket's datagrams but us. */
  #takeOverSocket(): void {
    if (!this.#native || !this.#udp || this.#nativeReceiving) return;
    const { socket, remote } = this.#udp;
    this.#nativeReceiving = receiveNatively(this.#native, socket, remote, (buffer, start, end) =>
      this.#passDatagram(buffer, start, end),
    );
    if (this.#nativeReceiving) socket.off('message', this.#onDatagram);
  }

  #bindDave(dave: DAVESession | undefined): void {
    if (!dave || dave === this.#dave) return; // a closed connection's keys may still open what is on its way
    this.#dave = dave;
    this.#keys = new DaveKeys(dave, this.#now);
  }

  #bindWs(ws: Ws | undefined): void {
    if (ws === this.#ws) return;
    this.#ws = ws;
    if (!ws) return;
    const shipped = ws.onMessage.bind(ws); // what the socket calls is looked up at each frame
    ws.onMessage = (event) => {
      if (ws === this.#ws) this.#readFrame(event.data, () => shipped(event));
    };
    ws.once('open', () => boundFrames((ws as unknown as WsInsides).ws)); // private in the typings; a test holds it in place
    for (const kind of ['packet', 'binary'] as const) {
      const shipped = ws.listeners(kind) as Shipped[]; // the library's own two: onWsPacket, onWsBinary
      const take = (message: VoiceMessage) => {
        if (ws === this.#ws) this.#takeMessage(message, shipped);
      };
      ws.removeAllListeners(kind);
      (ws as NodeJS.EventEmitter).on(kind, take); // the typings name each event's own listener, and these are two
    }
  }

  #readFrame(data: unknown, read: () => void): void {
    const flaw = this.#messageRate.isExceeded(this.#now()) ? 'more messages than anybody needs' : flawOf(data);
    if (flaw !== undefined) {
      this.#breakOff(flaw);
      return;
    }
    if (this.resuming) this.#heldBytes += lengthOfFrame(data);
    if (this.#heldBytes > MAX_HELD_BYTES) this.#breakOff('too much to hold');
    else read();
  }

  #takeMessage(message: VoiceMessage, shipped: readonly Shipped[]): void {
    const verdict = judge(message);
    if (verdict === 'hopeless') this.#breakOff(`a message ${message.op} without what it has to say`);
    if (verdict === 'senseless') this.#refuseMessage(message.op, new TypeError('The message makes no sense'));
    if (verdict !== 'sound') return;
    const deal = () => this.#handleMessage(message, shipped);
    if (!this.resuming || message.op < Op.prepareTransition) deal();
    else if (this.#held.length < MAX_HELD) this.#held.push(deal);
  }

  #handleMessage(message: VoiceMessage, shipped: readonly Shipped[]): void {
    const { op, payload } = message;
    try {
      if (op === Op.externalSender && payload instanceof Buffer) this.#keys?.useExternalSender(payload);
      else for (const handle of shipped) handle(message);
      this.#listener.messageReceived(message);
    } catch (error) {
      this.#refuseMessage(op, error);
    }
    const state = this.#state;
    if (state && 'connectionData' in state && (state.connectionData.connectedClients?.size ?? 0) > MOST_PEOPLE)
      this.#breakOff('more people than any channel holds');
  }

  #refuseMessage(op: number, error: unknown): void {
    if (this.#refusalRate.isExceeded(this.#now())) this.#breakOff('hardly a message that can be used');
    else this.#listener.messageRefused(op, error);
  }

  #deliverHeld(): void {
    const held = this.#held;
    this.#dropHeld();
    for (const deal of held) deal();
  }

  #dropHeld(): void {
    this.#held = [];
    this.#heldBytes = 0;
  }

  /** One person's packet must not end what the others say, whatever is in it. */
  #passDatagram(buffer: Buffer, start: number, end: number): void {
    try {
      this.#listener.datagramReceived(buffer, start, end);
    } catch (error) {
      const nowMs = this.#now();
      if (nowMs - this.#reportedAtMs < REPORT_PAUSE_MS) return;
      this.#reportedAtMs = nowMs;
      this.#listener.datagramFailed(error);
    }
  }

  /** Hangs up on a voice server that makes no sense, without a word: it might not listen, and go on. */
  #breakOff(because: string): void {
    const ws = this.#ws as unknown as WsInsides | undefined;
    if (!ws) return; // it hung up already
    this.#hangUp();
    this.release();
    ws.ws.terminate();
    this.#listener.brokenOff(because);
  }
}

function lengthOfFrame(data: unknown): number {
  return typeof data === 'string' || data instanceof Buffer ? data.length : 0;
}

/**
 * Has the socket refuse frames that are too long as they come in, packed ones too: it takes 100 MB unless told.
 *
 * The library makes its sockets without a limit, so this sets what ws would have set itself.
 */
function boundFrames(socket: WebSocket): void {
  const receiver = Reflect.get(socket, '_receiver');
  for (const part of [receiver, receiver?._extensions?.['permessage-deflate']])
    if (typeof part?._maxPayload === 'number') part._maxPayload = MOST_BYTES;
}

/** Packets wait in the system while we are busy: as many as it allows. By itself it keeps 80 ms of 50 people. */
function widenReceiveBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(RECEIVE_BYTES);
  } catch {
    socket.once('listening', () => widenReceiveBuffer(socket)); // not bound yet
  }
}

/** The first keep-alive goes out a moment after the socket was made; when it was closed meanwhile, that ends the process. */
function swallowSendErrors(udp: Udp): void {
  const shipped = udp.send.bind(udp);
  udp.send = (buffer) => {
    try {
      shipped(buffer);
    } catch {
      // closed: nobody waits for an answer any more
    }
  };
}

/** Asks for our address again: the library asks once, and one lost datagram would leave it waiting for ever. */
function discoveryRequest(ssrc: number): Buffer {
  const question = Buffer.alloc(DISCOVERY_BYTES);
  question.writeUInt16BE(1, 0);
  question.writeUInt16BE(DISCOVERY_BYTES - 4, 2);
  question.writeUInt32BE(ssrc, 4);
  return question;
}
