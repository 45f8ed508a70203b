import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { reshard } from '../../../scripts/fleet/reshard.ts';
import { type RedisServer, startRedisServer } from '../../redis/support/server.ts';
import { type DiscordOptions, type DiscordSimulator, startDiscord } from '../../simulators/discord/index.ts';
import { makeCertificate } from '../../simulators/discord/voice/index.ts';
import { type PalabraSimulator, startPalabra } from '../../simulators/palabra/index.ts';
import { makeDatabase } from '../../storage/support/postgres.ts';
import { type PostgresServer, startPostgresServer } from '../../storage/support/postgres-server.ts';
import { FaultMeeting } from '../meetings/fault-meeting.ts';
import { LANGUAGES, NAMES } from '../meetings/fault-stage.ts';
import { LeaseLog } from './lease-log.ts';
import { Node } from './node.ts';
import type { Cut } from './owners.ts';
import { VoiceWatch } from './voice-watch.ts';

const SPREAD_LIMIT_MS = 20_000;
const LOOK_MS = 50;
const BUCKETS = 16; // of identifies, as a large bot has them: each shard has its own

export interface ClusterOptions {
  readonly processes?: number; // 2 unless told
  readonly shards?: number; // 1 unless told
  readonly spread?: number; // servers are spread evenly over so many shards: over those that there are, unless told
  readonly takeover?: NonNullable<DiscordOptions['takeover']>;
  readonly ownPostgres?: boolean; // a server of its own, which may be restarted; no unless told
  readonly environment?: Readonly<Record<string, string>>;
  readonly isWatched?: boolean; // whether the processes' stalls are noted: in tests they are, unless told
  readonly startFile?: string; // of another version, which all processes are at first
}

/** Several processes of one bot, between a simulated Discord and a simulated Palabra, on real PostgreSQL and Redis. */
export class Cluster implements AsyncDisposable {
  readonly discord: DiscordSimulator;
  readonly palabra: PalabraSimulator;
  readonly databaseUrl: string;
  readonly redis: RedisServer;
  readonly postgres: PostgresServer | undefined;
  readonly leases: LeaseLog;
  readonly voice: VoiceWatch;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly meetings: FaultMeeting[] = [];
  readonly cuts: Cut[] = []; // of processes from Discord
  readonly #spread: number;
  readonly #open: AsyncDisposableStack;

  /** Use `startCluster`. */
  constructor(parts: ClusterParts) {
    this.discord = parts.discord;
    this.palabra = parts.palabra;
    this.databaseUrl = parts.databaseUrl;
    this.redis = parts.redis;
    this.postgres = parts.postgres;
    this.leases = parts.leases;
    this.nodes = parts.nodes;
    this.#spread = parts.spread;
    this.#open = parts.open;
    this.voice = this.#open.use(new VoiceWatch(parts.discord));
  }

  /** @throws when there is no such node */
  node(name: string): Node {
    const node = this.nodes.get(name);
    if (!node) throw new Error(`There is no node ${name}`);
    return node;
  }

  /** A meeting in a server of its own, in the next shard. */
  async meet(speakers: number): Promise<FaultMeeting> {
    const place = this.meetings.length;
    const shard = [place % this.#spread, this.#spread] as const;
    const guild = this.discord.addGuild({ name: `Server ${place + 1}`, shard });
    const language = LANGUAGES[place % LANGUAGES.length] ?? 'en';
    const meeting = new FaultMeeting(this, guild, language, NAMES.slice(0, speakers), {});
    this.meetings.push(meeting);
    await meeting.begin().catch((error: unknown) => {
      throw new Error(`A meeting did not begin; the logs say:\n${this.lastWords()}`, { cause: error });
    });
    return meeting;
  }

  /** The node that runs a meeting now. @throws when there is none */
  async ownerOf({ guild }: FaultMeeting): Promise<Node> {
    const name = await this.leases.ownerIn(guild.id);
    if (name === undefined) throw new Error(`Nobody owns the meeting in ${guild.name}`);
    return this.node(name);
  }

  /** The node by which a gateway session was begun, as far as it has asked for a voice channel. */
  nodeOfSession(sessionId: string): Node | undefined {
    const address = this.discord.seats.asked.find((asked) => asked.sessionId === sessionId)?.address;
    return this.nodeAt(address);
  }

  nodeAt(address: string | undefined): Node | undefined {
    return [...this.nodes.values()].find((node) => node.address === address);
  }

  /** People may use commands, every shard is served, and where there are several processes another one is ready to. @throws when that takes too long */
  async untilSpread(): Promise<void> {
    const isLonely = [...this.nodes.values()].filter(({ isRunning }) => isRunning).length < 2;
    const limitMs = performance.now() + SPREAD_LIMIT_MS;
    for (;;) {
      const seats = await this.leases.seats();
      const isFine = ({ holder, readyHeir }: (typeof seats)[number]) =>
        holder !== undefined && (isLonely || readyHeir !== undefined);
      const { commands } = this.discord.world.application;
      if (seats.length > 0 && seats.every(isFine) && commands.length > 0) return;
      if (performance.now() > limitMs)
        throw new Error(`The seats are not spread: ${JSON.stringify(seats)}\n${this.lastWords()}`);
      await delay(LOOK_MS);
    }
  }

  /** Asks for another number of shards, as an operator does. Resolves when they all are served. */
  async reshard(count: number): Promise<void> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    await reshard(client, count);
    await client.end();
    const limitMs = performance.now() + SPREAD_LIMIT_MS;
    while ((await this.leases.seats()).length !== count) {
      if (performance.now() > limitMs) throw new Error(`${count} shards are not served:\n${this.lastWords()}`);
      await delay(LOOK_MS);
    }
  }

  /** The end of every node's log, for errors. */
  lastWords(): string {
    return [...this.nodes.values()].map(({ name, output }) => `${name}: ${output.slice(-4_000)}`).join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.disposeAsync();
  }
}

interface ClusterParts
  extends Pick<Cluster, 'discord' | 'palabra' | 'databaseUrl' | 'redis' | 'postgres' | 'leases' | 'nodes'> {
  readonly spread: number;
  readonly open: AsyncDisposableStack;
}

/** Starts all processes at once. Resolves when each shard is served, and another process is ready to. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const {
    processes = 2,
    shards = 1,
    spread = shards,
    takeover,
    ownPostgres = false,
    environment = {},
    startFile,
    isWatched = process.env.VITEST !== undefined,
  } = options;
  await using open = new AsyncDisposableStack();
  const certificate = open.use(await makeCertificate());
  const discord = open.use(
    await startDiscord({
      voice: { certificate },
      recommendedShards: shards,
      maxConcurrency: BUCKETS,
      ...(takeover && { takeover }),
    }),
  );
  const palabra = await startPalabra();
  open.defer(() => palabra.close());
  const postgres = ownPostgres ? open.use(await startPostgresServer()) : undefined;
  const { url: databaseUrl } = postgres ?? open.use(await makeDatabase());
  const redis = open.use(await startRedisServer());
  const leases = open.use(await LeaseLog.install(databaseUrl));
  const common = {
    discord,
    palabra,
    caFile: certificate.caFile,
    isWatched,
    ...(startFile !== undefined && { startFile }),
    more: environment,
  };
  const servers = { databaseUrl, redisUrl: redis.url };
  const nodes = new Map<string, Node>();
  for (const [place, name] of ['a', 'b', 'c', 'd'].slice(0, processes).entries())
    nodes.set(name, open.use(await Node.start(name, place, servers, common)));
  await Promise.all([...nodes.values()].map((node) => node.ready()));
  const cluster = new Cluster({
    discord,
    palabra,
    databaseUrl,
    redis,
    postgres,
    leases,
    nodes,
    spread,
    open: open.move(),
  });
  await using rest = new AsyncDisposableStack();
  rest.use(cluster);
  await cluster.untilSpread();
  rest.move(); // all is well: the caller disposes it
  return cluster;
}
