import { setTimeout as delay } from 'node:timers/promises';
import type { Authority } from '../bot/authority.ts';
import { Bot } from '../bot/bot.ts';
import type { Bots } from '../bot/bots.ts';
import type { Crew } from '../bot/crew.ts';
import type { Shared } from '../bot/shared.ts';
import { answerMemberRights } from '../core/bus/member-rights.ts';
import { answerReaders } from '../core/bus/rights.ts';
import { SharedMeetings } from '../core/bus/shared-meetings.ts';
import { SharedSettings } from '../core/bus/shared-settings.ts';
import type { Log } from '../core/log.ts';
import type { Journal } from '../core/ports/journal.ts';
import type { Guest } from '../core/ports/live-links.ts';
import type { LiveMeetings } from '../core/ports/live-meetings.ts';
import type { CredentialUser } from '../core/ports/speech-to-text.ts';
import type { MemberRights } from '../core/programs/rights.ts';
import { applicationOf } from '../discord/gateway/application.ts';
import { connectDiscord, type DiscordOptions } from '../discord/gateway/client.ts';
import type { Neighbours } from './neighbours.ts';
import { openCluster } from './open-cluster.ts';
import { Rounds } from './rounds.ts';
import type { Shard } from './shards.ts';
import { shareLoad } from './shared-load.ts';

const LOOK_MS = 100;

interface TogetherParts {
  readonly cluster: {
    readonly nodeName: string;
    readonly shardCount?: number;
    readonly heirs: 'always' | 'deploy';
  };
  readonly version: string;
  readonly databaseUrl: string;
  readonly discord: DiscordOptions;
  readonly shared: Omit<Shared, 'journal'>;
  readonly journal: Journal;
  readonly credentialUser: CredentialUser;
  readonly bots: Bots;
  readonly neighbours: Neighbours;
  /** How members of servers that this process serves read. */
  readonly readerOf: (guest: Guest) => Promise<{ readonly reads?: string } | undefined>;
  /** What members of servers that this process serves may read. */
  readonly rightsHere: MemberRights;
  /** A session could not be opened, or is gone for good: the process ends. */
  readonly failed: (error: unknown) => void;
  readonly log: Log;
}

/**
 * Joins the other processes of the bot: each serves some of its shards, and is ready to serve others.
 *
 * @throws {StorageError | RedisError | DiscordError} when that is impossible
 */
export async function standTogether(parts: TogetherParts, signal: AbortSignal): Promise<Crew> {
  const { databaseUrl, version, discord, journal, bots, failed, log } = parts;
  const { nodeName, heirs } = parts.cluster;
  const { metrics } = parts.shared;
  const { botId, name, recommendedShards } = await applicationOf(discord, signal);
  const superseded = () => rounds.hurry();
  await using opening = new AsyncDisposableStack();
  const cluster = opening.use(
    await openCluster({
      databaseUrl,
      nodeName,
      version,
      botId,
      journals: journal,
      credentialUser: parts.credentialUser,
      superseded,
      sessions: () => bots.all(),
      metrics: metrics.cluster,
      log,
    }),
  );
  const { right, journals, seats } = cluster;
  const { redis, bus, claims, questions, holders, words, rights } = parts.neighbours;
  const processes = () => cluster.fleet.processes;
  const { ofSessions, costliestStyle } = opening.use(
    shareLoad({ redis, token: discord.token, nodeName, processes, metrics, log }),
  );
  // On a busy machine a term may end before anything was done in it; the next one follows.
  while (!cluster.membership.isAlive()) await delay(LOOK_MS, undefined, { signal });
  const shardCount = await seats.layOut(parts.cluster.shardCount ?? recommendedShards);
  const authorityOf = (shard: Shard): Authority => ({
    mayAct: () => right.mayAct(),
    maySit: (guildId) => right.mayAct() && rounds.responsibility.isOurs(guildId),
    mayAnswer: async ({ id, guildId }) => {
      const { responsibility } = rounds;
      const marked = responsibility.isOurs(guildId) ? undefined : claims.mark(); // beside the wait, which has no time to lose
      const who = await responsibility.whoAnswers(guildId);
      if (who === 'another' || !responsibility.looksAfter(guildId, shard)) return false;
      // Who waited for the outcome of a move may have been asked before it, and the other process has answered already. When
      // nobody has, as after a crash, this process does once it has taken over: then it has to know that nobody did.
      if (who === 'this one') return await claims.claim(id);
      const remembersAll = await marked;
      return (await claims.claim(id, false)) && (await remembersAll?.()) === true;
    },
    untilOurs: (guildId) => rounds.responsibility.untilOurs(guildId),
    looksAfter: (guildId) => rounds.responsibility.looksAfter(guildId, shard),
    seatTaken: (head) => rounds.seatTaken(head),
  });
  const fenced = {
    begin: journals.begin.bind(journals),
    of: journals.of.bind(journals),
    archive: journal.archive,
    sessions: journal.sessions,
    apiKeys: journal.apiKeys,
  };
  const processId = cluster.membership.id;
  const tell = (heirId: string) => void bus.publish(`offered:${heirId}`, {});
  opening.use(await bus.subscribe(`offered:${processId}`, () => rounds.hurry()));
  const guildsHere = () => bots.all().flatMap(({ house }) => house.running().map(({ guildId }) => guildId));
  const settings = opening.use(
    new SharedSettings({ settings: parts.shared.settings, bus, holders, processId, guildsHere }),
  );
  const whileErasingHere: LiveMeetings['whileErasing'] = (guildId, speakerId, erase) =>
    bots.all().reduce(
      (inner, { house }) =>
        () =>
          house.whileErasing(guildId, speakerId, inner),
      erase,
    )();
  const showCorrectionHere: LiveMeetings['showCorrection'] = async (...line) => {
    const shown = await Promise.all(bots.all().map(({ house }) => house.showCorrection(...line)));
    return shown.find((one) => one !== 'not here') ?? 'not here';
  };
  const meetings = opening.use(new SharedMeetings({ bus, holders, processId, whileErasingHere, showCorrectionHere }));
  const around = (own: LiveMeetings) => meetings.around(own);
  opening.use(bots.watchRights((guildId, userId) => rights.changed(guildId, userId)));
  opening.use(await answerReaders(questions, (guildId) => rounds.responsibility.isOurs(guildId), parts.readerOf));
  opening.use(
    await answerMemberRights(questions, (guildId) => rounds.responsibility.isOurs(guildId), parts.rightsHere),
  );
  const open = async (shard: Shard, session: AbortSignal) => {
    const options = { ...discord, ...ofSessions, shard, right };
    const client = await connectDiscord(options, session);
    const own = { ...parts.shared, costliestStyle, settings, journal: fenced, neighbours: { words, around } };
    return new Bot(client, own, authorityOf(shard));
  };
  const rounds: Rounds = opening.use(
    new Rounds({
      ...{ cluster, shardCount, bots, open, tell, failed, log, metrics: metrics.cluster },
      archive: journal.archive,
      heirs: heirs === 'always' ? 'all' : 'leaving',
    }),
  );
  metrics.readFrom({ seats: () => rounds.seatCounts });
  const opened = opening.move();
  return {
    isReady: () => rounds.isReady,
    isFirst: () => rounds.isFirst,
    isSound: () => right.isSound,
    async begin() {
      rounds.start();
      while (!rounds.isReady) await delay(LOOK_MS, undefined, { signal });
      log.info({ node: nodeName, shards: shardCount }, `Ready as ${name}`);
    },
    handOver: () => rounds.handOver(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
