import { type ParleyEnvironment, type ParleyProcess, startParley } from '../parley.ts';
import { Relay } from './relay.ts';

/** The servers that all processes of a cluster share. */
export interface Servers {
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

/** One process of a cluster, on an address of its own, with a cable of its own to each server that it shares. */
export class Node implements AsyncDisposable {
  readonly name: string;
  readonly address: string; // of loopback
  readonly postgres: Relay;
  readonly redis: Relay;
  readonly #bot: ParleyProcess;
  #earlier = ''; // what it wrote before it was last started
  #isFrozen = false;
  #isGone = false;

  private constructor(name: string, address: string, relays: readonly [Relay, Relay], environment: ParleyEnvironment) {
    this.name = name;
    this.address = address;
    [this.postgres, this.redis] = relays;
    this.#bot = startParley({ ...environment, fromAddress: address });
  }

  /** @param place - of all nodes; makes the address */
  static async start(name: string, place: number, servers: Servers, environment: ParleyEnvironment): Promise<Node> {
    const postgres = await Relay.to(servers.databaseUrl);
    const redis = await Relay.to(servers.redisUrl);
    const databaseUrl = postgres.through(servers.databaseUrl);
    const more = {
      CLUSTER: 'on',
      NODE_NAME: name,
      DATABASE_URL: databaseUrl,
      SETTINGS_URL: databaseUrl,
      REDIS_URL: redis.through(servers.redisUrl),
      ...environment.more,
    };
    return new Node(name, `127.0.0.${place + 2}`, [postgres, redis], { ...environment, more });
  }

  /** It serves, or stands by. @throws when it ends before */
  async ready(): Promise<void> {
    await this.#bot.says('Ready as');
  }

  /** Everything that it has written since the cluster began. */
  get output(): string {
    return this.#earlier + this.#bot.output;
  }

  get isRunning(): boolean {
    return !this.#isGone && !this.#isFrozen;
  }

  get pid(): number {
    return this.#bot.pid;
  }

  /** `kill -9`. Resolves when it is gone, to when that was. In milliseconds since 1970. */
  async kill(): Promise<number> {
    const atMs = Date.now();
    this.#isGone = true;
    this.#bot.kill('SIGKILL');
    await this.#bot.exit();
    return atMs;
  }

  /** SIGTERM, as a host sends it that starts another version. Resolves to the exit code. */
  async stop(): Promise<number | null> {
    this.#bot.kill('SIGTERM');
    const code = await this.#bot.exit();
    this.#isGone = true;
    return code;
  }

  /** Starts it again, as a host does. @param startFile - of another version */
  startAgain(startFile?: string): void {
    this.#earlier += this.#bot.output;
    this.#isGone = false;
    this.#bot.restart(startFile);
  }

  /** It stands still, as a virtual machine does that is moved. */
  freeze(): void {
    this.#isFrozen = true;
    this.#bot.kill('SIGSTOP');
  }

  thaw(): void {
    this.#isFrozen = false;
    this.#bot.kill('SIGCONT');
  }

  /** Ends it at once: its meetings have ended, or nobody wants to know of them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#bot.kill('SIGKILL');
    await this.#bot[Symbol.asyncDispose]();
    await this.postgres[Symbol.asyncDispose]();
    await this.redis[Symbol.asyncDispose]();
  }
}
