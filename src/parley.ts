import { commands, controls, definitions } from '../commands/index.ts';
import type { Config } from './config.ts';
import { AudioDesk } from './core/audio/desk.ts';
import { CoolDowns } from './core/concurrency/cool-downs.ts';
import type { Log } from './core/log.ts';
import { MeetingHouse } from './core/meeting/house.ts';
import type { Summariser } from './core/ports/minutes.ts';
import { MeetingMeter } from './core/usage/meeting-meter.ts';
import { Budget } from './core/usage/usage.ts';
import { deliveriesOf } from './deliveries.ts';
import { watchAudio } from './discord/audio-files/watch.ts';
import { AllowedGuilds } from './discord/gateway/allowed-guilds.ts';
import { connectDiscord, seesMessages } from './discord/gateway/client.ts';
import type { DiscordError } from './discord/gateway/discord-error.ts';
import { DiscordPresences } from './discord/gateway/presence.ts';
import { registerCommands } from './discord/gateway/register-commands.ts';
import { voiceAdapterOf } from './discord/gateway/voice-adapter.ts';
import { routeInteractions } from './discord/interactions/router.ts';
import { AutoStart } from './discord/lobby/auto-start.ts';
import { NameMark } from './discord/lobby/name-mark.ts';
import { DiscordUshers } from './discord/lobby/usher.ts';
import { fallbacksFor } from './discord/messages/destination.ts';
import { DiscordMinutesPoster } from './discord/minutes/minutes-poster.ts';
import { DiscordPanels } from './discord/panel/panels.ts';
import { Readers } from './discord/permissions/readers.ts';
import { DiscordTranscriptChannels } from './discord/transcript/transcript-channels.ts';
import { livePartsOf } from './live-parts.ts';
import { lookAtGuilds } from './look-at-guilds.ts';
import { settleMemory } from './memory.ts';
import { makeMinutes } from './minutes/make-minutes.ts';
import { viewOf } from './minutes/view-of.ts';
import { PalabraTranscriber } from './palabra/transcriber.ts';
import { warnOfReaders } from './readable-by-others.ts';
import { startExpiry } from './storage/journal/expiry.ts';
import { openJournal } from './storage/journal/journal.ts';
import { openSettings } from './storage/settings/settings.ts';
import { DiscordVoiceRooms, decodersOf, loadNative } from './voice/index.ts';
import { servePages, type Vitals } from './web/health.ts';
import { LiveLinks } from './web/live/links.ts';
import type { LivePages, LiveParts } from './web/live/pages.ts';
import { Webhooks } from './webhook/webhooks.ts';

const EMPTY_AFTER_MS = 60_000;

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
  await using settings = await openSettings(config.settingsUrl, log);
  await using journal = await openJournal(config.databaseUrl, log);
  const { archive } = journal;
  warnOfReaders(config, log);
  const { allowedGuilds, budgetMinutesPerGuild } = config;
  const budget = new Budget(
    journal.usage,
    budgetMinutesPerGuild === undefined ? undefined : budgetMinutesPerGuild * 60_000,
  );
  await using meter = new MeetingMeter(budget, log);
  await using _expiry = startExpiry(journal.archive, log);
  const { sampleRateHz } = config.palabra;
  const native = loadNative(log);
  await using transcriber = new PalabraTranscriber({
    ...config.palabra,
    log,
    decoderOf: decodersOf(sampleRateHz, native),
  });

  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => {}); // the error is thrown below; nobody waits for it while the bot starts or ends
  const onGone = (error: DiscordError) => gone.reject(error);
  const client = await connectDiscord({ ...config.discord, log, onGone }, signal);
  await using _client = { [Symbol.asyncDispose]: () => client.destroy() };

  await using webhooks = new Webhooks({
    ...config.webhooks,
    log,
    deliveryOf: deliveriesOf({ client, archive, settings }),
  });
  const posting = new AbortController(); // outlives `signal`, as the last words are posted after it
  await using mark = new NameMark({ client, settings, log });
  const { pricePerMinute } = config.palabra;
  const { publicUrl } = config.http;
  const links = publicUrl === undefined ? undefined : new LiveLinks(publicUrl);
  const panels = new DiscordPanels({
    client,
    journal,
    log,
    signal: posting.signal,
    ...(pricePerMinute !== undefined && { pricePerMinute }),
    hasLivePage: links !== undefined,
  });
  const summarising = config.summary && { summariser: await summariserOf(config.summary, log, signal) };
  const house: MeetingHouse = new MeetingHouse({
    rooms: new DiscordVoiceRooms({ adapterOf: voiceAdapterOf(client), sampleRateHz, native, log }),
    presences: new DiscordPresences(client),
    channels: new DiscordTranscriptChannels({ client, log, fallbacks: fallbacksFor, signal: posting.signal }),
    minutes: new DiscordMinutesPoster({
      client,
      settings,
      write: (record, guild, locale, signal) =>
        makeMinutes(record, { ...viewOf(guild, locale), languages: guild.translateTo }, log, signal),
    }),
    forwarder: { forwardMinutes: (meetingId, url) => webhooks.send(meetingId, url) },
    ...summarising,
    panels,
    ushers: new DiscordUshers({ client, mark, journal, archive, log, signal: posting.signal }),
    observer: {
      began: (head, meeting) => {
        autoStart.began(head);
        meter.began(meeting);
      },
      over: (head) => {
        autoStart.over(head);
        meter.over(head);
      },
      settingsChanged: (guildId) => autoStart.settingsChanged(guildId),
    },
    transcriber,
    journal,
    archive,
    settings,
    log,
    emptyAfterMs: EMPTY_AFTER_MS,
  });

  using autoStart = new AutoStart({ client, meetings: house, settings, archive, budget, log, signal });
  using guilds = allowedGuilds && new AllowedGuilds({ client, allowed: allowedGuilds, log, signal });
  await guilds?.leaveOthers();

  const registration = await registerCommands(client.rest, client.application.id, definitions, signal);
  await using audio = new AudioDesk(transcriber, signal, { budget });
  using _watch = seesMessages(client) ? watchAudio({ client, desk: audio, settings, archive, log }) : undefined;
  const { allowPrivate: allowsPrivateWebhooks } = config.webhooks;
  const inviting = links && { liveLinks: links };
  const desk = { audio, budget, allowsPrivateWebhooks, ...summarising, ...inviting };
  const readers = new Readers(client);
  const context = {
    meetings: house,
    ...desk,
    settings,
    archive,
    readers,
    client,
    coolDowns: new CoolDowns(),
    log,
    signal,
  };
  using _router = routeInteractions(
    client,
    { commands, controls },
    context,
    log,
    (guildId) => guilds?.has(guildId) ?? true,
  );
  const vitals = { isReady: () => client.isReady() && client.ws.status === 0, meetings: () => house.runningCount };
  using live =
    links &&
    (await livePagesOf({ ...livePartsOf({ client, readers, meetings: house, archive, settings }), links, log }));
  await using _pages = await servePages(config.http, vitals, log, live?.app);
  await using _metrics = config.metrics && (await metricsOf(config.metrics, vitals, log));

  settleMemory();
  // People in a meeting that a crash cut off should not have to start it again.
  using _guilds = lookAtGuilds({ client, house, mark, autoStart, signal });
  log.info({ guilds: client.guilds.cache.size, commands: registration }, `Ready as ${client.user.tag}`);
  try {
    await Promise.race([gone.promise, aborted(signal)]);
  } finally {
    if (signal.reason instanceof ProcessFailure) await house.breakOffAll();
    else if (signal.reason instanceof Restart && config.shutdown === 'resume') {
      log.info(
        { meetings: house.runningCount },
        'Shutting down: the next start resumes the meetings that have people in them',
      );
      await house.leaveAll();
    } else {
      log.info({ meetings: house.runningCount }, 'Shutting down: running meetings get their last words and minutes');
      await house.stopAll('shutdown');
    }
    posting.abort();
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}

/** Loads the live pages only where people can reach them. */
async function livePagesOf(parts: LiveParts): Promise<LivePages> {
  const { LivePages } = await import('./web/live/pages.ts');
  return new LivePages(parts);
}

/** Loads the metrics only where they are wanted: their library takes a moment, and watches the process with a timer. */
async function metricsOf(door: NonNullable<Config['metrics']>, vitals: Vitals, log: Log): Promise<AsyncDisposable> {
  const { serveMetrics } = await import('./web/metrics.ts');
  return await serveMetrics(door, () => vitals.meetings(), log);
}

/** Loads the summariser only where a model is configured: its library takes a moment. */
async function summariserOf(model: NonNullable<Config['summary']>, log: Log, signal: AbortSignal): Promise<Summariser> {
  const { ModelSummariser } = await import('./summary/model-summariser.ts');
  return new ModelSummariser({ ...model, log, signal });
}
