import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { openSecretFiles, type SecretFile } from './secret-files.ts';

interface PalabraCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Config {
  readonly discord: { readonly token: string; readonly apiUrl: string; readonly messageContent: boolean };
  readonly palabra: {
    readonly credentials: readonly PalabraCredentials[];
    readonly apiKey?: string;
    readonly apiUrl: string;
    readonly streamUrl: string;
    readonly sampleRateHz: 48_000 | 24_000 | 16_000;
    readonly finalize: boolean;
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
    readonly publicUrl?: string;
  };
  readonly metrics?: { readonly host: string; readonly port: number }; // missing: metrics are not served
  readonly shutdown: 'resume' | 'end'; // the effect of SIGTERM on meetings with people in them
  readonly logLevel: string;
  readonly allowedGuilds?: readonly string[]; // missing: every server that invites the bot
  readonly budgetMinutesPerGuild?: number; // minutes of audio in a month; missing: no limit
  readonly secretFiles: readonly SecretFile[]; // the files that were read
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

const url = (schemes: readonly string[], example: string) =>
  z.string().refine((value) => schemes.some((scheme) => isAddress(value, scheme)), {
    error: `is not an address like ${example}`,
  });
const oneOf = (...words: readonly [string, ...string[]]) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });
const STORES = 'sqlite://data/parley.db';
const HOW_TO_GET_A_TOKEN = 'Copy it from https://discord.com/developers/applications → your application → Bot.';
const HOW_TO_GET_KEYS = 'Copy both from the API keys section of your Palabra account.';

const port = z.string().refine((value) => /^\d+$/.test(value) && Number(value) <= 65_535, {
  error: 'must be a port: a whole number from 0 (any free one) to 65535',
});
const host = z.string().refine((value) => isIP(value) !== 0 || value === 'localhost', {
  error: 'must be an IP address of this machine, like 127.0.0.1; 0.0.0.0 or :: stands for all',
});
const between = (least: number, most: number) =>
  z.string().refine((value) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most, {
    error: `must be a whole number from ${least} to ${most}`,
  });
const web = url(['http:', 'https:'], 'https://discord.com/api');
const ENVIRONMENT = z.object({
  DISCORD_TOKEN: z.string({ error: `is missing. ${HOW_TO_GET_A_TOKEN}` }),
  DISCORD_API_URL: web.default('https://discord.com/api'),
  DISCORD_MESSAGE_CONTENT: oneOf('on', 'off').default('off'),
  PALABRA_CLIENT_ID: z.string().optional(),
  PALABRA_CLIENT_SECRET: z.string().optional(),
  PALABRA_API_KEY: z.string().optional(),
  PALABRA_API_URL: url(['http:', 'https:'], 'https://api.palabra.ai').default('https://api.palabra.ai'),
  PALABRA_STREAM_URL: url(['ws:', 'wss:'], 'wss://api.palabra.ai').default('wss://api.palabra.ai'),
  PALABRA_SAMPLE_RATE: oneOf('48000', '24000', '16000').default('48000'),
  PALABRA_FINALIZE: oneOf('on', 'off').default('off'),
  PALABRA_WATCHED_CHUNK_MS: oneOf('80', '160', '320').default('160'),
  PALABRA_PRICE_PER_MINUTE: z
    .string()
    .regex(/^\d+(\.\d+)?$/, { error: 'must be a price in US dollars for a minute of audio, like 0.04' })
    .optional(),
  SETTINGS_URL: url(['sqlite:', 'redis:', 'rediss:', 'postgres:', 'postgresql:'], STORES).default(STORES),
  DATABASE_URL: url(['sqlite:', 'postgres:', 'postgresql:'], STORES).default(STORES),
  SUMMARY_API_URL: url(['http:', 'https:'], 'https://api.openai.com/v1').optional(),
  SUMMARY_API_KEY: z.string().optional(),
  SUMMARY_MODEL: z.string().optional(),
  SUMMARY_PART_CHARACTERS: between(2_000, 1_000_000).default('24000'),
  SUMMARY_OUTPUT_TOKENS: between(500, 100_000).default('4000'),
  SUMMARY_REQUEST_SECONDS: between(5, 3_600).default('60'),
  SUMMARY_SECONDS: between(5, 3_600).default('120'),
  MINUTES_WEBHOOK_ALLOW_PRIVATE: oneOf('on', 'off').default('off'),
  HTTP_HOST: host.default('127.0.0.1'),
  HTTP_PORT: port.default('8080'),
  HTTP_PROXIES: z
    .string()
    .refine((value) => list(value).every(isNetwork), {
      error: 'must be addresses or networks of reverse proxies, like 172.16.0.0/12, separated by commas',
    })
    .optional(),
  METRICS_HOST: host.default('127.0.0.1'),
  METRICS_PORT: port.optional(),
  PUBLIC_URL: url(['http:', 'https:'], 'https://parley.example.org')
    .refine(isSafeForPages, {
      error:
        'must begin with https://, as its pages show what people say. Plain http:// is allowed only for this machine, like http://localhost:8080',
    })
    .refine(isBare, { error: 'must not contain a user name, a password, a query or a #' })
    .optional(),
  ALLOWED_GUILDS: z
    .string()
    .refine((value) => list(value).length > 0 && list(value).every((id) => /^\d{1,20}$/.test(id)), {
      error: 'must be server ids, separated by commas: to copy one, right-click a server → Copy Server ID',
    })
    .optional(),
  BUDGET_MINUTES_PER_GUILD: z
    .string()
    .refine((value) => /^\d+(\.\d+)?$/.test(value) && Number(value) > 0, {
      error: 'must be the minutes of audio that a server may use in a month, like 600',
    })
    .optional(),
  SHUTDOWN: oneOf('resume', 'end').default('resume'),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
});
/** Each of these may be kept in a file, which the variable `<NAME>_FILE` names. */
const SECRETS = [
  'DISCORD_TOKEN',
  'PALABRA_CLIENT_ID',
  'PALABRA_CLIENT_SECRET',
  'PALABRA_API_KEY',
  'SETTINGS_URL',
  'DATABASE_URL',
  'SUMMARY_API_KEY',
] as const satisfies readonly (keyof typeof ENVIRONMENT.shape)[];
type Environment = z.infer<typeof ENVIRONMENT>;

/** Whether it is an address of this scheme. After `sqlite:` comes a path, which need not look like a web address. */
function isAddress(value: string, scheme: string): boolean {
  if (!value.startsWith(scheme)) return false;
  return scheme === 'sqlite:' ? value.length > 'sqlite://'.length : URL.canParse(value);
}

/** Whether data to this address is encrypted, or stays on this machine. An invalid address is reported elsewhere. */
function isSafeForPages(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol !== 'http:' || /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function isBare(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { username, password, search, hash } = new URL(address);
  return `${username}${password}${search}${hash}` === '';
}

/** Whether it is an address or a network: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`. */
function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/');
  const width = isIP(address) === 4 ? 32 : 128;
  const hasBits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width);
  return isIP(address) !== 0 && hasBits && rest.length === 0;
}

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
  const ids = list(given.PALABRA_CLIENT_ID);
  const secrets = list(given.PALABRA_CLIENT_SECRET);
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

function list(value: string | undefined): string[] {
  return (value ?? '').split(',').flatMap((item) => item.trim() || []);
}

function toConfig(env: Environment, credentials: readonly PalabraCredentials[]): Omit<Config, 'secretFiles'> {
  return {
    discord: {
      token: env.DISCORD_TOKEN.replace(/^Bot\s+/i, ''),
      apiUrl: withoutSlash(env.DISCORD_API_URL),
      messageContent: env.DISCORD_MESSAGE_CONTENT === 'on',
    },
    palabra: {
      credentials,
      ...(env.PALABRA_API_KEY !== undefined && { apiKey: env.PALABRA_API_KEY }),
      apiUrl: withoutSlash(env.PALABRA_API_URL),
      streamUrl: withoutSlash(env.PALABRA_STREAM_URL),
      sampleRateHz:
        env.PALABRA_SAMPLE_RATE === '48000' ? 48_000 : env.PALABRA_SAMPLE_RATE === '24000' ? 24_000 : 16_000,
      finalize: env.PALABRA_FINALIZE === 'on',
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
      proxies: list(env.HTTP_PROXIES),
      ...(env.PUBLIC_URL !== undefined && { publicUrl: env.PUBLIC_URL }),
    },
    ...(env.METRICS_PORT !== undefined && {
      metrics: { host: env.METRICS_HOST, port: Number(env.METRICS_PORT) },
    }),
    ...(env.ALLOWED_GUILDS !== undefined && { allowedGuilds: list(env.ALLOWED_GUILDS) }),
    ...(env.BUDGET_MINUTES_PER_GUILD !== undefined && {
      budgetMinutesPerGuild: Number(env.BUDGET_MINUTES_PER_GUILD),
    }),
    shutdown: env.SHUTDOWN === 'end' ? 'end' : 'resume',
    logLevel: env.LOG_LEVEL,
  };
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}
