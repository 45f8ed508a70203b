import { createHash } from 'node:crypto';
import manifest from '../package.json' with { type: 'json' };
import { Bots } from './bot/bots.ts';
import type { Crew } from './bot/crew.ts';
import { standAlone } from './bot/stand-alone.ts';
import type { Config } from './config.ts';
import { AudioDesk } from './core/audio/desk.ts';
import { CoolDowns } from './core/concurrency/cool-downs.ts';
import type { GuildId, MeetingId } from './core/ids.ts';
import type { Log } from './core/log.ts';
import { noMetrics } from './core/ports/metrics.ts';
import type { CredentialUser } from './core/ports/speech-to-text.ts';
import { censusOf } from './core/usage/census.ts';
import { MeetingMeter } from './core/usage/meeting-meter.ts';
import { Budget } from './core/usage/usage.ts';
import { deliveriesOf, linesOf } from './deliveries.ts';
import type { DiscordError } from './discord/gateway/discord-error.ts';
import { metricsOf, modelOf, neighboursOf, together } from './loaded-late.ts';
import { settleMemory } from './memory.ts';
import { afterwardsOf } from './minutes/afterwards.ts';
import { meetingFilesOf } from './minutes/meeting-files.ts';
import { livePartsOf, readerHere } from './pages/live-parts.ts';
import { memberRightsOf } from './pages/member-rights.ts';
import { openPages } from './pages/open-pages.ts';
import { PalabraTranscriber } from './palabra/transcriber.ts';
import { warnOfReaders } from './readable-by-others.ts';
import { startExpiry } from './storage/journal/expiry.ts';
import { openJournal } from './storage/journal/journal.ts';
import { measuredJournal } from './storage/journal/measured-journal.ts';
import { openSettings } from './storage/settings/settings.ts';
import { VERSION } from './version.ts';
import { decodersOf, loadNative, RoomCounts } from './voice/index.ts';
import { Health, servePages } from './web/health.ts';
import { LinksInMemory } from './web/live/links.ts';
import type { LiveParts } from './web/live/pages.ts';
import { LineWebhooks } from './webhook/line-webhooks.ts';
import { Webhooks } from './webhook/webhooks.ts';

const { version } = manifest;

/** The abort reason when the process has failed: meetings are then not ended, but left to the next start. */
export class ProcessFailure extends Error {
  override readonly name = 'ProcessFailure';
}

/** The abort reason when a host stops the process, usually to start another: meetings may go on there. */
export class Restart extends Error {
  override readonly name = 'Restart';
}

/**
 * Builds the whole bot, and runs it until the signal aborts. Then ends every meeting with its minutes, or leaves it to
 * the next start.
 *
 * @throws {DiscordError | StorageError} when it cannot start, or when Discord refuses it for good
 */
export async function runParley(config: Config, log: Log, signal: AbortSignal): Promise<void> {
  // First, so that a start which takes long can be watched.
  await using door = config.metrics && (await metricsOf(config.metrics, log));
  const metrics = door?.metrics ?? noMetrics;
  const health = new Health();
  await using _pages = await servePages(config.http, health, log);
  await using settings = await openSettings(config.settingsUrl, log);
  const opened = await openJournal(config.databaseUrl, log);
  await using journal = door ? measuredJournal(opened, metrics) : opened;
  const { archive } = journal;
  warnOfReaders(config, log);
  const { allowedGuilds, budgetMinutesPerGuild } = config;
  const { sampleRateHz, pricePerMinute } = config.palabra;
  const budget = new Budget(
    journal.usage,
    budgetMinutesPerGuild === undefined ? undefined : budgetMinutesPerGuild * 60_000,
  );
  await using meter = new MeetingMeter(budget, log);
  const native = loadNative(log);
  const credentialUser = Promise.withResolvers<CredentialUser>();
  await using transcriber = new PalabraTranscriber({
    ...config.palabra,
    log,
    ...(config.cluster && { shares: { connect: credentialUser.resolve } }),
    decoderOf: decodersOf(sampleRateHz, native),
  });

  const roomCounts = new RoomCounts();
  const coolDowns = new CoolDowns();
  await using bots = new Bots();
  const localeOf = (guildId: GuildId) => bots.localeOf(guildId);
  await using webhooks = new Webhooks({
    ...config.webhooks,
    log,
    deliveryOf: deliveriesOf({ localeOf, archive, settings }),
  });
  await using lines = new LineWebhooks({ ...config.webhooks, log, ...linesOf({ archive, settings }) });
  await using audio = new AudioDesk(transcriber, signal, { budget });
  const posting = new AbortController(); // outlives `signal`, as the last words are posted after it
  const { publicUrl } = config.http;
  const { cluster, databaseUrl } = config;
  const { token, clientSecret } = config.discord;
  const reached = { databaseUrl, token, settings, log, ...(publicUrl !== undefined && { publicUrl }) };
  await using neighbours = cluster && (await neighboursOf({ ...reached, redisUrl: cluster.redisUrl }));
  const links = publicUrl === undefined ? undefined : (neighbours?.links ?? new LinksInMemory(publicUrl));
  const model = config.summary && (await modelOf(config.summary, log, signal));
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => {}); // the error is thrown below; nobody waits for it while the bot starts or ends
  const onGone = (error: DiscordError) => gone.reject(error);
  const discord = { ...config.discord, log, onGone, ...(door && { metrics }) };
  const shared = {
    ...{
      log,
      metrics,
      roomCounts,
      settings,
      coolDowns,
      budget,
      meter,
      transcriber,
      native,
      audio,
      signal,
      sampleRateHz,
    },
    ...(pricePerMinute !== undefined && { pricePerMinute }),
    ...(allowedGuilds && { allowedGuilds }),
    allowsPrivateWebhooks: config.webhooks.allowPrivate,
    hasSignIn: clientSecret !== undefined,
    ...(publicUrl !== undefined && { publicUrl }),
    posting: posting.signal,
    forwarder: { forwardMinutes: (meetingId: MeetingId, url: string) => webhooks.send(meetingId, url) },
    lines,
    ...model,
    ...(links && { links }),
  };
  const failed = (error: unknown) => gone.reject(error);
  const botOf = (guildId: GuildId) => bots.of(guildId);
  const rightsHere = memberRightsOf({ botOf });
  const readerOf = readerHere({ botOf, archive, settings, neighbours });
  await using crew =
    cluster && neighbours
      ? await together(
          {
            ...{
              cluster,
              databaseUrl,
              version,
              discord,
              shared,
              journal,
              bots,
              failed,
              log,
              neighbours,
              readerOf,
              rightsHere,
            },
            credentialUser: await credentialUser.promise,
          },
          signal,
        )
      : await standAlone({ discord, shared: { ...shared, journal }, bots, log }, signal);
  await using _expiry = startExpiry(archive, log, () => crew.isFirst?.() ?? true);
  const vitals = { isReady: () => crew.isReady(), meetings: () => bots.runningCount };
  const watchRights: LiveParts['watchRights'] = (changed) => bots.watchRights(changed);
  using pages =
    links &&
    (await openPages(
      {
        ...livePartsOf({ botOf, watchRights, archive, settings, neighbours }),
        ...{ links, log, secret: secretOf(token), cdnUrl: config.discord.cdnUrl },
        afterwards: afterwardsOf({ archive, settings }),
        seats: { inAll: config.http.livePages },
      },
      publicUrl !== undefined && clientSecret !== undefined
        ? { ...config.discord, clientSecret, publicUrl, archive, sessions: journal.sessions, settings, log }
        : undefined,
      publicUrl === undefined
        ? undefined
        : {
            ...{ archive, settings, coolDowns, publicUrl, version: VERSION, log, apiKeys: journal.apiKeys },
            answerer: model?.answerer,
            files: meetingFilesOf({ settings, version: VERSION }),
            rights: memberRightsOf({ botOf, elsewhere: neighbours?.memberRights }),
          },
    ));
  metrics.readFrom({
    meetings: () => censusOf(bots.all().flatMap(({ house }) => house.runningMeetings)),
    voice: () => roomCounts.now(),
    recogniser: () => transcriber.counts,
    shards: () => bots.all().flatMap(({ shards }) => shards),
    heldWrites: () => journal.held.count,
    viewers: () => pages?.open ?? 0,
    ...(neighbours && { isBusUp: () => neighbours.bus.isUp }),
  });

  health.watchSoundness(() => crew.isSound?.() ?? true);
  await crew.begin();
  health.begin(vitals, pages?.app);
  settleMemory();
  try {
    await Promise.race([gone.promise, aborted(signal)]);
  } finally {
    health.drain();
    await endMeetings(crew, bots, signal, config.shutdown, log);
    posting.abort();
  }
}

/** Ends every meeting, or leaves it to the next start: as the reason of the abort and the configuration say. */
async function endMeetings(
  crew: Crew,
  bots: Bots,
  signal: AbortSignal,
  shutdown: Config['shutdown'],
  log: Log,
): Promise<void> {
  const meetings = bots.runningCount;
  if (signal.reason instanceof ProcessFailure) await bots.each(({ house }) => house.breakOffAll());
  else if (signal.reason instanceof Restart && shutdown === 'resume') {
    if (await crew.handOver?.()) return;
    log.info({ meetings }, 'Shutting down: the next start resumes the meetings that have people in them');
    await bots.each(({ house }) => house.leaveAll());
  } else {
    log.info({ meetings }, 'Shutting down: running meetings get their last words and minutes');
    await bots.each(({ house }) => house.stopAll('shutdown'));
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}

/** What the processes of one bot know and nobody else, in place of the token itself. */
function secretOf(token: string): string {
  return createHash('sha256').update(`live pages ${token}`).digest('hex');
}
