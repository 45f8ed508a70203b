import type { IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { World } from '../world/world.ts';
import { sendChannelInfo } from './channel-info.ts';
import { Closing, Connection } from './connection.ts';
import { sendMembers } from './member-chunk.ts';
import {
  channelInfoRequest,
  memberRequest,
  OP,
  readPacket,
  resume,
  type VoiceStateRequest,
  voiceState,
} from './packets.ts';
import { readIdentify } from './read-identify.ts';
import type { GatewaySession } from './session.ts';
import type { SessionStarts } from './session-starts.ts';
import { Sessions } from './sessions.ts';
import { type Shard, serves } from './shard.ts';
import { welcome } from './welcome.ts';

const INVALID = JSON.stringify({ op: OP.invalidSession, s: null, t: null, d: false });

export interface GatewayOptions {
  readonly starts: SessionStarts;
  readonly heartbeatIntervalMs: number;
  readonly resumeWithinMs: number; // then a session whose connection was lost is over
  readonly allowedIntents: number; // privileged intents that the developer portal grants
}

/** What else a session's voice state request does, beside the state itself. */
export type OnVoiceState = (request: VoiceStateRequest, session: GatewaySession) => void;

/** Discord's gateway v10: sessions, resumes, and the events each session asked for. */
export class GatewayServer {
  readonly sockets = new WebSocketServer({ noServer: true });
  readonly #sessions: Sessions;
  readonly #world: World;
  readonly #options: GatewayOptions;
  readonly #onVoiceState: OnVoiceState;
  readonly #connections = new Set<Connection>();
  #refusesResume = false;
  #isDeaf = false;
  /** Counts, for tests of reconnecting. */
  readonly count = { connections: 0, identifies: 0, resumes: 0 };

  constructor(world: World, options: GatewayOptions, onVoiceState: OnVoiceState) {
    this.#world = world;
    this.#options = options;
    this.#onVoiceState = onVoiceState;
    this.#sessions = new Sessions(world);
  }

  get sessions(): ReadonlyMap<string, GatewaySession> {
    return this.#sessions.all;
  }

  get url(): string {
    return this.#world.origin.replace('http', 'ws');
  }

  get isConnected(): boolean {
    return [...this.sessions.values()].some((session) => session.socket !== undefined);
  }

  accept(socket: WebSocket, request: IncomingMessage): void {
    this.count.connections += 1;
    const query = new URL(request.url ?? '/', 'ws://simulator').searchParams;
    if (query.get('v') !== '10') {
      socket.close(4012, 'Invalid API version');
      return;
    }
    const connection = new Connection(socket, request.socket.remoteAddress ?? '');
    this.#connections.add(connection);
    socket.on('error', () => {}); // the close event that follows says all
    socket.on('close', (code) => this.#closed(connection, code));
    socket.on('message', (data, isBinary) => {
      try {
        this.#received(connection, data.toString(), isBinary);
      } catch (error) {
        if (!(error instanceof Closing)) throw error;
        socket.close(error.code, error.message);
      }
    });
    this.#expectHeartbeat(connection);
    const hello = { heartbeat_interval: this.#options.heartbeatIntervalMs, _trace: ['simulator'] };
    socket.send(JSON.stringify({ op: OP.hello, s: null, t: null, d: hello }));
  }

  // ------------------------------------------------------------------------------------------------- faults

  /** Every connection is cut, as by a lost network. Sessions can be resumed. */
  drop(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Closes every connection with this code. */
  close(code: number): void {
    for (const { socket } of this.#connections) socket.close(code);
  }

  /** Tells the clients to reconnect, as Discord does when it deploys. */
  askToReconnect(): void {
    for (const { socket } of this.#connections)
      socket.send(JSON.stringify({ op: OP.reconnect, s: null, t: null, d: null }));
  }

  /** Op 9. A session that cannot be resumed is gone, and the bot with it out of every voice channel. */
  invalidateSession(isResumable = false): void {
    for (const connection of this.#connections) {
      const { session } = connection;
      connection.session = undefined; // on this connection the client may resume or identify again
      if (session !== undefined && isResumable) session.socket = undefined;
      else if (session !== undefined) this.#sessions.end(session);
      connection.socket.send(JSON.stringify({ op: OP.invalidSession, s: null, t: null, d: isResumable }));
    }
  }

  /** The next resume is answered by op 9, its session gone. */
  refuseResume(): void {
    this.#refusesResume = true;
  }

  /** No heartbeat is acknowledged any more (or again): a careful client leaves such a connection. */
  stopAcknowledging(isDeaf = true): void {
    this.#isDeaf = isDeaf;
  }

  /** Ends everything. */
  dispose(): void {
    for (const connection of this.#connections) {
      clearTimeout(connection.heartbeatTimer);
      connection.socket.terminate();
    }
    this.#sessions.dispose();
    this.sockets.close();
  }

  // ---------------------------------------------------------------------------------------------- one client

  #received(connection: Connection, text: string, isBinary: boolean): void {
    const received = isBinary ? undefined : readPacket(text);
    if (received === undefined) throw new Closing(4002, 'Decode error');
    if (!connection.mayCommand()) throw new Closing(4008, 'Rate limited');
    const { op, d } = received;
    switch (op) {
      case OP.heartbeat:
        this.#expectHeartbeat(connection);
        if (!this.#isDeaf) connection.socket.send(JSON.stringify({ op: OP.heartbeatAck, s: null, t: null, d: null }));
        return;
      case OP.identify:
        if (connection.session !== undefined) throw new Closing(4005, 'Already authenticated');
        this.#identify(connection, d);
        return;
      case OP.resume:
        if (connection.session !== undefined) throw new Closing(4005, 'Already authenticated');
        this.#resume(connection, d);
        return;
      case OP.presence:
      case OP.voiceState:
      case OP.requestMembers:
      case OP.requestChannelInfo:
        if (connection.session === undefined) throw new Closing(4003, 'Not authenticated');
        if (op === OP.voiceState) this.#voiceState(connection.session, d);
        if (op === OP.requestMembers) this.#members(connection.session, d);
        if (op === OP.requestChannelInfo) this.#channelInfo(connection.session, d);
        return;
      default:
        throw new Closing(4001, 'Unknown opcode');
    }
  }

  #identify(connection: Connection, d: unknown): void {
    this.count.identifies += 1;
    const allows = { token: this.#world.token, intents: this.#options.allowedIntents };
    const { intents, shard } = readIdentify(d, allows);
    if (!this.#mayBegin(connection, shard)) return;
    const { socket, address } = connection;
    connection.session = this.#sessions.begin({ intents, shard, address, socket });
    welcome(this.#world, connection.session, this.url);
  }

  /** Answers what comes too early, and resets the token with the first identify that is one too many for today. */
  #mayBegin(connection: Connection, { id }: Shard): boolean {
    const verdict = this.#options.starts.take(id);
    if (verdict === 'too early') {
      this.#world.violations.push(`An identify came too early after another of its bucket: shard ${id}`);
      connection.socket.send(INVALID);
    }
    if (verdict === 'none left') {
      this.#world.violations.push('More sessions were started than Discord allows a day: the token was reset');
      this.#world.resetToken();
      for (const session of this.sessions.values()) this.#sessions.end(session);
      this.close(4004);
    }
    return verdict === 'welcome';
  }

  #resume(connection: Connection, d: unknown): void {
    this.count.resumes += 1;
    const read = resume.safeParse(d);
    if (!read.success) throw new Closing(4002, 'Decode error');
    if (read.data.token !== this.#world.token) throw new Closing(4004, 'Authentication failed');
    const session = this.sessions.get(read.data.session_id);
    if (session === undefined || this.#refusesResume) {
      this.#refusesResume = false;
      if (session !== undefined) this.#sessions.end(session);
      connection.socket.send(INVALID);
      return;
    }
    if (read.data.seq > session.sequence) throw new Closing(4007, 'Invalid seq');
    session.socket?.terminate();
    connection.session = session;
    session.resume(connection.socket, read.data.seq);
  }

  #voiceState(session: GatewaySession, d: unknown): void {
    const read = voiceState.safeParse(d);
    if (!read.success) throw new Closing(4002, 'Decode error');
    if (this.#isServed(session, read.data.guild_id)) this.#onVoiceState(read.data, session);
  }

  #members(session: GatewaySession, d: unknown): void {
    const read = memberRequest.safeParse(d);
    if (!read.success) throw new Closing(4002, 'Decode error');
    if (this.#isServed(session, read.data.guild_id)) sendMembers(this.#world, session, read.data);
  }

  #channelInfo(session: GatewaySession, d: unknown): void {
    const read = channelInfoRequest.safeParse(d);
    if (!read.success) throw new Closing(4002, 'Decode error');
    if (this.#isServed(session, read.data.guild_id)) sendChannelInfo(this.#world, session, read.data);
  }

  /** Discord ignores what a session asks for servers of other shards. */
  #isServed({ shard }: GatewaySession, guildId: string): boolean {
    const isServed = serves(shard, guildId);
    if (!isServed)
      this.#world.violations.push(`Shard ${shard.id} of ${shard.count} asked for a server of another shard`);
    return isServed;
  }

  /** Who misses one heartbeat and a half is taken for dead. */
  #expectHeartbeat(connection: Connection): void {
    clearTimeout(connection.heartbeatTimer);
    connection.heartbeatTimer = setTimeout(() => {
      this.#world.violations.push('The client sent no heartbeat in time');
      connection.socket.close(4009, 'Session timed out');
    }, this.#options.heartbeatIntervalMs * 1.5);
  }

  #closed(connection: Connection, code: number): void {
    clearTimeout(connection.heartbeatTimer);
    this.#connections.delete(connection);
    const { session } = connection;
    if (session === undefined || session.socket !== connection.socket) return;
    session.socket = undefined;
    // Closed by the client for good. Codes that we closed with come back too, but we never close with these.
    if (code === 1000 || code === 1001) this.#sessions.end(session);
    else session.expire(this.#options.resumeWithinMs, () => this.#sessions.end(session));
  }
}
