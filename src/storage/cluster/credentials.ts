import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type {
  CredentialShare,
  CredentialShares,
  CredentialUse,
  CredentialUser,
} from '../../core/ports/speech-to-text.ts';
import type { Attempts } from '../attempts.ts';
import type { JournalTables } from '../journal/tables/schema.ts';
import { limitIdleTime } from './idle-limit.ts';
import type { Membership } from './membership.ts';
import { type Holding, nextShare } from './share-out.ts';

const LEARNED_MS = 5 * 60_000; // as long as the recogniser's client believes in a limit that it has learned itself
const UNUSED: CredentialUse = { sessions: [], sockets: 0 };

interface Row extends Holding {
  readonly sessions: readonly string[];
  readonly waitingMs: number | null;
}

interface View {
  readonly fleet: readonly string[];
  readonly rows: readonly Row[];
  readonly limits: ReadonlyMap<string, number>; // learned ones that still count
}

/** Which of the recogniser's credentials this process uses: its fair share of them, or a part of one. */
export class Credentials implements CredentialShares {
  readonly #db: Kysely<JournalTables>;
  readonly #membership: Membership;
  readonly #attempts: Attempts;
  #clientIds: ReadonlyMap<string, string> = new Map(); // by hash
  readonly #reported = new Map<string, string>(); // uses that the table has, by hash
  readonly #learned = new Map<string, number | undefined>(); // limits that the table has, by hash
  readonly #ownSessions = new Set<string>(); // that this process has told the table of
  #user: CredentialUser | undefined;
  #told = '';

  constructor(db: Kysely<JournalTables>, membership: Membership, attempts: Attempts) {
    this.#db = db;
    this.#membership = membership;
    this.#attempts = attempts;
  }

  connect(user: CredentialUser): void {
    this.#user = user;
    this.#clientIds = new Map(user.clientIds.map((id) => [createHash('sha256').update(id).digest('hex'), id]));
    this.#told = '';
  }

  /**
   * Takes a step towards the fair share, writes down what is used, and tells the user its share. Meant to be called each second.
   *
   * @throws {StorageError} when the database cannot be asked: the share stays as it is
   */
  async renewShare(): Promise<void> {
    const view = await this.#attempts.attempt('read', () => this.#look(this.#db));
    const isNews =
      this.#stepOf(view) !== undefined || [...this.#clientIds].some(([hash]) => this.#isToReport(hash, view));
    const after = isNews ? await this.#change() : view;
    const written = new Set(after.rows.flatMap(({ sessions }) => sessions));
    for (const id of this.#ownSessions) if (!written.has(id)) this.#ownSessions.delete(id);
    this.#tellUser(after);
  }

  /** Gives everything back: the sockets are closed. */
  async leave(): Promise<void> {
    this.#user = undefined;
    await this.#attempts.attempt('write', () =>
      sql`delete from stt_holdings where holder = ${this.#membership.id}`.execute(this.#db),
    );
  }

  async #look(db: Kysely<JournalTables>): Promise<View> {
    const hashes = [...this.#clientIds.keys()];
    const { rows: members } = await sql<{ id: string }>`
      select id from members where alive_until > clock_timestamp() and not draining order by id`.execute(db);
    const { rows } = await sql<Row>`
      select hash, holder, giving as "isGiving", sockets, sessions, alive_until > clock_timestamp() as "isAlive",
        (extract(epoch from clock_timestamp() - waiting_since) * 1000)::float8 as "waitingMs"
      from stt_holdings join members on members.id = holder
      where hash = any(${hashes}) order by hash, holder`.execute(db);
    const { rows: limits } = await sql<{ hash: string; sockets: number }>`
      select hash, learned_sockets as sockets from stt_credentials
      where hash = any(${hashes}) and learned_until > clock_timestamp()`.execute(db);
    return {
      fleet: members.map(({ id }) => id),
      rows,
      limits: new Map(limits.map((each) => [each.hash, each.sockets])),
    };
  }

  #stepOf({
    fleet,
    rows,
  }: View): { take: readonly string[]; give: readonly string[]; bury: readonly Row[] } | undefined {
    const mayJudge = this.#membership.isSteady();
    const hashes = [...this.#clientIds.keys()];
    const step = nextShare({ me: this.#membership.id, fleet, hashes, holdings: rows, mayJudge });
    const isMine = (hash: string) => step.take.includes(hash) || this.#rowOf(hash, rows) !== undefined;
    const bury = mayJudge ? rows.filter(({ isAlive, hash }) => !isAlive && isMine(hash)) : [];
    return step.take.length + step.give.length + bury.length > 0 ? { ...step, bury } : undefined;
  }

  /** One process at a time, as each decides by what all others have. */
  #change(): Promise<View> {
    const me = this.#membership.id;
    return this.#attempts.attempt('write', () => {
      this.#membership.mustBeAlive();
      return this.#db.transaction().execute(async (step) => {
        await sql`select ${limitIdleTime()}`.execute(step);
        const hashes = [...this.#clientIds.keys()];
        await sql`
          insert into stt_credentials (hash) select unnest(${hashes}::text[]) on conflict do nothing`.execute(step);
        await sql`select from stt_credentials where hash = any(${hashes}) order by hash for update`.execute(step);
        const view = await this.#look(step);
        const { take = [], give = [], bury = [] } = this.#stepOf(view) ?? {};
        for (const hash of take) {
          await sql`
            insert into stt_holdings (hash, holder) values (${hash}, ${me})
            on conflict (hash, holder) do update set giving = false`.execute(step);
        }
        for (const hash of give)
          await sql`update stt_holdings set giving = true where hash = ${hash} and holder = ${me}`.execute(step);
        for (const row of view.rows) if (row.holder === me) await this.#report(step, row, view);
        for (const { hash, holder, sessions } of bury) {
          await sql`delete from stt_holdings where hash = ${hash} and holder = ${holder}`.execute(step);
          await sql`
            update stt_holdings set sessions = sessions || ${sessions}::text[] where hash = ${hash} and holder = ${me}
          `.execute(step);
        }
        // What is given is gone when its last socket is.
        await sql`
          delete from stt_holdings where holder = ${me} and giving and sockets = 0 and sessions = '{}'`.execute(step);
        return await this.#look(step);
      });
    });
  }

  async #report(step: Kysely<JournalTables>, { hash, sessions: known }: Row, { rows }: View): Promise<void> {
    const use = this.#useOf(hash);
    const { sockets, learnedSockets, waitingSinceMs } = use;
    // Sessions that a dead process left, and that the user was not told of yet.
    const inherited = known.filter((id) => !this.#ownSessions.has(id) && !use.sessions.includes(id));
    const sessions = [...use.sessions, ...inherited];
    for (const id of use.sessions) this.#ownSessions.add(id);
    const waitingMs = waitingSinceMs === undefined ? null : performance.now() - waitingSinceMs;
    await sql`
      update stt_holdings set sockets = ${sockets}, sessions = ${sessions}::text[],
        waiting_since = clock_timestamp() - ${waitingMs}::float8 * interval '1 ms'
      where hash = ${hash} and holder = ${this.#membership.id}`.execute(step);
    this.#reported.set(hash, reportOf(use));
    const isLearned = learnedSockets !== this.#learned.get(hash);
    this.#learned.set(hash, learnedSockets);
    if (learnedSockets === undefined || !isLearned) return;
    const others = rows.filter((row) => row.hash === hash && row.holder !== this.#membership.id && row.isAlive);
    const all = learnedSockets + others.reduce((sum, row) => sum + row.sockets, 0);
    await sql`
      update stt_credentials set learned_sockets = ${all},
        learned_until = clock_timestamp() + ${LEARNED_MS} * interval '1 ms'
      where hash = ${hash}`.execute(step);
  }

  #isToReport(hash: string, { rows }: View): boolean {
    const isMine = this.#rowOf(hash, rows) !== undefined;
    return isMine && this.#reported.get(hash) !== reportOf(this.#useOf(hash));
  }

  #tellUser(view: View): void {
    const shares = view.rows
      .filter(({ holder, isGiving }) => holder === this.#membership.id && !isGiving)
      .map((row) => this.#shareOf(row, view));
    const told = JSON.stringify(shares);
    const isWanted = shares.some(({ wantedSinceMs }) => wantedSinceMs !== undefined);
    if (told === this.#told && !isWanted) return; // that somebody waits counts for some seconds only
    this.#told = told;
    if (!this.#user) return;
    this.#user.allowCredentials(shares);
    // The user ends those that it was told of, and reports them until then.
    for (const { leftBehind } of shares) for (const id of leftBehind) this.#ownSessions.add(id);
  }

  #shareOf({ hash, sessions }: Row, { rows, limits }: View): CredentialShare {
    const holders = rows.filter((row) => row.hash === hash && row.isAlive);
    const place = holders.findIndex(({ holder }) => holder === this.#membership.id);
    const limit = limits.get(hash);
    const others = holders.filter((_, at) => at !== place);
    const waits = others.flatMap(({ waitingMs }) => (waitingMs === null ? [] : waitingMs));
    const { sessions: used } = this.#useOf(hash);
    return {
      clientId: this.#clientIds.get(hash) ?? '',
      ...(limit !== undefined && { mostSockets: partOf(limit, holders.length, place) }),
      usedElsewhere: others.reduce((sum, { sockets }) => sum + sockets, 0),
      leftBehind: sessions.filter((id) => !this.#ownSessions.has(id) && !used.includes(id)),
      ...(waits.length > 0 && { wantedSinceMs: Math.round(performance.now() - Math.max(...waits)) }),
    };
  }

  #rowOf(hash: string, rows: readonly Row[]): Row | undefined {
    return rows.find((row) => row.hash === hash && row.holder === this.#membership.id);
  }

  #useOf(hash: string): CredentialUse {
    return this.#user?.useOf(this.#clientIds.get(hash) ?? '') ?? UNUSED;
  }
}

/** How many of a credential's sockets one of its holders may open: each at least one, who then take turns. */
export function partOf(sockets: number, holders: number, place: number): number {
  return Math.max(1, Math.floor(sockets / holders) + (place < sockets % holders ? 1 : 0));
}

/** When a waiting speech began is told once, as it only grows older. */
function reportOf({ waitingSinceMs, ...use }: CredentialUse): string {
  return JSON.stringify({
    ...use,
    waitingSinceMs: waitingSinceMs === undefined ? undefined : Math.round(waitingSinceMs / 1_000),
  });
}
