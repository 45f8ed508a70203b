import { Client, Events, GatewayCloseCodes, GatewayIntentBits, HTTPError, type RESTOptions } from 'discord.js';
import type { Log } from '../../core/log.ts';
import type { Metrics } from '../../core/ports/metrics.ts';
import { countedRequests } from '../limits/counted-requests.ts';
import { type BuildLogins, type LoginCounts, type LoginWatch, watchedLogins } from '../limits/login-watch.ts';
import { Silence } from '../limits/silence.ts';
import { onlyWhatIsUsed, sweepers } from './caches.ts';
import { DiscordError } from './discord-error.ts';
import { DormantGuilds } from './dormant/dormant-guilds.ts';
import { noteSessions } from './own-session.ts';
import { agentInContact } from './requests/agent-in-contact.ts';
import { type RequestRight, whileAllowed } from './requests/while-allowed.ts';
import { sendWhole } from './requests/whole-body.ts';

/** The longest silence while logging in; discord.js waits up to 15 s for missing guilds, and 5 s between two shards. */
const READY_LIMIT_MS = 30_000;
const REST_TIMEOUT_MS = 10_000;

export interface DiscordOptions {
  readonly token: string;
  readonly apiUrl: string; // without a version: `https://discord.com/api`
  readonly cdnUrl?: string; // that addresses of pictures begin with; missing: Discord's
  /**
   * Whether to ask for the content of messages, which the developer portal has to allow. If refused, the bot goes on
   * without it.
   */
  readonly messageContent?: boolean;
  readonly log: Log;
  /** The only shard of this client, of several. Missing: all shards that Discord recommends. */
  readonly shard?: { readonly id: number; readonly count: number };
  /** Asked before each request: a process that may no longer act makes none. Missing: it always may. */
  readonly right?: RequestRight;
  /** Every request goes through this, which then keeps to the limit of all requests together. */
  readonly through?: (send: RESTOptions['makeRequest']) => RESTOptions['makeRequest'];
  /** When sessions may log in, where other processes of the bot do as well. */
  readonly logins?: BuildLogins;
  /** Logins of today that have to be left; unless told, two for each shard of the bot. Counts only with `logins`. */
  readonly keepsLogins?: number;
  /** Counts requests and logins that neither `through` nor `logins` counts. Missing: nobody asks. */
  readonly metrics?: Pick<Metrics, 'discord' | 'cluster'>;
  /** Called once when an open connection is gone for good: the token was reset, or the application deleted. */
  readonly onGone?: (error: DiscordError) => void;
}

/**
 * Logs in and waits until every guild is known.
 *
 * @throws {DiscordError} when that is impossible, or when nothing comes from Discord for 30 s
 */
export async function connectDiscord(options: DiscordOptions, signal: AbortSignal): Promise<Client<true>> {
  try {
    return await connect(options, signal);
  } catch (error) {
    if (!options.messageContent || !(error instanceof DiscordError) || error.code !== 'intents-refused') throw error;
    options.log.warn({}, 'The Message Content intent is refused: audio files are transcribed when asked only');
    return await connect({ ...options, messageContent: false }, signal);
  }
}

/** Whether Discord tells the bot what people write, and which files they attach. */
export function seesMessages(client: Client): boolean {
  return client.options.intents.has(GatewayIntentBits.MessageContent);
}

async function connect(options: DiscordOptions, signal: AbortSignal): Promise<Client<true>> {
  const attempt = new AbortController();
  const silence = new Silence(READY_LIMIT_MS, () =>
    attempt.abort(new DOMException('Not ready in time', 'TimeoutError')),
  );
  const client = makeClient(options, {
    waits: silence.excuse,
    refuse: (counts) => attempt.abort(tooFewLogins(counts)),
  });
  let closeCode: number | undefined;
  client.on(Events.ShardDisconnect, ({ code }) => {
    closeCode = code;
  });
  watch(client, options.log);
  if (!options.logins) client.on(Events.ShardReady, () => options.metrics?.cluster.identified());
  const waiting = AbortSignal.any([signal, attempt.signal]);
  try {
    const ready = becameReady(client, silence, waiting);
    await Promise.all([client.login(options.token), ready]);
  } catch (error) {
    attempt.abort();
    await client.destroy();
    signal.throwIfAborted();
    throw explain(error, closeCode);
  }
  client.on(Events.ShardDisconnect, ({ code }) => options.onGone?.(explain(undefined, code)));
  client.on(Events.Invalidated, () => options.onGone?.(explain(undefined, undefined)));
  return await ready(client);
}

/** None of them is privileged: nobody has to tick a box in the developer portal. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates, GatewayIntentBits.GuildScheduledEvents];
const MESSAGE_INTENTS = [GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent]; // the second one is privileged

function makeClient(options: DiscordOptions, watch: LoginWatch): Client {
  const { apiUrl, cdnUrl, messageContent, shard, right, through, logins, metrics } = options;
  const { keepsLogins = 2 * (shard?.count ?? 1) } = options;
  const send = right ? whileAllowed(right, sendWhole) : sendWhole;
  const makeRequest = through?.(send) ?? (metrics ? countedRequests(send, metrics.discord) : send);
  const dormant = new DormantGuilds();
  const client: Client = new Client({
    intents: messageContent ? [...INTENTS, ...MESSAGE_INTENTS] : INTENTS,
    ...(shard ? { shards: [shard.id], shardCount: shard.count } : { shards: 'auto' }),
    // One retry at once; whoever posts decides about more, with pauses.
    rest: {
      ...{ api: apiUrl, timeout: REST_TIMEOUT_MS, retries: 1, makeRequest },
      ...(cdnUrl !== undefined && { cdn: cdnUrl }),
      ...(right && { agent: agentInContact(() => right.contact) }),
      // discord.js counts what it hands over, each of its clients by itself; not what is sent.
      ...(through && { globalRequestsPerSecond: Number.POSITIVE_INFINITY }),
    },
    ...(logins && { ws: { buildIdentifyThrottler: watchedLogins(logins, keepsLogins, watch) } }),
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: onlyWhatIsUsed(dormant),
    sweepers: sweepers(() => client, dormant),
  });
  dormant.follow(client);
  if (shard) noteSessions(client); // other processes have sessions of the same shard
  return client;
}

/** Logs what the client reports. An 'error' event without a listener would end the process. */
function watch(client: Client, log: Log): void {
  client.on(Events.Error, (error) => log.error({ err: error }, 'The Discord client reported an error'));
  client.on(Events.ShardError, (error, shard) => log.warn({ err: error, shard }, 'The Discord gateway had an error'));
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'Reconnecting to the Discord gateway'));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'Resumed the Discord gateway'));
  client.on(Events.ShardReady, (shard) => log.debug({ shard }, 'A Discord gateway session is ready'));
}

/** Resolves when all servers are known. @throws the signal's reason */
function becameReady(client: Client, silence: Silence, signal: AbortSignal): Promise<void> {
  const outcome = Promise.withResolvers<void>();
  const giveUp = () => outcome.reject(signal.reason);
  const succeed = () => outcome.resolve();
  client.once(Events.ClientReady, succeed);
  client.on(Events.ShardReady, silence.hearNews);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  return outcome.promise.finally(() => {
    silence.end();
    client.off(Events.ClientReady, succeed);
    client.off(Events.ShardReady, silence.hearNews);
    signal.removeEventListener('abort', giveUp);
  });
}

async function ready(client: Client): Promise<Client<true>> {
  if (client.isReady()) return client;
  await client.destroy();
  throw new DiscordError('unreachable', 'Cannot stay connected to Discord: the connection was lost while logging in.');
}

/**
 * Says what people can do about a failed login. It never contains the library's own words, which may hold addresses.
 */
function explain(error: unknown, closeCode: number | undefined): DiscordError {
  if (error instanceof DiscordError) return error;
  if (closeCode === GatewayCloseCodes.AuthenticationFailed || isBadToken(error)) {
    return new DiscordError(
      'bad-token',
      'Cannot log in to Discord: the token is refused. Copy it again from https://discord.com/developers/applications → your application → Bot, and set DISCORD_TOKEN.',
    );
  }
  if (closeCode === GatewayCloseCodes.DisallowedIntents || closeCode === GatewayCloseCodes.InvalidIntents) {
    return new DiscordError(
      'intents-refused',
      `Cannot log in to Discord: the intents Guilds, Guild Voice States and Guild Scheduled Events are refused (${closeCode}). Check the application at https://discord.com/developers/applications → Bot.`,
    );
  }
  if (closeCode === GatewayCloseCodes.ShardingRequired || closeCode === GatewayCloseCodes.InvalidShard) {
    return new DiscordError(
      'sharding-required',
      `Cannot log in to Discord: the bot is in more servers than these shards may serve (${closeCode}). Start it again: it asks for the right number.`,
    );
  }
  if (error instanceof Error && error.message.startsWith('Not enough sessions remaining')) {
    return new DiscordError(
      'too-many-logins',
      'Cannot log in to Discord: today’s logins are used up. Try again tomorrow, and see why it restarts so often.',
    );
  }
  if (closeCode !== undefined) {
    return new DiscordError('refused', `Discord closed the connection for good (${closeCode}). Start the bot again.`);
  }
  return new DiscordError(
    'unreachable',
    `Cannot reach Discord: ${networkState(error)}. Check the network, and DISCORD_API_URL if it is set.`,
  );
}

function tooFewLogins({ left, wanted, kept }: LoginCounts): DiscordError {
  return new DiscordError(
    'too-many-logins',
    `Cannot log in to Discord: it takes ${left} more logins today, this process needs ${wanted}, and ${kept} are kept so that the bot can come back after a failure. Wait until tomorrow before you update it again.`,
  );
}

function isBadToken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'TokenInvalid') || ('status' in error && error.status === 401);
}

/** The system's short code (`ECONNREFUSED`), or the status, or only that it failed. */
function networkState(error: unknown): string {
  if (error instanceof HTTPError) return `it answers with ${error.status}`;
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at.name === 'TimeoutError' || at.name === 'AbortError') return 'no answer in time';
    if ('code' in at && typeof at.code === 'string' && /^(E[A-Z_]+|UND_ERR_[A-Z_]+)$/.test(at.code)) return at.code;
    if ('status' in at && typeof at.status === 'number') return `it answers with ${at.status}`;
  }
  return 'the connection failed';
}
