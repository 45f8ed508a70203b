import { type DAVESession, type NetworkingState, NetworkingStatusCode, type VoiceConnection } from '@discordjs/voice';
import type { WebSocket } from 'ws';
import { DaveKeys } from '../encryption/dave-keys.ts';
import type { NativeVoice } from '../native/native.ts';
import { MOST_PEOPLE } from '../packets/ssrc-map.ts';
import { RateLimit } from './rate-limit.ts';
import { type DatagramListener, UdpSocket } from './udp-socket.ts';
import { flawOf, judge, MOST_BYTES, Op, type VoiceMessage } from './voice-messages.ts';

const MAX_HELD = 500; // messages of one resume; a person joining or leaving is three of them
const MESSAGES = { burst: 1_000, perSecond: 200 } as const; // a resume brings a burst when a crowd joined meanwhile
const RESUMES = { burst: 10, perSecond: 0.5 } as const; // each costs a handshake; a bad connection needs one every 5 s
const REFUSALS = { burst: 50, perSecond: 0.2 } as const; // each is logged; beyond this the server is useless
const MAX_HELD_BYTES = 8 * MOST_BYTES; // of all held messages together
const WAIT_CODE = 4014; // the one close code that the library answers by waiting

export interface WireListener extends DatagramListener {
  /** A message came from the voice gateway, and the library has handled it. */
  messageReceived(message: VoiceMessage): void;
  /** A message was invalid, or the library threw at it, which would end the process if it were not caught here. */
  messageRefused(op: number, error: unknown): void;
  /** The voice server sent invalid data, or far too much. The bot hung up, as if the server had done so. */
  brokenOff(because: string): void;
  /** A connection to a voice server is being opened: the first one, or another. */
  serverOpened(endpoint: string): void;
  /** The voice gateway hung up for good. The library does nothing further until it is asked to join again. */
  gatewayClosed(code: number): void;
}

/** The transport encryption's key. It is the same object for as long as it is the same key. */
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

type Ws = Extract<NetworkingState, { ws: unknown }>['ws'];
type Shipped = (message: VoiceMessage) => void;

/**
 * Reaches into @discordjs/voice: no other file but `udp-socket.ts` touches its private parts. The numbers are lines of its
 * version 0.19.2.
 *
 * The library calls `updateReceiveBindings` at every change of socket, to bind its own receiver. This class takes over
 * that call: the library's receiver stays unbound, and the datagrams with their sender and the voice gateway's messages
 * come here. Messages of the end-to-end encryption pass through here to the library, which alone would lose them while
 * a connection resumes (1569) and can end the process at them (1571, 1573). Hang-ups come here, too: the library would
 * answer most of them by joining again at once, without end (2335). Every frame is checked before the library sees it
 * (`flawOf`, `judge`): a frame of two bytes would end the process (1107).
 *
 * Upstream: discordjs/discord.js #11419, #11441, #11445; openclaw/openclaw #81518; projectdysnomia/dysnomia #228.
 * `test/voice/shipped.test.ts` shows what the shipped receive path loses.
 */
export class Wire {
  readonly #listener: WireListener;
  readonly #now: () => number;
  readonly #udp: UdpSocket;
  #state: NetworkingState | undefined;
  #ws: Ws | undefined;
  #dave: DAVESession | undefined;
  #keys: DaveKeys | undefined;
  #secret: TransportSecret | undefined;
  #held: (() => void)[] = [];
  #heldBytes = 0;
  readonly #messageRate = new RateLimit(MESSAGES.burst, MESSAGES.perSecond);
  readonly #resumeRate = new RateLimit(RESUMES.burst, RESUMES.perSecond);
  readonly #refusalRate = new RateLimit(REFUSALS.burst, REFUSALS.perSecond);
  readonly #hangUp: () => void;

  /**
   * Takes the connection over. It must not have a voice server yet.
   *
   * @throws {TypeError} when the library's private parts have changed
   */
  constructor(connection: VoiceConnection, listener: WireListener, now: () => number, native?: NativeVoice) {
    this.#listener = listener;
    this.#now = now;
    this.#udp = new UdpSocket(listener, now, native);
    const insides = connection as unknown as ConnectionInsides; // private in the typings; checked right below
    if (typeof insides.updateReceiveBindings !== 'function' || typeof insides.onNetworkingClose !== 'function')
      throw new TypeError('Cannot listen to voice: @discordjs/voice has moved the private parts that this needs');
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

  /** Asks the voice gateway for an answer, which is a message as any other: a heartbeat before its time. */
  ask(): void {
    const ws = this.#ws;
    ws?.sendPacket({ op: Op.heartbeat, d: { t: Date.now(), seq_ack: ws.sequence } });
  }

  /** Lets go of the sockets. */
  release(): void {
    this.#bindWs(undefined);
    this.#udp.bind(undefined);
    this.#udp.endDiscovery();
    this.#dropHeld();
  }

  #followNetworking(state: NetworkingState): void {
    this.#state = state;
    this.#udp.bind('udp' in state ? state.udp : undefined);
    this.#bindDave('dave' in state ? state.dave : undefined);
    if ('connectionData' in state && 'secretKey' in state.connectionData) {
      const { encryptionMode: mode, secretKey: key } = state.connectionData;
      if (this.#secret?.key !== key) this.#secret = { mode, key };
    }
    this.#udp.endDiscovery();
    if (state.code === NetworkingStatusCode.UdpHandshaking) this.#udp.discover(state.udp, state.connectionData.ssrc);
    const opens = state.code === NetworkingStatusCode.OpeningWs && 'ws' in state && state.ws !== this.#ws;
    const resumes = this.resuming && 'ws' in state && state.ws !== this.#ws;
    this.#bindWs('ws' in state ? state.ws : undefined);
    if (resumes && this.#resumeRate.isExceeded(this.#now())) this.#breakOff('it hangs up again and again');
    if (opens) this.#listener.serverOpened(state.connectionOptions.endpoint);
    if (state.code === NetworkingStatusCode.Ready) {
      this.#udp.takeOver();
      this.#deliverHeld();
    }
  }

  #bindDave(dave: DAVESession | undefined): void {
    if (!dave || dave === this.#dave) return; // a closed connection's keys may still decrypt what is on its way
    this.#dave = dave;
    this.#keys = new DaveKeys(dave, this.#now);
  }

  #bindWs(ws: Ws | undefined): void {
    if (ws === this.#ws) return;
    this.#ws = ws;
    if (!ws) return;
    const shipped = ws.onMessage.bind(ws); // the socket looks `onMessage` up at each frame
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
      (ws as NodeJS.EventEmitter).on(kind, take); // the typings have no listener that fits both events
    }
  }

  #readFrame(data: unknown, read: () => void): void {
    const flaw = this.#messageRate.isExceeded(this.#now()) ? 'far too many messages' : flawOf(data);
    if (flaw !== undefined) {
      this.#breakOff(flaw);
      return;
    }
    if (this.resuming) this.#heldBytes += lengthOfFrame(data);
    if (this.#heldBytes > MAX_HELD_BYTES) this.#breakOff('too much data during a resume');
    else read();
  }

  #takeMessage(message: VoiceMessage, shipped: readonly Shipped[]): void {
    const verdict = judge(message);
    if (verdict === 'fatal') this.#breakOff(`a message ${message.op} without the data that it must hold`);
    if (verdict === 'invalid') this.#refuseMessage(message.op, new TypeError('The message is invalid'));
    if (verdict !== 'valid') return;
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
    if (this.#refusalRate.isExceeded(this.#now())) this.#breakOff('too many invalid messages');
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

  /** Hangs up on a misbehaving voice server without a closing handshake, which it might not answer. */
  #breakOff(because: string): void {
    const ws = this.#ws as unknown as WsInsides | undefined;
    if (!ws) return; // the server has hung up already
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
 * Makes the socket refuse frames that are too long as they come in, compressed ones too: its default limit is 100 MB.
 *
 * The library makes its sockets without a limit, so this sets what ws would have set itself.
 */
function boundFrames(socket: WebSocket): void {
  const receiver = Reflect.get(socket, '_receiver');
  for (const part of [receiver, receiver?._extensions?.['permessage-deflate']])
    if (typeof part?._maxPayload === 'number') part._maxPayload = MOST_BYTES;
}
