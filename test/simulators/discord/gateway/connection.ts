import type { WebSocket } from 'ws';
import type { GatewaySession } from './session.ts';

const MAX_COMMANDS = { count: 120, perMs: 60_000 }; // Discord's own

/** What the client sent ends its connection with this code. */
export class Closing extends Error {
  override readonly name = 'Closing';
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** One connection, identified or not yet. */
export class Connection {
  readonly socket: WebSocket;
  readonly address: string;
  session: GatewaySession | undefined;
  heartbeatTimer: NodeJS.Timeout | undefined;
  #commandTimesMs: number[] = [];

  constructor(socket: WebSocket, address: string) {
    this.socket = socket;
    this.address = address;
  }

  /** Counts a command from the client. */
  mayCommand(): boolean {
    const now = Date.now();
    this.#commandTimesMs = this.#commandTimesMs.filter((at) => now - at < MAX_COMMANDS.perMs);
    this.#commandTimesMs.push(now);
    return this.#commandTimesMs.length <= MAX_COMMANDS.count;
  }
}
