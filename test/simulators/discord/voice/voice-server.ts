import { createSocket, type Socket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { type Certificate, makeCertificate } from './certificate.ts';
import { type Address, type Grant, VoiceClient } from './client.ts';
import type { DaveTiming } from './dave/group.ts';
import type { VoiceEvents } from './events.ts';
import { GatewayConnection, type GatewayFaults } from './gateway.ts';
import { answerDiscovery, isDiscovery } from './ip-discovery.ts';
import { type Network, PERFECT } from './network.ts';
import { nowMs, Pacer } from './pacer.ts';
import { Close } from './protocol.ts';
import { Room } from './room.ts';

export interface VoiceServerOptions {
  /** The certificate to serve with; without it one is made, trusted by this process, and removed on `close`. */
  readonly certificate?: Certificate;
  readonly daveVersion?: 0 | 1; // of rooms that do not choose; 1 unless said
  readonly heartbeatMs?: number; // 13 750, as Discord asks
  readonly resumeWindowMs?: number; // how long a session outlives its socket
  readonly replay?: 'after resumed' | 'before resumed'; // where missed messages go when a session is resumed
  /** What becomes of a voice connection when another session of the same user is let in: closed (4006) unless told. */
  readonly takenOver?: 'closed' | 'stays open';
  readonly network?: Network;
  readonly dave?: Partial<DaveTiming>;
}

/** Starts a Discord voice server on loopback: gateway version 8 over TLS, media over UDP. */
export async function startVoiceServer(options: VoiceServerOptions = {}): Promise<VoiceServer> {
  const certificate = options.certificate ?? (await makeCertificate());
  certificate.trust();
  const https = createServer({ key: certificate.key, cert: certificate.cert });
  const udp = createSocket({ type: 'udp4', recvBufferSize: 1 << 20, sendBufferSize: 1 << 20 });
  https.listen(0, '127.0.0.1');
  await once(https, 'listening');
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  return new VoiceServer(https, udp, certificate, options);
}

/** A Discord voice server with its rooms, for as many guilds as a test wants. */
export class VoiceServer extends EventEmitter<VoiceEvents> implements AsyncDisposable {
  readonly endpoint: string; // as in VOICE_SERVER_UPDATE
  readonly udpPort: number;
  readonly certificate: Certificate;
  readonly heartbeatMs: number;
  readonly replay: 'after resumed' | 'before resumed';
  readonly faults: GatewayFaults = { refuseResumes: 0, hangs: 0, ignoredDiscoveries: 0, says: new Map() };
  readonly pacer = new Pacer();
  readonly #ownsCertificate: boolean;
  readonly #options: VoiceServerOptions;
  readonly #https: Server;
  readonly #sockets: WebSocketServer;
  readonly #udp: Socket;
  readonly #grants = new Map<string, Grant>();
  readonly #clients = new Map<string, VoiceClient>();
  readonly #expiries = new Map<VoiceClient, NodeJS.Timeout>();
  readonly #rooms = new Map<string, Room>();
  #udpDeadUntilMs = 0;
  #closed = false;

  constructor(https: Server, udp: Socket, certificate: Certificate, options: VoiceServerOptions) {
    super();
    this.#https = https;
    this.#udp = udp;
    this.#options = options;
    this.#ownsCertificate = options.certificate === undefined;
    this.certificate = certificate;
    this.heartbeatMs = options.heartbeatMs ?? 13_750;
    this.replay = options.replay ?? 'after resumed';
    this.endpoint = `127.0.0.1:${portOf(https.address())}`;
    this.udpPort = portOf(udp.address());
    udp.on('message', (datagram, from) => this.#datagram(datagram, { ip: from.address, port: from.port }));
    udp.on('error', () => {}); // an ICMP answer from a client's closed port is no concern of the others
    this.#sockets = new WebSocketServer({ server: https });
    this.#sockets.on('connection', (socket, request) => {
      const version = new URL(request.url ?? '/', 'wss://localhost').searchParams.get('v');
      if (version === '8') new GatewayConnection(this, socket).open();
      else socket.close(Close.unknownProtocol);
    });
  }

  /** Lets a client in, as the main gateway does when it sends VOICE_SERVER_UPDATE. A newer grant replaces an older one. */
  allow(grant: Grant): void {
    this.#grants.set(keyOf(grant.guildId, grant.userId), grant);
  }

  /** Throws a client out and forgets its grant: it left the channel, was moved or disconnected, or lost its seat. */
  remove(guildId: string, userId: string, code: number = Close.disconnected): void {
    const key = keyOf(guildId, userId);
    this.#grants.delete(key);
    const client = this.#clients.get(key);
    if (client === undefined) return;
    this.dismiss(client);
    client.close(code);
  }

  /** The room of a voice channel, made when first asked for. */
  room(guildId: string, channelId: string, options: { readonly daveVersion?: 0 | 1 } = {}): Room {
    const key = keyOf(guildId, channelId);
    const known = this.#rooms.get(key);
    if (known !== undefined) return known;
    const room = new Room({
      channelId,
      server: this,
      daveVersion: options.daveVersion ?? this.#options.daveVersion ?? 1,
      network: this.#options.network ?? PERFECT,
      dave: this.#options.dave ?? {},
    });
    this.#rooms.set(key, room);
    return room;
  }

  /** Loses every datagram in both directions for a while. */
  killUdp(durationMs: number): void {
    this.#udpDeadUntilMs = nowMs() + durationMs;
  }

  sendDatagram(datagram: Buffer, to: Address): void {
    if (this.#closed || nowMs() < this.#udpDeadUntilMs) return;
    this.#udp.send(datagram, to.port, to.ip);
  }

  /** Ends everything at once. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.pacer.stop();
    for (const room of this.#rooms.values()) room.close();
    for (const timer of this.#expiries.values()) clearTimeout(timer);
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#udp.close();
    this.#https.closeAllConnections();
    this.#https.close();
    await once(this.#https, 'close');
    if (this.#ownsCertificate) await this.certificate[Symbol.asyncDispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  // ------------------------------------------------------------------------------- for gateway connections

  roomOf({ grant }: { readonly grant: Grant }): Room {
    return this.room(grant.guildId, grant.channelId);
  }

  grantOf(guildId: string, userId: string): Grant | undefined {
    return this.#grants.get(keyOf(guildId, userId));
  }

  /** A new session; an older one of the same user in the same guild is over. */
  admit(client: VoiceClient): void {
    const key = keyOf(client.grant.guildId, client.grant.userId);
    const older = this.#clients.get(key);
    if (older !== undefined) {
      this.dismiss(older);
      const isTakenOver = older.grant.sessionId !== client.grant.sessionId;
      if (!isTakenOver || this.#options.takenOver !== 'stays open') older.close(Close.sessionInvalid);
    }
    this.#clients.set(key, client);
  }

  resumable(guildId: string, sessionId: string): VoiceClient | undefined {
    for (const client of this.#clients.values()) {
      if (client.grant.guildId !== guildId || client.grant.sessionId !== sessionId) continue;
      clearTimeout(this.#expiries.get(client));
      this.#expiries.delete(client);
      return client;
    }
    return undefined;
  }

  /** Whether this session is the one by which its user is in the guild's voice. */
  isCurrent(client: VoiceClient): boolean {
    return this.#clients.get(keyOf(client.grant.guildId, client.grant.userId)) === client;
  }

  /** A client's socket is gone. */
  dropped(client: VoiceClient, code: number): void {
    if (this.#closed || !this.isCurrent(client)) return;
    this.emit('dropped', client, code);
    if (VoiceClient.isResumable(code)) {
      const windowMs = this.#options.resumeWindowMs ?? 15_000;
      this.#expiries.set(
        client,
        setTimeout(() => this.dismiss(client), windowMs),
      );
    } else this.dismiss(client);
  }

  /** Ends a session. */
  dismiss(client: VoiceClient): void {
    clearTimeout(this.#expiries.get(client));
    this.#expiries.delete(client);
    if (!this.isCurrent(client)) return;
    this.#clients.delete(keyOf(client.grant.guildId, client.grant.userId));
    this.roomOf(client).exit(client);
    this.emit('left', client);
  }

  #datagram(datagram: Buffer, from: Address): void {
    if (this.#closed || nowMs() < this.#udpDeadUntilMs) return;
    if (isDiscovery(datagram)) this.#discover(datagram, from);
    else if (datagram.length === 8)
      this.sendDatagram(datagram, from); // a keep-alive is sent back as it came
    else {
      for (const client of this.#clients.values()) {
        if (client.address?.port === from.port) client.receivedDatagrams++;
      }
    }
  }

  #discover(datagram: Buffer, from: Address): void {
    const isIgnored = this.faults.ignoredDiscoveries > 0;
    if (isIgnored) this.faults.ignoredDiscoveries--;
    else {
      for (const client of this.#clients.values()) {
        if (client.ssrc === datagram.readUInt32BE(4)) client.address = from;
      }
      this.sendDatagram(answerDiscovery(datagram, from), from);
    }
    this.emit('discovery', !isIgnored);
  }
}

function keyOf(guildId: string, id: string): string {
  return `${guildId}/${id}`;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('Cannot tell the port: not listening');
  return address.port;
}
