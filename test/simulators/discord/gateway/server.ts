import type { IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { INTENT, type WorldEvent } from '../world/events.ts';
import { userJson } from '../world/user.ts';
import type { World } from '../world/world.ts';
import { GatewaySession } from './session.ts';

const PRIVILEGED = INTENT.guildMembers | INTENT.guildPresences | INTENT.messageContent;
const KNOWN_INTENTS = (1 << 26) - 1;
const MAX_COMMANDS = { count: 120, perMs: 60_000 };
const OP = {
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voiceState: 4,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

const packet = z.object({ op: z.number().int(), d: z.unknown() });
const identify = z.object({ token: z.string(), intents: z.number().int(), properties: z.looseObject({}) });
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int() });
const voiceState = z.object({
  guild_id: z.string(),
  channel_id: z.string().nullable(),
  self_mute: z.boolean(),
  self_deaf: z.boolean(),
});
const memberRequest = z.object({
  guild_id: z.string(),
  query: z.string().optional(),
  limit: z.number().int().optional(),
  user_ids: z.union([z.string(), z.array(z.string())]).optional(),
  nonce: z.string().optional(),
});
export type VoiceStateRequest = z.output<typeof voiceState>;

export interface GatewayOptions {
  readonly token: string;
  readonly heartbeatIntervalMs: number;
  readonly resumeWithinMs: number; // then a session whose connection was lost is over
  readonly allowedIntents: number; // privileged intents that the developer portal grants
}

/** What else a session's voice state request does, beside the state itself. */
export type OnVoiceState = (request: VoiceStateRequest, sessionId: string) => void;

/** Discord's gateway v10: sessions, resumes, and the events each session asked for. */
export class GatewayServer {
  readonly sockets = new WebSocketServer({ noServer: true });
  readonly sessions = new Map<string, GatewaySession>();
  readonly #world: World;
  readonly #options: GatewayOptions;
  readonly #onVoiceState: OnVoiceState;
  readonly #lives = new Set<Life>();
  #refusesResume = false;
  #isDeaf = false;
  /** Counts, for tests of reconnecting. */
  readonly count = { connections: 0, identifies: 0, resumes: 0 };

  constructor(world: World, options: GatewayOptions, onVoiceState: OnVoiceState) {
    this.#world = world;
    this.#options = options;
    this.#onVoiceState = onVoiceState;
    world.onEvent((event) => this.#tell(event));
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
    const life = new Life(socket);
    this.#lives.add(life);
    socket.on('error', () => {}); // the close event that follows says all
    socket.on('close', (code) => this.#closed(life, code));
    socket.on('message', (data, isBinary) => {
      try {
        this.#received(life, data.toString(), isBinary);
      } catch (error) {
        if (!(error instanceof Closing)) throw error;
        socket.close(error.code, error.message);
      }
    });
    this.#expectHeartbeat(life);
    const hello = { heartbeat_interval: this.#options.heartbeatIntervalMs, _trace: ['simulator'] };
    socket.send(JSON.stringify({ op: OP.hello, s: null, t: null, d: hello }));
  }

  // ------------------------------------------------------------------------------------------------- faults

  /** Every connection is cut, as by a lost network. Sessions can be resumed. */
  drop(): void {
    for (const { socket } of this.#lives) socket.terminate();
  }

  /** Closes every connection with this code. */
  close(code: number): void {
    for (const { socket } of this.#lives) socket.close(code);
  }

  /** Tells the clients to reconnect, as Discord does when it deploys. */
  askToReconnect(): void {
    for (const { socket } of this.#lives) socket.send(JSON.stringify({ op: OP.reconnect, s: null, t: null, d: null }));
  }

  /** Op 9. A session that cannot be resumed is gone, and the bot with it out of every voice channel. */
  invalidateSession(isResumable = false): void {
    for (const life of this.#lives) {
      const { session } = life;
      life.session = undefined; // on this connection the client may resume or identify again
      if (session !== undefined && isResumable) session.socket = undefined;
      else if (session !== undefined) this.#end(session);
      life.socket.send(JSON.stringify({ op: OP.invalidSession, s: null, t: null, d: isResumable }));
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
    for (const life of this.#lives) {
      clearTimeout(life.heartbeatTimer);
      life.socket.terminate();
    }
    for (const session of this.sessions.values()) session.dispose();
    this.sessions.clear();
    this.sockets.close();
  }

  // ---------------------------------------------------------------------------------------------- one client

  #received(life: Life, text: string, isBinary: boolean): void {
    if (isBinary) throw new Closing(4002, 'Decode error');
    const read = packet.safeParse(safeJson(text));
    if (!read.success) throw new Closing(4002, 'Decode error');
    if (!life.mayCommand()) throw new Closing(4008, 'Rate limited');
    const { op, d } = read.data;
    switch (op) {
      case OP.heartbeat:
        this.#expectHeartbeat(life);
        if (!this.#isDeaf) life.socket.send(JSON.stringify({ op: OP.heartbeatAck, s: null, t: null, d: null }));
        return;
      case OP.identify:
        if (life.session !== undefined) throw new Closing(4005, 'Already authenticated');
        this.#identify(life, d);
        return;
      case OP.resume:
        if (life.session !== undefined) throw new Closing(4005, 'Already authenticated');
        this.#resume(life, d);
        return;
      case OP.presence:
      case OP.voiceState:
      case OP.requestMembers:
        if (life.session === undefined) throw new Closing(4003, 'Not authenticated');
        if (op === OP.voiceState) this.#voiceState(life.session, d);
        if (op === OP.requestMembers) this.#members(life.session, d);
        return;
      default:
        throw new Closing(4001, 'Unknown opcode');
    }
  }

  #identify(life: Life, d: unknown): void {
    this.count.identifies += 1;
    const read = identify.safeParse(d);
    if (!read.success) throw new Closing(4002, 'Decode error');
    const { token, intents } = read.data;
    if (token !== this.#options.token) throw new Closing(4004, 'Authentication failed');
    if ((intents & ~KNOWN_INTENTS) !== 0) throw new Closing(4013, 'Invalid intent(s)');
    if ((intents & PRIVILEGED & ~this.#options.allowedIntents) !== 0) {
      throw new Closing(4014, 'Disallowed intent(s).');
    }
    const session = new GatewaySession(this.#world.secret(), intents, life.socket);
    this.sessions.set(session.id, session);
    life.session = session;
    session.dispatch('READY', {
      v: 10,
      user: { ...userJson(this.#world.bot), verified: true, mfa_enabled: true, email: null },
      guilds: [...this.#world.guilds.keys()].map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: `${this.url}/resume`,
      shard: [0, 1],
      application: { id: this.#world.application.id, flags: 0 },
      private_channels: [],
      relationships: [],
      user_settings: {},
      presences: [],
      guild_join_requests: [],
      _trace: ['simulator'],
    });
    if ((intents & INTENT.guilds) === 0) return;
    for (const guild of this.#world.guilds.values()) session.dispatch('GUILD_CREATE', guild.createJson(intents));
  }

  #resume(life: Life, d: unknown): void {
    this.count.resumes += 1;
    const read = resume.safeParse(d);
    if (!read.success) throw new Closing(4002, 'Decode error');
    if (read.data.token !== this.#options.token) throw new Closing(4004, 'Authentication failed');
    const session = this.sessions.get(read.data.session_id);
    if (session === undefined || this.#refusesResume) {
      this.#refusesResume = false;
      if (session !== undefined) this.#end(session);
      life.socket.send(JSON.stringify({ op: OP.invalidSession, s: null, t: null, d: false }));
      return;
    }
    if (read.data.seq > session.sequence) throw new Closing(4007, 'Invalid seq');
    session.socket?.terminate();
    life.session = session;
    session.resume(life.socket, read.data.seq);
  }

  #voiceState(session: GatewaySession, d: unknown): void {
    const read = voiceState.safeParse(d);
    if (!read.success) throw new Closing(4002, 'Decode error');
    this.#onVoiceState(read.data, session.id);
  }

  #members(session: GatewaySession, d: unknown): void {
    const read = memberRequest.safeParse(d);
    if (!read.success) throw new Closing(4002, 'Decode error');
    const { guild_id: guildId, user_ids: ids, query, limit, nonce } = read.data;
    const guild = this.#world.guilds.get(guildId);
    if (guild === undefined) return;
    const wanted = typeof ids === 'string' ? [ids] : ids;
    const isEveryone = wanted === undefined && (query ?? '') === '' && (limit ?? 0) === 0;
    if (isEveryone && (session.intents & INTENT.guildMembers) === 0) throw new Closing(4014, 'Disallowed');
    const found = [...guild.members.values()].filter((member) =>
      wanted === undefined ? member.displayName.startsWith(query ?? '') : wanted.includes(member.id),
    );
    session.dispatch('GUILD_MEMBERS_CHUNK', {
      guild_id: guildId,
      members: found.map((member) => member.json()),
      chunk_index: 0,
      chunk_count: 1,
      ...(wanted === undefined ? {} : { not_found: wanted.filter((id) => !guild.members.has(id)) }),
      ...(nonce === undefined ? {} : { nonce }),
    });
  }

  /** Who misses one heartbeat and a half is taken for dead. */
  #expectHeartbeat(life: Life): void {
    clearTimeout(life.heartbeatTimer);
    life.heartbeatTimer = setTimeout(() => {
      this.#world.violations.push('The client sent no heartbeat in time');
      life.socket.close(4009, 'Session timed out');
    }, this.#options.heartbeatIntervalMs * 1.5);
  }

  #closed(life: Life, code: number): void {
    clearTimeout(life.heartbeatTimer);
    this.#lives.delete(life);
    const { session } = life;
    if (session === undefined || session.socket !== life.socket) return;
    session.socket = undefined;
    // Closed by the client for good. Codes that we closed with come back too, but we never close with these.
    if (code === 1000 || code === 1001) this.#end(session);
    else session.expire(this.#options.resumeWithinMs, () => this.#end(session));
  }

  /** Without its gateway session the bot is in no voice channel. */
  #end(session: GatewaySession): void {
    this.sessions.delete(session.id);
    session.dispose();
    for (const guild of this.#world.guilds.values()) {
      if (guild.bot.voice?.sessionId === session.id) guild.bot.leave();
    }
  }

  #tell(event: WorldEvent): void {
    for (const session of this.sessions.values()) {
      if (session.hears(event)) session.dispatch(event.name, event.data(session.intents));
    }
  }
}

/** What the client sent ends its connection with this code. */
class Closing extends Error {
  override readonly name = 'Closing';
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** One connection, identified or not yet. */
class Life {
  readonly socket: WebSocket;
  session: GatewaySession | undefined;
  heartbeatTimer: NodeJS.Timeout | undefined;
  #commandTimesMs: number[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
  }

  /** Counts a command from the client. */
  mayCommand(): boolean {
    const now = Date.now();
    this.#commandTimesMs = this.#commandTimesMs.filter((at) => now - at < MAX_COMMANDS.perMs);
    this.#commandTimesMs.push(now);
    return this.#commandTimesMs.length <= MAX_COMMANDS.count;
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // judged by the schema like anything else that is no packet
  }
}
