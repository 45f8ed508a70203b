import type { WebSocket } from 'ws';
import type { WorldEvent } from '../world/events.ts';
import { type Shard, serves } from './shard.ts';

interface Sent {
  readonly sequence: number;
  readonly text: string;
}

/** One identified session: it outlives its connection, and keeps what was missed for a resume. */
export class GatewaySession {
  readonly id: string;
  readonly intents: number;
  readonly shard: Shard;
  readonly address: string; // that it identified from
  #sequence = 0;
  #sent: Sent[] = [];
  #expiry: NodeJS.Timeout | undefined;
  socket: WebSocket | undefined;

  constructor(id: string, begins: { intents: number; shard: Shard; address: string; socket: WebSocket }) {
    this.id = id;
    this.intents = begins.intents;
    this.shard = begins.shard;
    this.address = begins.address;
    this.socket = begins.socket;
  }

  get sequence(): number {
    return this.#sequence;
  }

  hears({ intent, guildId, onlyTo }: WorldEvent): boolean {
    if (onlyTo !== undefined) return onlyTo === this.id;
    return (intent === 0 || (this.intents & intent) !== 0) && serves(this.shard, guildId);
  }

  dispatch(name: string, data: unknown): void {
    this.#sequence += 1;
    const text = JSON.stringify({ op: 0, s: this.#sequence, t: name, d: data });
    this.#sent.push({ sequence: this.#sequence, text });
    if (this.#sent.length > 10_000) this.#sent = this.#sent.slice(-5_000);
    this.socket?.send(text);
  }

  /** Sends again what came after `sequence`, then that it is all. */
  resume(socket: WebSocket, sequence: number): void {
    clearTimeout(this.#expiry);
    this.socket = socket;
    for (const { text } of this.#sent.filter((sent) => sent.sequence > sequence)) socket.send(text);
    this.dispatch('RESUMED', {});
  }

  /** Its connection is lost: it waits for a resume. */
  expire(afterMs: number, over: () => void): void {
    this.#expiry = setTimeout(over, afterMs);
  }

  dispose(): void {
    clearTimeout(this.#expiry);
    this.socket = undefined;
  }
}
