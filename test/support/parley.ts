import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { noteStall, type Stall } from './real-time/stalls.ts';
import { steadyNowMs } from './real-time/watch.ts';
import { shippedOptions } from './shipped-options.ts';

const root = resolve(import.meta.dirname, '../..');
/** One for all: in a directory of its own each start would compile everything anew. */
const NODE_COMPILE_CACHE = join(root, 'node_modules/.cache/bot');
const EXIT_LIMIT_MS = 25_000;
const WATCH = new URL('real-time/watch-the-bot.ts', import.meta.url).href;
const FROM_ADDRESS = new URL('from-address.ts', import.meta.url).href;
const READY = 'Ready as';

export interface ParleyOptions {
  readonly startFile?: string; // of another Parley than this one
  /** Whether its stalls are noted: a benchmark measures the bot without. */
  readonly isWatched?: boolean;
  readonly fromAddress?: string; // of loopback: what it connects from, so that simulators can tell processes apart
}

export interface ParleyEnvironment extends ParleyOptions {
  readonly discord: {
    readonly apiUrl: string;
    readonly cdnUrl: string;
    readonly authorizeUrl: string;
    readonly token: string;
  };
  readonly palabra: {
    readonly apiUrl: string;
    readonly streamUrl: string;
    readonly credentials: { readonly clientId: string; readonly clientSecret: string };
  };
  readonly caFile: string; // of the voice server's certificate
  readonly more?: Readonly<Record<string, string>>;
}

/** The real bot, as its own process, in an empty working directory of its own. */
export class ParleyProcess implements AsyncDisposable {
  readonly directory = mkdtempSync(join(tmpdir(), 'parley-'));
  readonly #environment: NodeJS.ProcessEnv;
  #startFile: string;
  readonly #isWatched: boolean;
  readonly #fromAddress: string | undefined;
  #child: ChildProcess;
  #output = '';
  #exited: Promise<number | null>;
  #readyAtMs = Number.POSITIVE_INFINITY;

  constructor(environment: NodeJS.ProcessEnv, options: ParleyOptions = {}) {
    this.#environment = environment;
    this.#startFile = options.startFile ?? join(root, 'src/start.js');
    this.#isWatched = options.isWatched ?? false;
    this.#fromAddress = options.fromAddress;
    this.#child = this.#spawn();
    this.#exited = exitOf(this.#child);
  }

  /**
   * Starts it again in the same directory, as a host does after a crash. Its output begins anew.
   *
   * @param startFile - of another version
   */
  restart(startFile = this.#startFile): void {
    this.#startFile = startFile;
    this.#output = '';
    this.#readyAtMs = Number.POSITIVE_INFINITY;
    this.#child = this.#spawn();
    this.#exited = exitOf(this.#child);
  }

  #spawn(): ChildProcess {
    const watch = this.#isWatched ? ['--import', WATCH] : [];
    const from = this.#fromAddress === undefined ? [] : ['--import', `${FROM_ADDRESS}?${this.#fromAddress}`];
    const child = spawn(process.execPath, [...shippedOptions(), ...watch, ...from, this.#startFile], {
      cwd: this.directory,
      env: { PATH: process.env.PATH, HTTP_PORT: '0', NODE_COMPILE_CACHE, ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe', this.#isWatched ? 'pipe' : 'ignore'],
    });
    if (this.#isWatched) this.#noteStalls(child.stdio[3] as Readable); // a pipe, as it was asked for
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        if (this.#output.includes(READY)) this.#readyAtMs = Math.min(this.#readyAtMs, steadyNowMs());
        child.emit('parley output');
      });
    }
    const end = () => child.kill('SIGKILL'); // whatever ends us: nobody would end it later
    process.once('exit', end);
    child.once('close', () => process.off('exit', end));
    return child;
  }

  /** As `watch-the-bot.ts` writes them. Until it is ready it reads and compiles its own code, and nobody speaks to it. */
  #noteStalls(pipe: Readable): void {
    createInterface({ input: pipe }).on('line', (line) => {
      const stall = JSON.parse(line) as Omit<Stall, 'who'>; // our own script wrote it
      if (stall.endedAtMs - stall.forMs >= this.#readyAtMs) noteStall({ who: 'The bot', ...stall });
    });
  }

  /** @throws when the system could not start it */
  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The bot has no process');
    return this.#child.pid;
  }

  /** Everything it has written so far, to both outputs. */
  get output(): string {
    return this.#output;
  }

  /** Asks one of its web servers. @param what - as its log names it: 'Pages', 'Metrics' */
  ask(what: string, path: string, init?: RequestInit): Promise<Response> {
    const port = new RegExp(`"port":(\\d+),"msg":"${what} are served"`).exec(this.#output)?.[1];
    return fetch(`http://127.0.0.1:${port}${path}`, init);
  }

  /** Resolves once it has written this. @throws with the whole output when it exits before */
  async says(text: string): Promise<void> {
    const gone = this.#exited.then((code) => {
      throw new Error(`The bot exited with ${code} before it said "${text}":\n${this.#output}`);
    });
    while (!this.#output.includes(text)) await Promise.race([once(this.#child, 'parley output'), gone]);
    gone.catch(() => {}); // it will exit one day, and that is then no failure
  }

  /** Its exit code, once it has ended. */
  async exit(): Promise<number | null> {
    return await this.#exited;
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): void {
    this.#child.kill(signal);
  }

  /** Has it end its meetings and itself, and waits; kills it when it does not. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.kill('SIGINT');
    const timer = setTimeout(() => this.kill('SIGKILL'), EXIT_LIMIT_MS);
    await this.#exited;
    clearTimeout(timer);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close');
  return code as number | null; // what node:child_process says of 'close'
}

/** Starts the bot against simulators. Await `says('Ready as')` before using it. */
export function startParley({ discord, palabra, caFile, more, ...options }: ParleyEnvironment): ParleyProcess {
  const { PALABRA_FORMAT } = process.env; // to run any test of whole bots with it
  const environment = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_URL: discord.cdnUrl,
    DISCORD_AUTHORIZE_URL: discord.authorizeUrl,
    PALABRA_CLIENT_ID: palabra.credentials.clientId,
    PALABRA_CLIENT_SECRET: palabra.credentials.clientSecret,
    PALABRA_API_URL: palabra.apiUrl,
    PALABRA_STREAM_URL: palabra.streamUrl,
    NODE_EXTRA_CA_CERTS: caFile,
    ...(PALABRA_FORMAT !== undefined && { PALABRA_FORMAT }),
    ...more,
  };
  return new ParleyProcess(environment, options);
}
