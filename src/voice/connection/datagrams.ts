import type { Socket } from 'node:dgram';
import { isIPv4 } from 'node:net';
import type { NativeVoice } from '../native/native.ts';

const MOST_SPANS = 64; // datagrams that are passed on at once

/** The private parts of a Node socket that are used here. */
interface Handle {
  readonly fd: number;
  recvStart(): void;
  recvStop(): void;
}

/**
 * Receives a socket's datagrams natively, from one sender only, until disposed of.
 *
 * The socket must be bound. It keeps working, but emits no 'message' events meanwhile.
 *
 * @param take - called for each datagram with the buffer that holds it, among others, and where in it the datagram lies
 * @returns `undefined` when that is not possible: Node has moved its private parts, or the sender's address is not IPv4
 */
export function receiveNatively(
  native: NativeVoice,
  socket: Socket,
  sender: { readonly ip: string; readonly port: number },
  take: (buffer: Buffer, start: number, end: number) => void,
): Disposable | undefined {
  const handle = handleOf(socket);
  if (handle === undefined || !isIPv4(sender.ip)) return undefined;
  const spans = new Uint32Array(2 * MOST_SPANS);
  let bytes = Buffer.alloc(0); // the slab: one view of it for hundreds of datagrams
  const receiver = native.receiveDatagrams(handle.fd, asNumber(sender.ip), sender.port, spans, (slab, count) => {
    if (bytes.buffer !== slab) bytes = Buffer.from(slab);
    for (let i = 0; i < count; i++) {
      const start = spans[2 * i] ?? 0;
      take(bytes, start, start + (spans[2 * i + 1] ?? 0));
    }
  });
  handle.recvStop();
  let isStopped = false;
  const stop = () => {
    if (isStopped) return;
    isStopped = true;
    socket.off('close', stop);
    native.stopDatagrams(receiver);
    handleOf(socket)?.recvStart();
  };
  socket.once('close', stop);
  return { [Symbol.dispose]: stop };
}

/** Node has no public way to a socket's descriptor: `test/voice/native/native.test.ts` guards the private one. */
function handleOf(socket: Socket): Handle | undefined {
  const key = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'state symbol');
  const handle: Partial<Handle> | undefined | null = key && Reflect.get(socket, key)?.handle;
  const isWhole = typeof handle?.fd === 'number' && handle.fd >= 0 && handle.recvStart && handle.recvStop;
  return isWhole ? (handle as Handle) : undefined; // checked right here
}

function asNumber(ipv4: string): number {
  return ipv4.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
