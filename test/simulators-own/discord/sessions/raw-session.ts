import { EventEmitter, once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { DiscordSimulator } from '../../../simulators/discord/index.ts';
import { INTENTS } from '../bot.ts';

const told = z.object({ op: z.number(), t: z.string().nullable(), d: z.unknown() });
export type Told = z.output<typeof told>;

/** What a message's data says under a name. */
export function field({ d }: Told, name: string): unknown {
  return Object(d)[name];
}

/** A gateway connection without a library, for what discord.js would never do. It ends with the simulator. */
export class RawSession {
  /** Everything that Discord said, oldest first. */
  readonly heard: Told[] = [];
  readonly #socket: WebSocket;
  readonly #arrivals = new EventEmitter();

  constructor(sim: DiscordSimulator) {
    this.#socket = new WebSocket(`${sim.gateway.url}/?v=10&encoding=json`);
    this.#arrivals.setMaxListeners(0);
    this.#socket.on('error', () => {}); // the simulator ends before its clients
    this.#socket.on('message', (data) => {
      this.heard.push(told.parse(JSON.parse(data.toString())));
      this.#arrivals.emit('heard');
    });
  }

  /** Connects and identifies; `shard` as Discord takes it. */
  static async identify(sim: DiscordSimulator, shard?: readonly [number, number]): Promise<RawSession> {
    const session = new RawSession(sim);
    await session.next(({ op }) => op === 10);
    const intents = INTENTS.reduce((bits, bit) => bits | bit, 0);
    session.send(2, { token: sim.token, intents, properties: {}, ...(shard === undefined ? {} : { shard }) });
    return session;
  }

  send(op: number, d: unknown): void {
    this.#socket.send(JSON.stringify({ op, d }));
  }

  /** The first message that fits, of those heard or to come. */
  async next(fits: (message: Told) => boolean): Promise<Told> {
    for (;;) {
      const found = this.heard.find(fits);
      if (found !== undefined) return found;
      await once(this.#arrivals, 'heard');
    }
  }

  /** The first event of this name. */
  async event(name: string): Promise<Told> {
    return await this.next(({ t }) => t === name);
  }

  /** The names of all events so far. */
  get names(): readonly (string | null)[] {
    return this.heard.filter(({ op }) => op === 0).map(({ t }) => t);
  }

  /** Resolves to the code that Discord closes the connection with. */
  async closed(): Promise<number> {
    const [code]: unknown[] = await once(this.#socket, 'close');
    return Number(code);
  }

  close(code: number): void {
    this.#socket.close(code);
  }
}
