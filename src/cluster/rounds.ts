import { setTimeout as delay } from 'node:timers/promises';
import { Bell } from '../core/concurrency/bell.ts';
import type { Archive } from '../core/ports/archive.ts';
import type { ClusterMetrics, SeatCounts } from '../core/ports/metrics.ts';
import type { MeetingHead } from '../core/record.ts';
import type { NextSeats } from '../storage/cluster/seats/resharding.ts';
import type { Heirship, Seat } from '../storage/cluster/seats/seats.ts';
import { Arrivals } from './arrivals.ts';
import { Giving } from './giving.ts';
import { Moves } from './moves.ts';
import type { Cluster } from './open-cluster.ts';
import { Responsibility } from './responsibility.ts';
import { Sessions, type SessionsParts } from './sessions.ts';

const EVERY_MS = 500;
const SHARE_EVERY_MS = 900; // at every second round
const LOOK_MS = 50;
const DEAF_MS = 3_000; // whoever does not hear Discord is no heir
const DRAIN_LIMIT_MS = 150_000; // sessions of heirs may have to be opened first

interface RoundsParts extends SessionsParts {
  /** A session that this process needs could not be opened: the process ends. */
  readonly failed: (error: unknown) => void;
  readonly shardCount: number; // when this process joined
  readonly cluster: Cluster;
  readonly archive: Pick<Archive, 'unfinished'>;
  readonly heirs: 'all' | 'leaving';
  /** Has another process look at once at what it is offered. */
  readonly tell: (heirId: string) => void;
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
  readonly responsibility: Responsibility;
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
  #shardCount: number;
  #isDraining = false;
  #hasBegun = false;
  #sharedMs = Number.NEGATIVE_INFINITY; // of performance.now()

  constructor(parts: RoundsParts) {
    this.#parts = parts;
    this.#shardCount = parts.shardCount;
    const { leases, journals, seats, membership } = parts.cluster;
    const { log } = parts;
    const hurry = () => this.hurry();
    const failed: SessionsParts['failed'] = (error, shard) => {
      if (shard.count === this.#shardCount) parts.failed(error);
      else log.error({ err: error, shard: shard.id, of: shard.count }, 'The number of shards stays: no session opens');
    };
    this.#sessions = new Sessions({ ...parts, failed }, hurry);
    this.#moves = new Moves({ leases, leaseOf: (id) => journals.leaseOf(id), tell: parts.tell, log });
    const [sessions, moves] = [this.#sessions, this.#moves];
    this.#arrivals = new Arrivals({ ...parts, sessions, moves }, this.#over.signal);
    this.responsibility = new Responsibility({ sessions, moves });
    this.#giving = new Giving({ processId: membership.id, seats, sessions, moves, done: hurry, log });
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
    return this.#hasBegun && this.#sessions.areReady(this.#shardCount);
  }

  /** Whether this process does what one does for all: it serves the first shard. */
  get isFirst(): boolean {
    return this.#sessions.all().some(({ shard, isServing }) => shard.id === 0 && isServing);
  }

  /** How many shards this process serves, or would serve. */
  get seatCounts(): SeatCounts {
    return { shards: this.#shardCount, ...this.#counts };
  }

  /**
   * Gives everything to other processes, as this one ends: meetings one by one, then their seats.
   *
   * While the database is away nobody can take anything over, and a meeting may just have been taken: people go on being heard
   * here until it answers.
   *
   * @returns whether no meeting is left; not when there is nobody to take them
   */
  async handOver(): Promise<boolean> {
    const { bots, log } = this.#parts;
    this.#isDraining = true;
    const limitMs = performance.now() + DRAIN_LIMIT_MS;
    let isFailing = false;
    for (;;) {
      const left = await this.#whatIsLeft().catch((error: unknown) => {
        if (!isFailing) log.warn({ err: error }, 'The meetings cannot be handed over while the database is away');
        isFailing = true;
        return 'unknown' as const;
      });
      if (left === 'nothing') break;
      const isWorthWaiting = left !== 'unknown' || bots.runningCount > 0;
      if (left === 'what nobody takes' || !isWorthWaiting || performance.now() > limitMs) return false;
      this.hurry();
      await delay(LOOK_MS);
    }
    await this.#moves.finished();
    await bots.each(({ house }) => house.allWrittenUp());
    return true;
  }

  /** @throws while the database is away */
  async #whatIsLeft(): Promise<'nothing' | 'something' | 'what nobody takes'> {
    const { cluster, bots } = this.#parts;
    const { seats, membership } = cluster;
    await membership.drain();
    if ((await seats.own()).held.length === 0 && bots.runningCount === 0) return 'nothing';
    // After an outage all count as dead, until they have renewed.
    return membership.isSteady() && (await seats.others()) === 0 ? 'what nobody takes' : 'something';
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
    const { seats, resharding, leases, membership, right } = this.#parts.cluster;
    if (!membership.isAlive()) return;
    const { term } = membership;
    await seats.standBy(this.#parts.heirs);
    if (!this.#isDraining) await seats.claim();
    const { held, heirships, isResharding } = await seats.own();
    const next = isResharding ? await resharding.standBy() : undefined;
    this.#shardCount = (held[0] ?? heirships[0])?.shardCount ?? this.#shardCount;
    const ready = heirships.filter(({ isReady }) => isReady).length;
    this.#counts = { serving: held.length, heir: heirships.length, ready };
    const askedMs = performance.now();
    this.#arrivals.compare(await leases.claim(), askedMs);
    right.noteRead(term);
    this.#changeSessions([...held, ...heirships, ...(next?.mine ?? [])]);
    this.#hasBegun = true;
    await this.#arrivals.takeOver();
    if (!this.#isDraining) await this.#arrivals.receive(); // what comes would have to be given on at once
    await this.#shareCredentials();
    await this.#changeRoles(held, heirships);
    await this.#giving.giveSurplus();
    await this.#giving.giveUnheard(held);
    if (next) await this.#reshard(next);
  }

  /** What others can do without is asked for once a second. */
  async #shareCredentials(): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#sharedMs < SHARE_EVERY_MS) return;
    this.#sharedMs = nowMs;
    await this.#parts.cluster.credentials.renewShare();
  }

  /** Another number of shards is asked for: sessions first, then meetings, then all seats at once. */
  async #reshard(next: NextSeats): Promise<void> {
    const { resharding } = this.#parts.cluster;
    for (const { shardId, shardCount, isReady } of next.mine) {
      const session = this.#sessions.get({ id: shardId, count: shardCount });
      if (!isReady && session?.bot?.isConnected) await resharding.ready(shardId);
    }
    if (!next.heirs) return;
    this.#giving.giveAhead(next);
    if (!(await resharding.finish())) return;
    this.#parts.log.info({ shards: next.count }, 'Another number of shards serves');
    this.hurry();
  }

  #changeSessions(seats: readonly (Seat | Heirship)[]): void {
    this.#sessions.open(seats.map(({ shardId, shardCount }) => ({ id: shardId, count: shardCount })));
    const wanted = new Set(seats.map(({ shardId, shardCount }) => `${shardId} of ${shardCount}`));
    for (const session of this.#sessions.all()) {
      const { bot, shard } = session;
      if (wanted.has(`${shard.id} of ${shard.count}`)) continue;
      // A meeting may begin while its seat goes, and minutes may still be posted.
      if (bot && !bot.house.isIdle) {
        this.#giving.giveLeftOver(session);
        continue;
      }
      if (bot) this.#moves.forget(bot.client.guilds.cache.keys()); // the seat may come back, with all its servers
      this.#sessions.close(session);
    }
  }

  async #changeRoles(held: readonly Seat[], heirships: readonly Heirship[]): Promise<void> {
    const { cluster, log } = this.#parts;
    const { seats } = cluster;
    for (const session of this.#sessions.all()) {
      const { bot, shard } = session;
      if (!bot) continue;
      const isOurs = held.some(({ shardId, shardCount }) => shardId === shard.id && shardCount === shard.count);
      if (!isOurs) this.#moves.forget(bot.client.guilds.cache.keys());
      const change = isOurs ? session.serve(() => cluster.membership.isNewest()) : session.standBy();
      void change.catch((error: unknown) =>
        log.warn({ err: error, shard: shard.id }, 'A shard could not change hands'),
      );
    }
    for (const { shardId, shardCount, isReady } of heirships) {
      const session = this.#sessions.get({ id: shardId, count: shardCount });
      const hears = session?.bot?.isConnected === true && session.deafForMs < DEAF_MS;
      if (isReady !== hears) await seats.setReady(shardId, hears);
    }
  }
}
