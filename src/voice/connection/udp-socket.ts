import type { Socket } from 'node:dgram';
import type { NetworkingState } from '@discordjs/voice';
import type { NativeVoice } from '../native/native.ts';
import { receiveNatively } from './datagrams.ts';

const REPORT_PAUSE_MS = 60_000; // an error at one datagram may come again at each
const DISCOVERY_BYTES = 74;
const DISCOVERY_RETRY_MS = 500; // a lost datagram costs half a second; an answer takes a tenth of that
const RECEIVE_BYTES = 4 * 1024 * 1024; // Linux cuts it down to net.core.rmem_max without a word

export interface DatagramListener {
  /** A datagram came from the voice server, and lies in the buffer from `start` to `end`. Other senders are ignored. */
  datagramReceived(buffer: Buffer, start: number, end: number): void;
  /** An error was thrown at a datagram: reported at most once a minute. Only that datagram is lost. */
  datagramFailed(error: unknown): void;
}

/** The private parts of @discordjs/voice 0.19.2 that are used here. */
interface UdpInsides {
  readonly socket: Socket;
  readonly remote: { readonly ip: string; readonly port: number };
}

type Udp = Extract<NetworkingState, { udp: unknown }>['udp'];
interface Sender {
  readonly address: string;
  readonly port: number;
}

/**
 * The UDP socket that a voice connection uses at the moment: passes the voice server's datagrams on, natively where the addon
 * was compiled, and asks for our own address until the library knows it.
 */
export class UdpSocket {
  readonly #listener: DatagramListener;
  readonly #now: () => number;
  readonly #native: NativeVoice | undefined;
  #udp: UdpInsides | undefined;
  #nativeReceiving: Disposable | undefined; // while the addon receives the socket's datagrams
  #discovery: NodeJS.Timeout | undefined; // runs while our own address is being discovered
  #reportedAtMs = Number.NEGATIVE_INFINITY;

  readonly #onDatagram = (message: Buffer, sender: Sender) => {
    const remote = this.#udp?.remote;
    if (remote && sender.address === remote.ip && sender.port === remote.port)
      this.#passDatagram(message, 0, message.length);
  };

  constructor(listener: DatagramListener, now: () => number, native: NativeVoice | undefined) {
    this.#listener = listener;
    this.#now = now;
    this.#native = native;
  }

  /** Takes another of the library's sockets, or lets go of it. */
  bind(udp: Udp | undefined): void {
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

  /** Asks for our own address until `endDiscovery`: the library asks once, and one lost datagram would leave it waiting for ever. */
  discover(udp: Udp, ssrc: number): void {
    this.#discovery = setInterval(() => udp.send(discoveryRequest(ssrc)), DISCOVERY_RETRY_MS);
  }

  endDiscovery(): void {
    clearInterval(this.#discovery);
  }

  /** The bot's address is known: the library does not need the socket's datagrams any more. */
  takeOver(): void {
    if (!this.#native || !this.#udp || this.#nativeReceiving) return;
    const { socket, remote } = this.#udp;
    this.#nativeReceiving = receiveNatively(this.#native, socket, remote, (buffer, start, end) =>
      this.#passDatagram(buffer, start, end),
    );
    if (this.#nativeReceiving) socket.off('message', this.#onDatagram);
  }

  /** Passes a datagram on. Whatever is in one person's packet, the others must still be heard. */
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
}

/** Lets as many packets as possible wait in the system while the process is busy. The default is 80 ms of 50 people. */
function widenReceiveBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(RECEIVE_BYTES);
  } catch {
    socket.once('listening', () => widenReceiveBuffer(socket)); // not bound yet
  }
}

/** Makes `send` harmless on a closed socket: the library sends a keep-alive a moment after it made the socket. */
function swallowSendErrors(udp: Udp): void {
  const shipped = udp.send.bind(udp);
  udp.send = (buffer) => {
    try {
      shipped(buffer);
    } catch {
      // the socket is closed: nobody waits for an answer any more
    }
  };
}

function discoveryRequest(ssrc: number): Buffer {
  const question = Buffer.alloc(DISCOVERY_BYTES);
  question.writeUInt16BE(1, 0);
  question.writeUInt16BE(DISCOVERY_BYTES - 4, 2);
  question.writeUInt32BE(ssrc, 4);
  return question;
}
