import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const complete = { DISCORD_TOKEN: 'token', PALABRA_CLIENT_ID: 'id', PALABRA_CLIENT_SECRET: 'secret' };

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs only the three credentials', () => {
    expect(readConfig(complete)).toEqual({
      discord: {
        token: 'token',
        apiUrl: 'https://discord.com/api',
        cdnUrl: 'https://cdn.discordapp.com',
        authorizeUrl: 'https://discord.com/oauth2/authorize',
        messageContent: false,
      },
      palabra: {
        credentials: [{ clientId: 'id', clientSecret: 'secret' }],
        apiUrl: 'https://api.palabra.ai',
        streamUrl: 'wss://api.palabra.ai',
        format: 'pcm_s16le',
        sampleRateHz: 48_000,
        finalize: false,
        closingLead: true,
        watchedChunkMs: 160,
      },
      webhooks: { allowPrivate: false },
      settingsUrl: 'sqlite://data/parley.db',
      databaseUrl: 'sqlite://data/parley.db',
      http: { host: '127.0.0.1', port: 8080, proxies: [], livePages: 500 },
      shutdown: 'resume',
      logLevel: 'info',
      secretFiles: [],
    });
  });

  it('reports everything that is missing or malformed at once', () => {
    const problems = problemsOf({
      DISCORD_API_URL: 'discord',
      PALABRA_STREAM_URL: 'https://api.palabra.ai',
      PALABRA_SAMPLE_RATE: '44100',
      SETTINGS_URL: 'mysql://x',
      HTTP_PORT: '80800',
      LOG_LEVEL: 'loud',
    });
    const names = problems.map((problem) => problem.split(' ')[0]);
    expect(names).toEqual([
      'DISCORD_TOKEN',
      'DISCORD_API_URL',
      'PALABRA_STREAM_URL',
      'PALABRA_SAMPLE_RATE',
      'SETTINGS_URL',
      'HTTP_PORT',
      'LOG_LEVEL',
      'PALABRA_CLIENT_ID',
      'PALABRA_CLIENT_SECRET',
    ]);
  });

  it('says what to do about a missing token', () => {
    const { DISCORD_TOKEN: _, ...rest } = complete;
    expect(problemsOf(rest)[0]).toMatch(/^DISCORD_TOKEN is missing\. Copy it from https:\/\/discord\.com/);
  });

  it('never repeats a secret in what it reports', () => {
    expect(problemsOf({ ...complete, DISCORD_TOKEN: 'hush', LOG_LEVEL: 'x' }).join()).not.toContain('hush');
  });

  it('treats an empty variable as one that is not set', () => {
    expect(problemsOf({ ...complete, DISCORD_TOKEN: '  ' })).toHaveLength(1);
  });

  it('pairs several credentials in order', () => {
    const { palabra } = readConfig({ ...complete, PALABRA_CLIENT_ID: 'a, b', PALABRA_CLIENT_SECRET: 'x,y' });
    expect(palabra.credentials).toEqual([
      { clientId: 'a', clientSecret: 'x' },
      { clientId: 'b', clientSecret: 'y' },
    ]);
  });

  it('refuses pairs that do not match', () => {
    expect(problemsOf({ ...complete, PALABRA_CLIENT_ID: 'a,b' })[0]).toContain('holds 2 and PALABRA_CLIENT_SECRET 1');
  });

  it('counts in the granules of Ogg where packets are passed on', () => {
    const { palabra } = readConfig({ ...complete, PALABRA_FORMAT: 'ogg', PALABRA_SAMPLE_RATE: '16000' });
    expect(palabra).toMatchObject({ format: 'ogg', sampleRateHz: 48_000 });
    expect(problemsOf({ ...complete, PALABRA_FORMAT: 'opus' })[0]).toMatch(/^PALABRA_FORMAT /);
  });

  it('takes an API key in place of the pair', () => {
    const { palabra } = readConfig({ DISCORD_TOKEN: 'token', PALABRA_API_KEY: 'key' });
    expect(palabra).toMatchObject({ apiKey: 'key', credentials: [] });
  });

  it('has summaries written only where endpoint and model are both named', () => {
    const summary = { SUMMARY_API_URL: 'https://models.example/v1/', SUMMARY_MODEL: 'small-1' };
    expect(readConfig(complete).summary).toBeUndefined();
    expect(readConfig({ ...complete, ...summary }).summary).toEqual({
      apiUrl: 'https://models.example/v1',
      model: 'small-1',
      maxPartChars: 24_000,
      maxOutputTokens: 4_000,
      requestLimitMs: 60_000,
      limitMs: 120_000,
    });
    const sizes = {
      SUMMARY_PART_CHARACTERS: '8000',
      SUMMARY_OUTPUT_TOKENS: '16000',
      SUMMARY_REQUEST_SECONDS: '300',
      SUMMARY_SECONDS: '900',
    };
    expect(readConfig({ ...complete, ...summary, ...sizes }).summary).toMatchObject({
      maxPartChars: 8_000,
      maxOutputTokens: 16_000,
      requestLimitMs: 300_000,
      limitMs: 900_000,
    });
    expect(problemsOf({ ...complete, ...summary, SUMMARY_SECONDS: '0' })).toEqual([
      'SUMMARY_SECONDS must be a whole number from 5 to 3600',
    ]);
    expect(readConfig({ ...complete, ...summary, SUMMARY_API_KEY: 'hush' }).summary?.apiKey).toBe('hush');
    expect(problemsOf({ ...complete, SUMMARY_MODEL: 'small-1' })).toEqual([
      'SUMMARY_API_URL and SUMMARY_MODEL belong together: set both, or neither for minutes without an AI summary.',
    ]);
  });

  it('keeps webhooks out of private networks by default', () => {
    expect(readConfig(complete).webhooks).toEqual({ allowPrivate: false });
    expect(readConfig({ ...complete, MINUTES_WEBHOOK_ALLOW_PRIVATE: 'on' }).webhooks).toEqual({ allowPrivate: true });
    expect(problemsOf({ ...complete, MINUTES_WEBHOOK_ALLOW_PRIVATE: 'yes' })).toHaveLength(1);
  });

  it('serves pages and metrics to this machine alone by default', () => {
    expect(readConfig(complete)).not.toHaveProperty('metrics');
    expect(readConfig(complete).http.livePages).toBe(500);
    const more = {
      HTTP_HOST: '0.0.0.0',
      HTTP_PROXIES: '172.16.0.0/12, fd00::1',
      METRICS_PORT: '9090',
      LIVE_PAGES: '2000',
    };
    expect(readConfig({ ...complete, ...more })).toMatchObject({
      http: { host: '0.0.0.0', proxies: ['172.16.0.0/12', 'fd00::1'], livePages: 2_000 },
      metrics: { host: '127.0.0.1', port: 9090 },
    });
    const wrong = {
      ...{ HTTP_HOST: 'example.org', HTTP_PROXIES: '10.0.0.0/33', LIVE_PAGES: '0' },
      ...{ METRICS_HOST: 'all', METRICS_PORT: 'x' },
    };
    expect(problemsOf({ ...complete, ...wrong }).map((problem) => problem.split(' ')[0])).toEqual(Object.keys(wrong));
  });

  it.each([
    'https://parley.example.org',
    'https://example.org:8443/parley/',
    'http://localhost:8080',
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
  ])('lets pages be reached at %s', (PUBLIC_URL) => {
    expect(readConfig({ ...complete, PUBLIC_URL }).http.publicUrl).toBe(PUBLIC_URL);
  });

  it.each([
    ['http://parley.example.org', 'must begin with https://'],
    ['http://127.0.0.1.example.org', 'must begin with https://'],
    ['http://192.168.1.2:8080', 'must begin with https://'],
    ['https://name:word@parley.example.org', 'must not contain'],
    ['https://parley.example.org/?a=b', 'must not contain'],
    ['parley.example.org', 'is not an address like https://parley.example.org'],
  ])('does not let pages be reached at %s', (PUBLIC_URL, because) => {
    const problems = problemsOf({ ...complete, PUBLIC_URL });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`PUBLIC_URL ${because}`);
  });

  it('does not let members sign in where there are no pages', () => {
    const secret = { ...complete, DISCORD_CLIENT_SECRET: 'hush' };
    const problems = problemsOf(secret);
    expect(problems).toEqual(['DISCORD_CLIENT_SECRET is for pages on which members sign in: set PUBLIC_URL as well.']);
    const { discord } = readConfig({ ...secret, PUBLIC_URL: 'https://parley.example.org' });
    expect(discord).toMatchObject({ clientSecret: 'hush', authorizeUrl: 'https://discord.com/oauth2/authorize' });
  });

  it('takes a token that was pasted with its scheme', () => {
    expect(readConfig({ ...complete, DISCORD_TOKEN: 'Bot abc' }).discord.token).toBe('abc');
  });

  it('takes a database in memory', () => {
    expect(readConfig({ ...complete, DATABASE_URL: 'sqlite://:memory:' }).databaseUrl).toBe('sqlite://:memory:');
  });
});

describe('the servers that the bot serves', () => {
  it('are all, without a limit, by default', () => {
    expect(readConfig(complete)).not.toHaveProperty('allowedGuilds');
    expect(readConfig(complete)).not.toHaveProperty('budgetMinutesPerGuild');
  });

  it('can be listed by their ids, and given a budget of minutes', () => {
    const given = {
      ...complete,
      ALLOWED_GUILDS: '123456789012345678, 223456789012345678',
      BUDGET_MINUTES_PER_GUILD: '600',
    };
    expect(readConfig(given)).toMatchObject({
      allowedGuilds: ['123456789012345678', '223456789012345678'],
      budgetMinutesPerGuild: 600,
    });
  });

  it.each([
    ['ALLOWED_GUILDS', 'Office'],
    ['ALLOWED_GUILDS', ','], // could mean all servers, or none
    ['BUDGET_MINUTES_PER_GUILD', '0'],
    ['BUDGET_MINUTES_PER_GUILD', '-5'],
    ['BUDGET_MINUTES_PER_GUILD', 'many'],
  ])('cannot be set by %s=%s', (name, value) => {
    expect(problemsOf({ ...complete, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} must be`))]);
  });
});

describe('a secret in a file', () => {
  /** Writes files with these contents. Returns the variables that name them. */
  function inFiles(contents: Readonly<Record<string, string>>): Record<string, string> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return Object.fromEntries(
      Object.entries(contents).map(([variable, content]) => {
        writeFileSync(join(folder, variable), content);
        return [variable, join(folder, variable)];
      }),
    );
  }

  it('is read for every secret there is, without the line break at its end', () => {
    const files = inFiles({
      DISCORD_TOKEN_FILE: 'Bot token\n',
      PALABRA_CLIENT_ID_FILE: 'a,b\r\n',
      PALABRA_CLIENT_SECRET_FILE: 'x,y',
      PALABRA_API_KEY_FILE: 'key\n',
      SETTINGS_URL_FILE: 'redis://:hush@127.0.0.1\n',
      DATABASE_URL_FILE: 'postgres://me:hush@127.0.0.1/parley\n',
      SUMMARY_API_KEY_FILE: 'k-1\n',
      DISCORD_CLIENT_SECRET_FILE: 'hush\n',
    });
    const config = readConfig({
      ...files,
      SUMMARY_API_URL: 'https://models.example/v1',
      SUMMARY_MODEL: 'small-1',
      PUBLIC_URL: 'https://parley.example.org',
    });
    expect(config).toMatchObject({
      discord: { token: 'token', clientSecret: 'hush' },
      palabra: {
        apiKey: 'key',
        credentials: [
          { clientId: 'a', clientSecret: 'x' },
          { clientId: 'b', clientSecret: 'y' },
        ],
      },
      settingsUrl: 'redis://:hush@127.0.0.1',
      databaseUrl: 'postgres://me:hush@127.0.0.1/parley',
      summary: { apiKey: 'k-1' },
    });
    expect(config.secretFiles.map(({ variable }) => variable).toSorted()).toEqual(Object.keys(files).toSorted());
  });

  it('cannot be given together with the variable itself', () => {
    const files = inFiles({ DISCORD_TOKEN_FILE: 'hush' });
    expect(problemsOf({ ...complete, ...files })).toEqual([
      'DISCORD_TOKEN and DISCORD_TOKEN_FILE are both given: give one of them.',
    ]);
  });

  it('is reported once when it cannot be read, with the reason and without path or content', () => {
    const { DISCORD_TOKEN: _, ...rest } = complete;
    const problems = (path: string) => problemsOf({ ...rest, DISCORD_TOKEN_FILE: path });
    expect(problems('/nowhere/hush')).toEqual(['DISCORD_TOKEN_FILE names a file that cannot be read (ENOENT).']);
    expect(problems(tmpdir())).toEqual(['DISCORD_TOKEN_FILE names a file that cannot be read (EISDIR).']);
    const empty = inFiles({ DISCORD_TOKEN_FILE: ' \n' });
    expect(problemsOf({ ...rest, ...empty })).toEqual(['DISCORD_TOKEN_FILE names a file that is empty.']);
  });

  it('is refused like the variable when it holds no address, without its content', () => {
    const problems = problemsOf({ ...complete, ...inFiles({ DATABASE_URL_FILE: 'mysql://me:hush@host/' }) });
    expect(problems).toEqual([expect.stringMatching(/^DATABASE_URL is not an address like /)]);
    expect(problems.join()).not.toContain('hush');
  });

  describe('of several processes', () => {
    const servers = {
      ...complete,
      CLUSTER: 'on',
      DATABASE_URL: 'postgres://db.example/parley',
      SETTINGS_URL: 'redis://redis.example',
      REDIS_URL: 'redis://redis.example',
    };

    it('is read from servers that all of them reach', () => {
      const set = { NODE_NAME: 'rack-7', SHARD_COUNT: '16', CLUSTER_HEIRS: 'deploy' };
      expect(readConfig({ ...servers, ...set }).cluster).toEqual({
        nodeName: 'rack-7',
        redisUrl: 'redis://redis.example',
        shardCount: 16,
        heirs: 'deploy',
      });
    });

    it('names the process after its host, and has heirs always, unless told otherwise', () => {
      expect(readConfig(servers).cluster).toEqual({
        nodeName: hostname(),
        redisUrl: 'redis://redis.example',
        heirs: 'always',
      });
    });

    it('refuses files, and wants Redis, in words', () => {
      expect(problemsOf({ ...complete, CLUSTER: 'on' })).toEqual([
        'DATABASE_URL must be an address like postgres://… with CLUSTER=on: a file serves one process only.',
        'SETTINGS_URL must be an address like postgres://… or redis://… with CLUSTER=on: a file serves one process only.',
        'REDIS_URL is missing. With CLUSTER=on, set it to an address like redis://localhost:6379.',
      ]);
    });

    it('is off unless it is switched on', () => {
      expect(readConfig({ ...servers, CLUSTER: 'off' }).cluster).toBeUndefined();
      expect(problemsOf({ ...servers, CLUSTER: 'yes' })).toEqual(['CLUSTER must be one of on, off']);
    });
  });
});
