import { setTimeout as delay } from 'node:timers/promises';
import { Bell } from '../core/concurrency/bell.ts';
import type { GuildId } from '../core/ids.ts';
import type { Archive } from '../core/ports/archive.ts';
import type { ClusterMetrics, SeatCounts } from '../core/ports/metrics.ts';
import type { MeetingHead } from '../core/record.ts';
import type { Heirship, Seat } from '../storage/cluster/seats.ts';
import { Arrivals } from './arrivals.ts';
import { Giving } from './giving.ts';
import { Moves } from './moves.ts';
import type { Cluster } from './open-cluster.ts';
import { Sessions, type SessionsParts } from './sessions.ts';

const EVERY_MS = 500;
const SHARE_EVERY_MS = 900; // at every second round
const LOOK_MS = 50;
const LIMBO_MS = 2_300; // people wait three seconds for an answer, and the answer has to travel
const DRAIN_LIMIT_MS = 150_000; // sessions of heirs may have to be opened first

interface RoundsParts extends SessionsParts {
  readonly cluster: Cluster;
  readonly archive: Pick<Archive, 'unfinished'>;
  readonly heirs: 'all' | 'leaving';
  readonly metrics: Pick<ClusterMetrics, 'handedOver' | 'leaseLost'>;
}

/**
 * Twice a second: asks the database what belongs to this process, and makes it so.
 *
 * Sessions are opened for the shards that it serves or is heir to. Meetings that it has come to own go on here; those that
 * it has lost end here, silently. Each round begins with what the database says, so a round that failed is made good by the
 * next.
 */
export class Rounds implements AsyncDisposable {
  readonly #parts: RoundsParts;
  readonly #sessions: Sessions;
  readonly #moves: Moves;
  readonly #arrivals: Arrivals;
  readonly #giving: Giving;
  readonly #over = new AbortController();
  readonly #bell = new Bell();
  #running: Promise<void> | undefined;
  #isFailing = false;
  #counts: Omit<SeatCounts, 'shards'> = { serving: 0, heir: 0, ready: 0 };
  #isDraining = false;
  #hasBegun = false;
  #sharedMs = Number.NEGATIVE_INFINITY; // of performance.now()

  constructor(parts: RoundsParts) {
    this.#parts = parts;
    const { leases, journals, seats } = parts.cluster;
    const { log } = parts;
    const hurry = () => this.hurry();
    this.#sessions = new Sessions(parts, hurry);
    this.#moves = new Moves({ leases, leaseOf: (id) => journals.leaseOf(id), log });
    this.#arrivals = new Arrivals({ ...parts, sessions: this.#sessions, moves: this.#moves }, this.#over.signal);
    this.#giving = new Giving({ seats, sessions: this.#sessions, moves: this.#moves, done: hurry, log });
  }

  /** Begins. Never rejects. */
  start(): void {
    this.#running = this.#run();
  }

  /** Has the next round come at once. */
  hurry(): void {
    this.#bell.ring();
  }

  /** Whether all sessions that this process should have are ready, also if these are none. */
  get isReady(): boolean {
    return this.#hasBegun && this.#sessions.areReady;
  }

  /** Whether this process does what one does for all: it serves the first shard. */
  get isFirst(): boolean {
    return this.#sessions.get(0)?.isServing ?? false;
  }

  /** How many shards this process serves, or would serve. */
  get seatCounts(): SeatCounts {
    return { shards: this.#parts.shardCount, ...this.#counts };
  }

  /** Whether what happens in a guild is this process's business. */
  isOurs(guildId: GuildId): boolean {
    if (this.#moves.hasCome(guildId)) return true;
    return (this.#sessions.of(guildId)?.isServing ?? false) && this.#moves.hasGone(guildId) !== true;
  }

  /**
   * Whether this process answers in a guild. Every session of a shard is asked; while its seat or its meeting changes hands,
   * this waits for the outcome, so that somebody answers, and only one.
   */
  async mayAnswer(guildId: GuildId): Promise<boolean> {
    const serves = this.#moves.hasCome(guildId) || this.#sessions.of(guildId)?.isServing === true;
    return serves ? !(await this.#moves.hasGone(guildId)) : await this.#becomesOurs(guildId);
  }

  async #becomesOurs(guildId: GuildId): Promise<boolean> {
    const limitMs = performance.now() + LIMBO_MS;
    while (performance.now() < limitMs) {
      await delay(LOOK_MS);
      if (this.isOurs(guildId)) return true;
    }
    return false;
  }

  /**
   * Gives everything to other processes, as this one ends: meetings one by one, then their seats.
   *
   * @returns whether no meeting is left; not when there is nobody to take them
   */
  async handOver(): Promise<boolean> {
    const { cluster, bots, log } = this.#parts;
    const { seats, membership } = cluster;
    this.#isDraining = true;
    const limitMs = performance.now() + DRAIN_LIMIT_MS;
    try {
      await membership.drain();
      while ((await seats.held()).length > 0 || bots.runningCount > 0) {
        if (performance.now() > limitMs || (await seats.others()) === 0) return false;
        this.hurry();
        await delay(LOOK_MS);
      }
    } catch (error) {
      log.warn({ err: error }, 'The meetings could not be handed over');
      return false;
    }
    await this.#moves.finished();
    await bots.each(({ house }) => house.allWrittenUp());
    return true;
  }

  /**
   * The bot sits in a meeting's channel by the session of another process. That one has taken the meeting over, unless the
   * database says otherwise.
   */
  seatTaken(head: MeetingHead): void {
    if (this.#parts.cluster.right.isDatabaseAway) this.#arrivals.lose(head);
    else this.hurry();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#running;
    await this.#sessions[Symbol.asyncDispose]();
  }

  async #run(): Promise<void> {
    const { log } = this.#parts;
    const { signal } = this.#over;
    while (!signal.aborted) {
      try {
        await this.#round();
        if (this.#isFailing) log.info({}, 'The cluster can be looked after again');
        this.#isFailing = false;
      } catch (error) {
        if (!this.#isFailing && !signal.aborted) log.warn({ err: error }, 'The cluster could not be looked after');
        this.#isFailing = true;
      }
      await this.#bell.wait(signal, EVERY_MS);
    }
  }

  async #round(): Promise<void> {
    const { seats, leases, membership, right } = this.#parts.cluster;
    if (!membership.isAlive()) return;
    const { term } = membership;
    // In this order: a seat that is handed over between the two is in both, and never in neither.
    const heirships = await seats.standBy(this.#parts.heirs);
    const held = this.#isDraining ? await seats.held() : await seats.claim();
    const ready = heirships.filter(({ isReady }) => isReady).length;
    this.#counts = { serving: held.length, heir: heirships.length, ready };
    const askedMs = performance.now();
    this.#arrivals.compare(await leases.claim(), askedMs);
    right.noteRead(term);
    this.#changeSessions(held, heirships);
    this.#hasBegun = true;
    await this.#arrivals.takeOver();
    if (!this.#isDraining) await this.#arrivals.receive(); // what comes would have to be given on at once
    await this.#shareCredentials();
    await this.#changeRoles(held, heirships);
    await this.#giving.giveSurplus();
    await this.#giving.giveUnheard(held);
  }

  /** What others can do without is asked for once a second. */
  async #shareCredentials(): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#sharedMs < SHARE_EVERY_MS) return;
    this.#sharedMs = nowMs;
    await this.#parts.cluster.credentials.renewShare();
  }

  #changeSessions(held: readonly Seat[], heirships: readonly Heirship[]): void {
    const wanted = new Map([...held, ...heirships].map(({ shardId, shardCount }) => [shardId, shardCount]));
    this.#sessions.open(wanted);
    for (const [id, { bot }] of this.#sessions.all()) {
      if (wanted.has(id)) continue;
      // A meeting may begin while its seat goes, and minutes may still be posted.
      if (bot && !bot.house.isIdle) {
        void this.#giving.giveLeftOver(id);
        continue;
      }
      if (bot) this.#moves.forget(bot.client.guilds.cache.keys()); // the seat may come back, with all its servers
      this.#sessions.close(id);
    }
  }

  async #changeRoles(held: readonly Seat[], heirships: readonly Heirship[]): Promise<void> {
    const { cluster, log } = this.#parts;
    const { seats } = cluster;
    const ours = new Set(held.map(({ shardId }) => shardId));
    for (const [id, session] of this.#sessions.all()) {
      if (!session.bot) continue;
      const guilds = session.bot.client.guilds.cache.keys();
      if (!ours.has(id)) this.#moves.forget(guilds);
      else if (session.isServing) this.#moves.noteServed(guilds);
      const change = ours.has(id) ? session.serve(() => cluster.membership.isNewest()) : session.standBy();
      void change.catch((error: unknown) => log.warn({ err: error, shard: id }, 'A shard could not change hands'));
    }
    for (const { shardId, isReady } of heirships) {
      if (!isReady && this.#sessions.get(shardId)?.bot?.isConnected) await seats.ready(shardId);
    }
  }
}
