import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { ENVIRONMENT, type Environment, listOf, SECRETS } from './environment.ts';
import { openSecretFiles, type SecretFile } from './secret-files.ts';

interface PalabraCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Config {
  readonly discord: {
    readonly token: string;
    readonly apiUrl: string;
    readonly cdnUrl: string;
    readonly messageContent: boolean;
    readonly clientSecret?: string; // missing: nobody can sign in to pages
    readonly authorizeUrl: string; // where people sign in
  };
  readonly palabra: {
    readonly credentials: readonly PalabraCredentials[];
    readonly apiKey?: string;
    readonly apiUrl: string;
    readonly streamUrl: string;
    readonly format: 'pcm_s16le' | 'ogg';
    readonly sampleRateHz: 48_000 | 24_000 | 16_000;
    readonly finalize: boolean;
    readonly closingLead: boolean; // whether closing silence is sent ahead of time
    readonly watchedChunkMs: 80 | 160 | 320;
    readonly pricePerMinute?: number; // US dollars for a minute of audio; missing: costs are not shown
  };
  readonly settingsUrl: string;
  readonly databaseUrl: string;
  readonly summary?: {
    readonly apiUrl: string;
    readonly apiKey?: string;
    readonly model: string;
    readonly maxPartChars: number; // characters of the transcript in one request
    readonly maxOutputTokens: number; // tokens of one answer
    readonly requestLimitMs: number;
    readonly limitMs: number; // for the whole summary
  };
  readonly webhooks: { readonly allowPrivate: boolean };
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly proxies: readonly string[]; // addresses and networks that connect for many people
    readonly livePages: number; // that may be open at once
    readonly publicUrl?: string;
  };
  readonly metrics?: { readonly host: string; readonly port: number }; // missing: metrics are not served
  readonly cluster?: ClusterConfig; // missing: this process is the only one of its bot
  readonly shutdown: 'resume' | 'end'; // the effect of SIGTERM on meetings with people in them
  readonly logLevel: string;
  readonly allowedGuilds?: readonly string[]; // missing: every server that invites the bot
  readonly budgetMinutesPerGuild?: number; // minutes of audio in a month; missing: no limit
  readonly secretFiles: readonly SecretFile[]; // the files that were read
}

/** How this process shares one bot with others like it. */
interface ClusterConfig {
  readonly nodeName: string; // for people: in logs and metrics
  readonly redisUrl: string;
  readonly shardCount?: number; // missing: what Discord recommends
  readonly heirs: 'always' | 'deploy'; // when another process is ready to serve a shard
}

/** The configuration is incomplete or invalid. The message lists every problem, one on a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Cannot start, as the configuration has problems:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

const HOW_TO_GET_KEYS = 'Copy both from the API keys section of your Palabra account.';

/** Loads `.env` of the working directory when there is one. Variables that are set already keep their values. */
export function loadDotEnv(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/**
 * Reads the configuration.
 *
 * @throws {ConfigError} with all problems, not only the first
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  // An empty value in .env (`NAME=`) means that the variable is not set.
  const typed = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const inFiles: string[] = [];
  const { given, files } = openSecretFiles(typed, SECRETS, inFiles);
  const parsed = ENVIRONMENT.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const credentials = readCredentials(given, problems);
  if ((given.SUMMARY_API_URL === undefined) !== (given.SUMMARY_MODEL === undefined)) {
    problems.push(
      'SUMMARY_API_URL and SUMMARY_MODEL belong together: set both, or neither for minutes without an AI summary.',
    );
  }
  if (given.DISCORD_CLIENT_SECRET !== undefined && given.PUBLIC_URL === undefined) {
    problems.push('DISCORD_CLIENT_SECRET is for pages on which members sign in: set PUBLIC_URL as well.');
  }
  if (parsed.success) problems.push(...problemsOfCluster(parsed.data));
  if (!parsed.success || problems.length > 0 || inFiles.length > 0) {
    // A variable whose file has a problem is not also reported as missing.
    const others = problems.filter(
      (problem) => !inFiles.some((known) => known.startsWith(problem.split(' ')[0] ?? '')),
    );
    throw new ConfigError([...inFiles, ...others]);
  }
  return { ...toConfig(parsed.data, credentials), secretFiles: files };
}

/** Reads one pair, or several that are separated by commas in matching order. An API key may replace them. */
function readCredentials(
  given: Readonly<Record<string, string | undefined>>,
  problems: string[],
): readonly PalabraCredentials[] {
  const ids = listOf(given.PALABRA_CLIENT_ID);
  const secrets = listOf(given.PALABRA_CLIENT_SECRET);
  const hasKey = given.PALABRA_API_KEY !== undefined;
  if (ids.length === 0 && !hasKey) problems.push(`PALABRA_CLIENT_ID is missing. ${HOW_TO_GET_KEYS}`);
  if (secrets.length === 0 && !hasKey) problems.push(`PALABRA_CLIENT_SECRET is missing. ${HOW_TO_GET_KEYS}`);
  if (ids.length > 0 && secrets.length > 0 && ids.length !== secrets.length) {
    problems.push(
      `PALABRA_CLIENT_ID holds ${ids.length} and PALABRA_CLIENT_SECRET ${secrets.length}: give one secret for each id, in the same order.`,
    );
  }
  return ids.flatMap((clientId, index) => {
    const clientSecret = secrets[index];
    return clientSecret === undefined ? [] : [{ clientId, clientSecret }];
  });
}

/** A cluster lives on servers that all its processes reach. */
function problemsOfCluster({ CLUSTER, DATABASE_URL, SETTINGS_URL, REDIS_URL }: Environment): readonly string[] {
  if (CLUSTER === 'off') return [];
  const problems: string[] = [];
  const isFile = (address: string) => address.startsWith('sqlite:');
  if (isFile(DATABASE_URL))
    problems.push('DATABASE_URL must be an address like postgres://… with CLUSTER=on: a file serves one process only.');
  if (isFile(SETTINGS_URL))
    problems.push(
      'SETTINGS_URL must be an address like postgres://… or redis://… with CLUSTER=on: a file serves one process only.',
    );
  if (REDIS_URL === undefined)
    problems.push('REDIS_URL is missing. With CLUSTER=on, set it to an address like redis://localhost:6379.');
  return problems;
}

function toConfig(env: Environment, credentials: readonly PalabraCredentials[]): Omit<Config, 'secretFiles'> {
  return {
    discord: {
      token: env.DISCORD_TOKEN.replace(/^Bot\s+/i, ''),
      apiUrl: withoutSlash(env.DISCORD_API_URL),
      cdnUrl: withoutSlash(env.DISCORD_CDN_URL),
      messageContent: env.DISCORD_MESSAGE_CONTENT === 'on',
      ...(env.DISCORD_CLIENT_SECRET !== undefined && { clientSecret: env.DISCORD_CLIENT_SECRET }),
      authorizeUrl: env.DISCORD_AUTHORIZE_URL,
    },
    palabra: {
      credentials,
      ...(env.PALABRA_API_KEY !== undefined && { apiKey: env.PALABRA_API_KEY }),
      apiUrl: withoutSlash(env.PALABRA_API_URL),
      streamUrl: withoutSlash(env.PALABRA_STREAM_URL),
      format: env.PALABRA_FORMAT === 'ogg' ? 'ogg' : 'pcm_s16le',
      sampleRateHz:
        env.PALABRA_SAMPLE_RATE === '48000' || env.PALABRA_FORMAT === 'ogg'
          ? 48_000
          : env.PALABRA_SAMPLE_RATE === '24000'
            ? 24_000
            : 16_000,
      finalize: env.PALABRA_FINALIZE === 'on',
      closingLead: env.PALABRA_CLOSING_LEAD === 'on',
      watchedChunkMs: env.PALABRA_WATCHED_CHUNK_MS === '80' ? 80 : env.PALABRA_WATCHED_CHUNK_MS === '160' ? 160 : 320,
      ...(env.PALABRA_PRICE_PER_MINUTE !== undefined && { pricePerMinute: Number(env.PALABRA_PRICE_PER_MINUTE) }),
    },
    settingsUrl: env.SETTINGS_URL,
    databaseUrl: env.DATABASE_URL,
    ...(env.SUMMARY_API_URL !== undefined &&
      env.SUMMARY_MODEL !== undefined && {
        summary: {
          apiUrl: withoutSlash(env.SUMMARY_API_URL),
          model: env.SUMMARY_MODEL,
          ...(env.SUMMARY_API_KEY !== undefined && { apiKey: env.SUMMARY_API_KEY }),
          maxPartChars: Number(env.SUMMARY_PART_CHARACTERS),
          maxOutputTokens: Number(env.SUMMARY_OUTPUT_TOKENS),
          requestLimitMs: Number(env.SUMMARY_REQUEST_SECONDS) * 1_000,
          limitMs: Number(env.SUMMARY_SECONDS) * 1_000,
        },
      }),
    webhooks: { allowPrivate: env.MINUTES_WEBHOOK_ALLOW_PRIVATE === 'on' },
    http: {
      host: env.HTTP_HOST,
      port: Number(env.HTTP_PORT),
      proxies: listOf(env.HTTP_PROXIES),
      livePages: Number(env.LIVE_PAGES),
      ...(env.PUBLIC_URL !== undefined && { publicUrl: env.PUBLIC_URL }),
    },
    ...(env.METRICS_PORT !== undefined && {
      metrics: { host: env.METRICS_HOST, port: Number(env.METRICS_PORT) },
    }),
    ...(env.ALLOWED_GUILDS !== undefined && { allowedGuilds: listOf(env.ALLOWED_GUILDS) }),
    ...(env.BUDGET_MINUTES_PER_GUILD !== undefined && {
      budgetMinutesPerGuild: Number(env.BUDGET_MINUTES_PER_GUILD),
    }),
    ...(env.CLUSTER === 'on' &&
      env.REDIS_URL !== undefined && {
        cluster: {
          nodeName: env.NODE_NAME ?? hostname(),
          redisUrl: env.REDIS_URL,
          ...(env.SHARD_COUNT !== undefined && { shardCount: Number(env.SHARD_COUNT) }),
          heirs: env.CLUSTER_HEIRS === 'deploy' ? 'deploy' : 'always',
        },
      }),
    shutdown: env.SHUTDOWN === 'end' ? 'end' : 'resume',
    logLevel: env.LOG_LEVEL,
  };
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}
