import type { Socket } from 'node:dgram';
import { type DAVESession, type NetworkingState, NetworkingStatusCode, type VoiceConnection } from '@discordjs/voice';
import { receiveNatively } from './datagrams.ts';
import { DaveKeys } from './dave-keys.ts';
import type { NativeVoice } from './native.ts';

const FIRST_DAVE_OP = 21; // 21 to 31 are the messages of the end-to-end encryption
const EXTERNAL_SENDER_OP = 25;
const MAX_HELD = 500; // messages of one resume; a person joining or leaving is three of them
const DISCOVERY_BYTES = 74;
const RECEIVE_BYTES = 4 * 1024 * 1024; // Linux gives what net.core.rmem_max allows, and says nothing
const DISCOVERY_RETRY_MS = 500; // a lost datagram costs half a second; an answer takes a tenth of that

/** A message of the voice gateway, decoded but not checked. */
export interface VoiceMessage {
  readonly op: number;
  readonly d?: unknown;
  readonly payload?: Buffer; // of a binary message, instead of `d`
}

export interface WireListener {
  /** A datagram of the voice server's, among the bytes of the buffer; others' are left out. */
  datagram(buffer: Buffer, start: number, end: number): void;
  /** A message of the voice gateway, after the library has dealt with it. */
  message(message: VoiceMessage): void;
  /** The library threw at a message of the end-to-end encryption; as shipped that ends the process. */
  refused(op: number, error: unknown): void;
  /** A connection to a voice server is being opened: the first one, or another. */
  opened(endpoint: string): void;
  /** The voice gateway hung up for good. The library does nothing further, until it is told to join again. */
  closed(code: number): void;
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
 * once, without end (2335).
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
  #taken: Disposable | undefined; // the socket's receiving, by us
  #dave: DAVESession | undefined;
  #keys: DaveKeys | undefined;
  #secret: TransportSecret | undefined;
  #held: (() => void)[] = [];
  #discovery: NodeJS.Timeout | undefined; // runs while our own address is being discovered

  readonly #onDatagram = (message: Buffer, sender: Sender) => {
    const remote = this.#udp?.remote;
    if (remote && sender.address === remote.ip && sender.port === remote.port)
      this.#listener.datagram(message, 0, message.length);
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
    insides.updateReceiveBindings = (state) => this.#follow(state);
    const shippedClose = insides.onNetworkingClose;
    insides.onNetworkingClose = (code) => {
      shippedClose(4014); // the one code that the library answers by waiting
      this.#listener.closed(code);
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
    this.#held = [];
    clearInterval(this.#discovery);
  }

  #follow(state: NetworkingState): void {
    this.#state = state;
    this.#bindUdp('udp' in state ? state.udp : undefined);
    this.#bindDave('dave' in state ? state.dave : undefined);
    if ('connectionData' in state && 'secretKey' in state.connectionData) {
      const { encryptionMode: mode, secretKey: key } = state.connectionData;
      if (this.#secret?.key !== key) this.#secret = { mode, key };
    }
    clearInterval(this.#discovery);
    if (state.code === NetworkingStatusCode.UdpHandshaking)
      this.#discovery = setInterval(() => state.udp.send(discoveryOf(state.connectionData.ssrc)), DISCOVERY_RETRY_MS);
    const opens = state.code === NetworkingStatusCode.OpeningWs && 'ws' in state && state.ws !== this.#ws;
    this.#bindWs('ws' in state ? state.ws : undefined);
    if (opens) this.#listener.opened(state.connectionOptions.endpoint);
    if (state.code === NetworkingStatusCode.Ready) {
      this.#takeOver();
      this.#deliverHeld();
    }
  }

  #bindUdp(udp: Udp | undefined): void {
    const insides = udp as unknown as UdpInsides | undefined; // private in the typings; a test holds them in place
    if (insides === this.#udp) return;
    this.#udp?.socket.off('message', this.#onDatagram);
    this.#taken?.[Symbol.dispose]();
    this.#taken = undefined;
    this.#udp = insides;
    insides?.socket.on('message', this.#onDatagram);
    if (udp) dontThrow(udp);
    if (insides) widen(insides.socket);
  }

  /** Our address is known: from now on nobody needs the socket's datagrams but us. */
  #takeOver(): void {
    if (!this.#native || !this.#udp || this.#taken) return;
    const { socket, remote } = this.#udp;
    this.#taken = receiveNatively(this.#native, socket, remote, (buffer, start, end) =>
      this.#listener.datagram(buffer, start, end),
    );
    if (this.#taken) socket.off('message', this.#onDatagram);
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
    for (const kind of ['packet', 'binary'] as const) {
      const shipped = ws.listeners(kind) as Shipped[]; // the library's own two: onWsPacket, onWsBinary
      const take = (message: VoiceMessage) => {
        if (ws === this.#ws) this.#take(message, shipped);
      };
      ws.removeAllListeners(kind);
      (ws as NodeJS.EventEmitter).on(kind, take); // the typings name each event's own listener, and these are two
    }
  }

  #take(message: VoiceMessage, shipped: readonly Shipped[]): void {
    const deal = () => this.#deal(message, shipped);
    if (!this.resuming || message.op < FIRST_DAVE_OP) deal();
    else if (this.#held.length < MAX_HELD) this.#held.push(deal);
  }

  #deal(message: VoiceMessage, shipped: readonly Shipped[]): void {
    try {
      if (message.op === EXTERNAL_SENDER_OP && message.payload) this.#keys?.useExternalSender(message.payload);
      else for (const handle of shipped) handle(message);
    } catch (error) {
      this.#listener.refused(message.op, error);
    }
    this.#listener.message(message);
  }

  #deliverHeld(): void {
    const held = this.#held;
    this.#held = [];
    for (const deal of held) deal();
  }
}

/** Packets wait in the system while we are busy: as many as it allows. By itself it keeps 80 ms of 50 people. */
function widen(socket: Socket): void {
  try {
    socket.setRecvBufferSize(RECEIVE_BYTES);
  } catch {
    socket.once('listening', () => widen(socket)); // not bound yet
  }
}

/** The first keep-alive goes out a moment after the socket was made; when it was closed meanwhile, that ends the process. */
function dontThrow(udp: Udp): void {
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
function discoveryOf(ssrc: number): Buffer {
  const question = Buffer.alloc(DISCOVERY_BYTES);
  question.writeUInt16BE(1, 0);
  question.writeUInt16BE(DISCOVERY_BYTES - 4, 2);
  question.writeUInt32BE(ssrc, 4);
  return question;
}
