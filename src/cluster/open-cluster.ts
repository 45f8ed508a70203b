import type { Bot } from '../bot/bot.ts';
import type { MeetingId, SpeakerId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import type { MeetingJournals } from '../core/ports/journal.ts';
import type { ClusterMetrics } from '../core/ports/metrics.ts';
import type { CredentialUser } from '../core/ports/speech-to-text.ts';
import { Attempts } from '../storage/attempts.ts';
import { Credentials } from '../storage/cluster/credentials.ts';
import { FencedJournals } from '../storage/cluster/fenced-journals.ts';
import { FleetSize } from '../storage/cluster/fleet-size.ts';
import { MeetingLeases } from '../storage/cluster/leases.ts';
import { Membership } from '../storage/cluster/membership.ts';
import { keepRenewing } from '../storage/cluster/renewals.ts';
import { Resharding } from '../storage/cluster/seats/resharding.ts';
import { Seats } from '../storage/cluster/seats/seats.ts';
import { TableOfOwners } from '../storage/cluster/table-of-owners.ts';
import { openPostgres } from '../storage/journal/database/database.ts';
import { postgresUrlOf } from './postgres.ts';
import { HearingDiscord } from './right/hearing-discord.ts';
import { RightToAct } from './right/right-to-act.ts';

/** This process as one of several: what it may do, and what it owns. */
export interface Cluster extends AsyncDisposable {
  readonly membership: Membership;
  readonly right: RightToAct;
  readonly seats: Seats;
  readonly resharding: Resharding;
  readonly fleet: FleetSize;
  readonly leases: MeetingLeases;
  readonly journals: FencedJournals;
  readonly credentials: Credentials;
}

export interface ClusterParts {
  readonly databaseUrl: string; // its tables are up to date
  readonly nodeName: string;
  readonly version: string;
  readonly botId: SpeakerId;
  readonly journals: MeetingJournals;
  /** Opens the recogniser's sockets. */
  readonly credentialUser: CredentialUser;
  /** Called when a write was refused, as another process owns the meeting. Must neither wait nor throw. */
  readonly superseded: (meetingId: MeetingId) => void;
  /** The gateway sessions of this process. */
  readonly sessions: () => readonly Pick<Bot, 'ear'>[];
  readonly metrics: Pick<ClusterMetrics, 'renewed' | 'leaseLost'>;
  readonly log: Log;
}

/** Statements take a millisecond. Who waits longer for a renewal has no time left for the next. */
const RENEWALS = { connections: 2, queryMs: 2_000 };
const CHANGES = { connections: 2, queryMs: 5_000 };

/**
 * Joins the cluster, and renews the membership each second until disposed, which leaves.
 *
 * @throws {StorageError} when the database cannot be reached
 */
export async function openCluster(parts: ClusterParts): Promise<Cluster> {
  const { nodeName, version, botId, metrics, log } = parts;
  const url = postgresUrlOf(parts.databaseUrl);
  await using opening = new AsyncDisposableStack();
  // Connections of its own, so that no other statement holds a renewal up.
  const forRenewals = await openPostgres(url, log, RENEWALS);
  opening.defer(() => forRenewals.destroy());
  const db = await openPostgres(url, log, CHANGES);
  opening.defer(() => db.destroy());
  const closing = new AbortController();
  opening.defer(() => closing.abort());
  const membership = await Membership.join(forRenewals, { name: nodeName, version });
  const right = new RightToAct(membership);
  const hearing = new HearingDiscord(parts.sessions, () => right.noteDiscord());
  const noteTerm = termWatch(membership, () => metrics.leaseLost(right.isDatabaseAway ? 'unreachable' : 'frozen'));
  const renewed = (succeeded: boolean, tookMs: number) => {
    right.noteRenewal(succeeded);
    if (!succeeded) return;
    metrics.renewed(tookMs);
    noteTerm();
    hearing.ask(false);
  };
  opening.use(keepRenewing(membership, log, renewed, () => hearing.ask(true)));
  const table = new TableOfOwners(db, membership, new Attempts(closing.signal, 'table of owners'));
  const credentials = new Credentials(db, membership, new Attempts(closing.signal, 'shares of credentials'));
  credentials.connect(parts.credentialUser);
  opening.defer(() => credentials.leave());
  const leases = new MeetingLeases(table, botId);
  const fleet = opening.use(new FleetSize(db));
  await fleet.count();
  const open = opening.move();
  return {
    membership,
    right,
    seats: new Seats(table),
    resharding: new Resharding(table),
    fleet,
    leases,
    journals: new FencedJournals(parts.journals, leases, parts.superseded),
    credentials,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** Calls `ended` once for each term that ends. The result is to be called while a term goes on. */
function termWatch(membership: Pick<Membership, 'term'>, ended: () => void): () => void {
  let known: AbortSignal | undefined;
  return () => {
    const { term } = membership;
    if (term === known || term.aborted) return;
    known = term;
    term.addEventListener('abort', ended, { once: true });
  };
}
