import type { RawData, WebSocket } from 'ws';
import { VoiceClient } from './client.ts';
import { type ClientMessage, Close, clientMessage, MODES, Op } from './protocol.ts';
import { Transport } from './transport.ts';
import type { VoiceServer } from './voice-server.ts';

type SessionMessage = Exclude<ClientMessage, { op: typeof Op.heartbeat | typeof Op.identify | typeof Op.resume }>;

/** What can be made to go wrong before a client has a session. Counts say for how many it goes wrong. */
export interface GatewayFaults {
  refuseResumes: number; // answered with 4006
  hangs: number; // connections that open and then say nothing, not even Hello
  ignoredDiscoveries: number; // IP discovery datagrams left without an answer
  readonly says: Map<number, unknown>; // what Hello, Ready or Session Description say, once, instead of what is true
}

/** One WebSocket of a voice client, from Hello on. */
export class GatewayConnection {
  readonly #server: VoiceServer;
  readonly #socket: WebSocket;
  #client: VoiceClient | undefined;
  #pulse: NodeJS.Timeout | undefined;
  #closedWith: number | undefined;

  constructor(server: VoiceServer, socket: WebSocket) {
    this.#server = server;
    this.#socket = socket;
  }

  open(): void {
    this.#socket.on('error', () => {}); // a dead peer is told by 'close', which always follows
    this.#socket.on('close', (code) => this.#gone(code));
    if (this.#server.faults.hangs > 0) {
      this.#server.faults.hangs--;
      return;
    }
    this.#socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    this.#say(Op.hello, this.#instead(Op.hello, { v: 8, heartbeat_interval: this.#server.heartbeatMs }));
    this.#expectPulse();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#closedWith !== undefined || this.#client?.isHung === true) return;
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer); // ws gives Buffers by default
    if (isBinary) this.#receiveDave(bytes);
    else this.#receiveJson(bytes.toString());
  }

  #receiveJson(text: string): void {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      this.#close(Close.badPayload);
      return;
    }
    const parsed = clientMessage.safeParse(json);
    if (parsed.success) this.#handle(parsed.data);
    else {
      const isKnown = typeof json === 'object' && json !== null && 'op' in json && isOpcode(json.op);
      this.#close(isKnown ? Close.badPayload : Close.unknownOpcode);
    }
  }

  #handle(message: ClientMessage): void {
    if (message.op === Op.heartbeat) {
      this.#client?.acknowledge(message.d.seq_ack);
      this.#expectPulse();
      this.#say(Op.heartbeatAck, { t: message.d.t });
    } else if (message.op === Op.identify) this.#identify(message.d);
    else if (message.op === Op.resume) this.#resume(message.d);
    else if (this.#client === undefined) this.#close(Close.notAuthenticated);
    else this.#handleOf(this.#client, message);
  }

  #handleOf(client: VoiceClient, message: SessionMessage): void {
    if (!this.#server.isCurrent(client)) return; // another has its place, and only its socket is still open
    const room = this.#server.roomOf(client);
    switch (message.op) {
      case Op.selectProtocol:
        this.#selectProtocol(client, message.d.data);
        break;
      case Op.speaking:
        client.speaking = message.d.speaking;
        room.relaySpeaking(client);
        break;
      case Op.daveTransitionReady:
        room.dave.ready(client, message.d.transition_id);
        break;
      case Op.daveInvalidCommitWelcome:
        room.dave.invalid(client, message.d.transition_id);
        break;
      case Op.video: // nobody here has eyes
        break;
    }
  }

  #selectProtocol(client: VoiceClient, chosen: { address: string; port: number; mode: string }): void {
    const mode = MODES.find((known) => known === chosen.mode);
    if (mode === undefined) {
      this.#close(Close.unknownMode);
      return;
    }
    client.address ??= { ip: chosen.address, port: chosen.port };
    client.transport = new Transport(mode);
    const room = this.#server.roomOf(client);
    const session = {
      audio_codec: 'opus',
      video_codec: null,
      mode,
      secret_key: [...client.transport.secretKey],
      dave_protocol_version: room.daveVersion,
      media_session_id: client.grant.sessionId,
    };
    client.json(Op.sessionDescription, this.#instead(Op.sessionDescription, session));
    room.enter(client);
    this.#server.emit('ready', client);
  }

  #receiveDave(bytes: Buffer): void {
    const client = this.#client;
    const payload = bytes.subarray(1);
    if (client === undefined) this.#close(Close.notAuthenticated);
    else if (bytes[0] === Op.daveKeyPackage) this.#server.roomOf(client).dave.keyPackage(client, payload);
    else if (bytes[0] === Op.daveCommitWelcome) this.#server.roomOf(client).dave.commitWelcome(client, payload);
    else this.#close(Close.unknownOpcode);
  }

  #identify(d: Extract<ClientMessage, { op: typeof Op.identify }>['d']): void {
    const grant = this.#server.grantOf(d.server_id, d.user_id);
    if (this.#client !== undefined) this.#close(Close.alreadyAuthenticated);
    else if (grant === undefined || grant.sessionId !== d.session_id) this.#refuse(Close.sessionInvalid);
    else if (grant.token !== d.token) this.#refuse(Close.authenticationFailed);
    else if (this.#server.roomOf({ grant }).daveVersion > d.max_dave_protocol_version) this.#refuse(Close.daveRequired);
    else this.#welcome(new VoiceClient(grant, d.max_dave_protocol_version));
  }

  #welcome(client: VoiceClient): void {
    this.#server.admit(client);
    this.#attach(client);
    const ready = {
      ssrc: client.ssrc,
      ip: '127.0.0.1',
      port: this.#server.udpPort,
      modes: [...MODES],
      experiments: [],
      streams: [],
    };
    client.plain(Op.ready, this.#instead(Op.ready, ready));
    this.#server.emit('identified', client);
  }

  #resume(d: Extract<ClientMessage, { op: typeof Op.resume }>['d']): void {
    const client = this.#server.resumable(d.server_id, d.session_id);
    if (client === undefined || client.grant.token !== d.token) {
      this.#refuse(Close.sessionInvalid);
    } else if (this.#server.faults.refuseResumes > 0) {
      this.#server.faults.refuseResumes--;
      this.#server.dismiss(client);
      this.#refuse(Close.sessionInvalid);
    } else {
      const before = client.socket;
      this.#attach(client);
      before?.terminate();
      if (this.#server.replay === 'before resumed') client.replayAfter(d.seq_ack);
      client.plain(Op.resumed, null);
      if (this.#server.replay === 'after resumed') client.replayAfter(d.seq_ack);
      this.#server.emit('resumed', client);
    }
  }

  #attach(client: VoiceClient): void {
    this.#client = client;
    client.attach(this.#socket);
  }

  #refuse(code: number): void {
    this.#server.emit('refused', code);
    this.#close(code);
  }

  #instead(op: number, truth: object): unknown {
    const { says } = this.#server.faults;
    if (!says.has(op)) return truth;
    const lie = says.get(op);
    says.delete(op);
    return lie;
  }

  #say(op: number, d: unknown): void {
    this.#socket.send(JSON.stringify({ op, d }));
  }

  /** Discord gives up on a client that stops beating. */
  #expectPulse(): void {
    clearTimeout(this.#pulse);
    this.#pulse = setTimeout(() => {
      if (this.#client?.isHung !== true) this.#close(Close.sessionTimeout);
    }, this.#server.heartbeatMs * 3);
  }

  #close(code: number): void {
    this.#closedWith = code;
    this.#socket.close(code);
  }

  #gone(code: number): void {
    clearTimeout(this.#pulse);
    const client = this.#client;
    if (client === undefined || client.socket !== this.#socket) return; // a newer socket carries the session now
    this.#server.dropped(client, this.#closedWith ?? client.closedWith ?? code);
  }
}

function isOpcode(op: unknown): boolean {
  return Object.values(Op).some((known) => known === op);
}
