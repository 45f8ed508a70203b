// Imported before the bot, by `ParleyProcess`: its connections come from an address of loopback of its own, named in the query
// of this module's URL. To whoever it talks with it looks like a process on another machine.
import { type BindOptions, Socket as UdpSocket } from 'node:dgram';
import { Socket, type TcpSocketConnectOpts } from 'node:net';

const localAddress = new URL(import.meta.url).search.slice(1);
const { connect } = Socket.prototype;

/** Node's own `connect` gets its arguments as people give them, or as a list that it has put in order already. */
Socket.prototype.connect = function (this: Socket, ...given: unknown[]): Socket {
  const [first, second, ...rest] = given;
  const inOrder = Array.isArray(first) ? first[0] : first;
  if (isToServer(inOrder)) inOrder.localAddress ??= localAddress;
  const isPort = typeof first === 'number' && typeof second === 'string';
  const changed = isPort ? [{ port: first, host: second, localAddress }, ...rest] : given;
  return Reflect.apply(connect, this, changed) as Socket;
};

const { bind } = UdpSocket.prototype;

/** A datagram socket that is not bound yet is bound by what it sends first, with options. */
UdpSocket.prototype.bind = function (this: UdpSocket, ...given: unknown[]): UdpSocket {
  const [first, ...rest] = given;
  const isUnbound = typeof first === 'object' && first !== null && !(first as BindOptions).address;
  return Reflect.apply(bind, this, isUnbound ? [{ ...first, address: localAddress }, ...rest] : given) as UdpSocket;
};

function isToServer(options: unknown): options is TcpSocketConnectOpts {
  return typeof options === 'object' && options !== null && 'port' in options && !('path' in options && options.path);
}
