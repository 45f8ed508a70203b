import { randomInt } from 'node:crypto';
import { WebSocket } from 'ws';
import type { DaveMember } from './dave/member.ts';
import { Close, Op } from './protocol.ts';
import type { Transport } from './transport.ts';

/** What the main gateway promised the voice server about one client. */
export interface Grant {
  readonly guildId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly token: string;
}

export interface Address {
  readonly ip: string;
  readonly port: number;
}

type Held = 'nothing' | 'welcomes' | 'everything';

/** A real voice client's session on this server. It outlives its socket, until it leaves or its time to resume is up. */
export class VoiceClient implements DaveMember {
  readonly kind = 'client';
  readonly grant: Grant;
  readonly ssrc = randomInt(1, 2 ** 32 - 1);
  readonly maxDaveVersion: number;
  readonly violations: string[] = [];
  transport: Transport | undefined; // once the protocol is selected
  address: Address | undefined; // where its datagrams come from, once IP discovery was seen
  speaking = 0;
  socket: WebSocket | undefined;
  /** What this server closed its socket with; the client's own word when it was the client. */
  closedWith: number | undefined;
  receivedDatagrams = 0; // RTP of its own; a listener sends none
  /** The sequence number the client last acknowledged with a heartbeat. */
  acknowledged = -1;
  #sequence = 0;
  #replay: { readonly sequence: number; readonly data: string | Buffer }[] = [];
  #held: Held = 'nothing';
  #isHung = false;
  #waiting: (() => void)[] = [];
  readonly #corruptNext = new Set<number>();

  constructor(grant: Grant, maxDaveVersion: number) {
    this.grant = grant;
    this.maxDaveVersion = maxDaveVersion;
  }

  get userId(): string {
    return this.grant.userId;
  }

  get state(): 'negotiating' | 'ready' | 'dropped' {
    if (this.socket?.readyState !== WebSocket.OPEN) return 'dropped';
    return this.transport === undefined ? 'negotiating' : 'ready';
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** Another socket carries the session from now on. What was held back is missed, and comes with a resume. */
  attach(socket: WebSocket): void {
    this.socket = undefined;
    this.#isHung = false;
    this.release();
    this.socket = socket;
    this.closedWith = undefined;
  }

  /** A message that is not replayed after a resume. */
  plain(op: number, d: unknown): void {
    this.#write(JSON.stringify({ op, d }));
  }

  /** A numbered message, kept for a resume. */
  json(op: number, d: unknown): void {
    this.#ordered(op, () => {
      const sequence = this.#number();
      this.#keep(sequence, JSON.stringify({ op, d, seq: sequence }));
    });
  }

  /** A numbered binary message, kept for a resume. */
  binary(op: number, payload: Buffer): void {
    this.#ordered(op, () => {
      const sequence = this.#number();
      const head = Buffer.alloc(3);
      head.writeUInt16BE(sequence);
      head[2] = op;
      this.#keep(sequence, Buffer.concat([head, this.#corruptNext.delete(op) ? spoilt(payload) : payload]));
    });
  }

  /** Sends again what came after `acknowledged`. */
  replayAfter(acknowledged: number): void {
    this.#replay = this.#replay.filter(({ sequence }) => sequence > acknowledged);
    for (const { data } of this.#replay) this.#write(data);
  }

  /** Drops what the client says that it has. */
  acknowledge(sequence: number): void {
    if (sequence > this.#sequence)
      this.violations.push(`acknowledged ${sequence}, but only ${this.#sequence} were sent`);
    this.acknowledged = sequence;
    this.#replay = this.#replay.filter((message) => message.sequence > sequence);
  }

  // ------------------------------------------------------------------------------------------------- faults

  /** Closes its socket. Below 4000 and with 4015 the session can be resumed; otherwise it is over. */
  close(code: number): void {
    this.closedWith = code;
    this.socket?.close(code);
  }

  /** Sends a frame just as it is, whatever it is: text or bytes. */
  raw(frame: string | Buffer): void {
    this.#write(frame);
  }

  /** Cuts the TCP connection without a close frame. */
  drop(): void {
    this.socket?.terminate();
  }

  /** Nothing answers it any more, not even its heartbeats, until it comes back over another socket. */
  hang(): void {
    this.#isHung = true;
    this.hold('everything');
  }

  get isHung(): boolean {
    return this.#isHung;
  }

  /** Holds messages to this client back, in order, until `release`: all of them, or from the next DAVE welcome on. */
  hold(what: 'welcomes' | 'everything'): void {
    this.#held = what;
  }

  release(): void {
    this.#held = 'nothing';
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const send of waiting) send();
  }

  /** Spoils the next commit or welcome sent to this client, so that it has to report it as invalid. */
  corruptNext(what: 'commit' | 'welcome' | 'proposals'): void {
    const ops = { commit: Op.daveAnnounceCommit, welcome: Op.daveWelcome, proposals: Op.daveProposals };
    this.#corruptNext.add(ops[what]);
  }

  static isResumable(code: number): boolean {
    return code !== 1000 && (code < 4000 || code === Close.serverCrashed);
  }

  #ordered(op: number, send: () => void): void {
    const isDave = op >= Op.davePrepareTransition;
    const isHeld = this.#held === 'everything' || (this.#held === 'welcomes' && op === Op.daveWelcome);
    // A held message holds up what comes after it: all of it, or what DAVE has to say.
    const isBehind = this.#waiting.length > 0 && (isDave || this.#held === 'everything');
    if (isHeld || isBehind) this.#waiting.push(send);
    else send();
  }

  #number(): number {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return this.#sequence;
  }

  #keep(sequence: number, data: string | Buffer): void {
    this.#replay.push({ sequence, data });
    this.#write(data);
  }

  #write(data: string | Buffer): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(data);
  }
}

/** The same message with its last bytes turned: the structure is whole, the signature or the secret is not. */
function spoilt(payload: Buffer): Buffer {
  const copy = Buffer.from(payload);
  for (let at = Math.max(2, copy.length - 8); at < copy.length; at++) copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
