import { isIP } from 'node:net';
import { z } from 'zod';

const url = (schemes: readonly string[], example: string) =>
  z.string().refine((value) => schemes.some((scheme) => isAddress(value, scheme)), {
    error: `is not an address like ${example}`,
  });
const oneOf = (...words: readonly [string, ...string[]]) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });
const STORES = 'sqlite://data/parley.db';
const HOW_TO_GET_A_TOKEN = 'Copy it from https://discord.com/developers/applications → your application → Bot.';

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
/** The environment variables that Parley reads. Each error completes a sentence that begins with the variable's name. */
export const ENVIRONMENT = z.object({
  DISCORD_TOKEN: z.string({ error: `is missing. ${HOW_TO_GET_A_TOKEN}` }),
  DISCORD_API_URL: web.default('https://discord.com/api'),
  DISCORD_CDN_URL: url(['http:', 'https:'], 'https://cdn.discordapp.com').default('https://cdn.discordapp.com'),
  DISCORD_CLIENT_SECRET: z.string().optional(),
  DISCORD_AUTHORIZE_URL: url(['http:', 'https:'], 'https://discord.com/oauth2/authorize').default(
    'https://discord.com/oauth2/authorize',
  ),
  DISCORD_MESSAGE_CONTENT: oneOf('on', 'off').default('off'),
  PALABRA_CLIENT_ID: z.string().optional(),
  PALABRA_CLIENT_SECRET: z.string().optional(),
  PALABRA_API_KEY: z.string().optional(),
  PALABRA_API_URL: url(['http:', 'https:'], 'https://api.palabra.ai').default('https://api.palabra.ai'),
  PALABRA_STREAM_URL: url(['ws:', 'wss:'], 'wss://api.palabra.ai').default('wss://api.palabra.ai'),
  PALABRA_FORMAT: oneOf('pcm_s16le', 'ogg').default('pcm_s16le'),
  PALABRA_SAMPLE_RATE: oneOf('48000', '24000', '16000').default('48000'),
  PALABRA_FINALIZE: oneOf('on', 'off').default('off'),
  PALABRA_CLOSING_LEAD: oneOf('on', 'off').default('on'),
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
    .refine((value) => listOf(value).every(isNetwork), {
      error: 'must be addresses or networks of reverse proxies, like 172.16.0.0/12, separated by commas',
    })
    .optional(),
  LIVE_PAGES: between(1, 100_000).default('500'),
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
    .refine((value) => listOf(value).length > 0 && listOf(value).every((id) => /^\d{1,20}$/.test(id)), {
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
  CLUSTER: oneOf('on', 'off').default('off'),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://localhost:6379').optional(),
  NODE_NAME: z.string().max(100, { error: 'must be a name of at most 100 characters' }).optional(),
  SHARD_COUNT: between(1, 10_000).optional(),
  CLUSTER_HEIRS: oneOf('always', 'deploy').default('always'),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
});
/** Each of these may be kept in a file, which the variable `<NAME>_FILE` names. */
export const SECRETS = [
  'DISCORD_TOKEN',
  'DISCORD_CLIENT_SECRET',
  'PALABRA_CLIENT_ID',
  'PALABRA_CLIENT_SECRET',
  'PALABRA_API_KEY',
  'SETTINGS_URL',
  'DATABASE_URL',
  'REDIS_URL',
  'SUMMARY_API_KEY',
] as const satisfies readonly (keyof typeof ENVIRONMENT.shape)[];
export type Environment = z.infer<typeof ENVIRONMENT>;

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

/** The items of a list that is separated by commas, without empty ones. */
export function listOf(value: string | undefined): string[] {
  return (value ?? '').split(',').flatMap((item) => item.trim() || []);
}
