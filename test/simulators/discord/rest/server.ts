import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { serveAuthorization } from '../oauth2/authorize.ts';
import type { Grant } from '../oauth2/grants.ts';
import { oauth2Routes } from '../oauth2/routes.ts';
import type { World } from '../world/world.ts';
import { ApiError, refusals } from './api-error.ts';
import { serveAttachment } from './cdn.ts';
import { connectionTimes } from './connections.ts';
import { type Fault, Faults } from './faults.ts';
import { busiestSecond, type Caller } from './global-limits.ts';
import { isPicture, servePicture } from './picture.ts';
import { RateLimits, type SharedLimit, type Verdict } from './rate-limits.ts';
import { readBody } from './read-body.ts';
import { type Answer, match, ok, type Route, route } from './route.ts';
import { channelRoutes } from './routes/channels.ts';
import { commandRoutes } from './routes/commands.ts';
import { guildRoutes } from './routes/guilds.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { messageRoutes } from './routes/messages.ts';
import { scheduledEventRoutes } from './routes/scheduled-events.ts';
import { stageRoutes } from './routes/stages.ts';
import { userRoutes } from './routes/users.ts';
import { webhookRoutes } from './routes/webhooks.ts';

const PREFIX = '/api/v10';
const ALL_ROUTES = [
  ...messageRoutes, // before channels' own: `messages/pins` is not a message
  ...channelRoutes,
  ...commandRoutes,
  ...guildRoutes,
  ...interactionRoutes,
  ...oauth2Routes,
  ...scheduledEventRoutes,
  ...stageRoutes,
  ...userRoutes,
  ...webhookRoutes,
];

export interface RestOptions {
  readonly limits: 'real' | 'none';
  readonly limitsAddresses: boolean;
}

/** One request, as it was answered: for tests that count or time them. */
export interface RequestSeen {
  readonly method: string;
  readonly route: string; // the pattern, never ids or tokens
  readonly status: number; // 0 when a fault left it without an answer
  readonly arrivedAtMs: number; // since 1970
  readonly connectedAtMs: number; // its connection was opened
  readonly address: string; // that it came from
  readonly caller: Caller; // who is counted for it
  readonly guildId: string | undefined; // of the channel or webhook that it is for
}

/** Discord's REST API v10 and the files of its CDN, over one HTTP server on loopback. */
export class RestServer {
  readonly http: Server;
  readonly faults = new Faults();
  readonly limits: RateLimits;
  readonly seen: RequestSeen[] = [];
  readonly #world: World;
  readonly #options: RestOptions;
  readonly #routes: readonly Route[];
  readonly #connectedAtMs: ReturnType<typeof connectionTimes>;

  constructor(world: World, options: RestOptions, gateway: () => { url: string; bot: Record<string, unknown> }) {
    this.#world = world;
    this.#options = options;
    this.limits = new RateLimits(() => world.snowflakes.next(), options);
    this.#routes = [
      route('GET', '/gateway', () => ok({ url: gateway().url }), { auth: 'token in path', limit: 'none' }),
      route('GET', '/gateway/bot', () => ok({ url: gateway().url, ...gateway().bot })),
      ...ALL_ROUTES,
    ];
    this.http = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy()); // the client hung up: nobody is left to tell
    });
    this.#connectedAtMs = connectionTimes(this.http);
  }

  /** The next request that fits goes wrong. */
  failNext(fault: Fault): void {
    this.faults.add(fault);
  }

  /** The most requests that one caller sent within a second, whatever they were answered. */
  busiestSecond(caller: Caller): number {
    return busiestSecond(this.seen.filter((one) => one.caller === caller).map(({ arrivedAtMs }) => arrivedAtMs));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = request.socket.remoteAddress ?? '';
    const connectedAtMs = this.#connectedAtMs(request);
    const arrival = { arrivedAtMs: Date.now(), connectedAtMs, address, caller: callerOf(request) };
    const url = new URL(request.url ?? '/', 'http://simulator');
    if (url.pathname.startsWith('/attachments/')) return serveAttachment(this.#world, url, response);
    if (isPicture(url.pathname)) return servePicture(this.#world, url.pathname, response);
    if (url.pathname === '/oauth2/authorize') return serveAuthorization(this.#world, url, response);
    const method = request.method ?? 'GET';
    const path = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : undefined;
    const segments = (path ?? '').split('/').slice(1).map(decodeURIComponent);
    const fault = path === undefined ? undefined : this.faults.take(method, path);
    const found = this.#find(method, segments);
    const guildId = this.#guildOf(segments);
    const pattern = found === undefined ? 'unknown' : `/${found.route.pattern.join('/')}`;
    if (fault !== undefined && (await this.#broken(fault, request, response)) === 'done') {
      const status = typeof fault.with === 'object' && 'status' in fault.with ? fault.with.status : 0;
      this.seen.push({ method, route: pattern, status, guildId, ...arrival });
      return;
    }
    let answer: Answer & { headers?: Readonly<Record<string, string>> };
    if (path === undefined || found === undefined) {
      this.#world.violations.push(`A request for what Discord does not have: ${method} ${segments[0] ?? ''}`);
      answer = { status: 404, json: refusals.notFound().json() };
    } else answer = await this.#answer(found.route, found.params, { request, url, caller: arrival.caller });
    this.seen.push({ method, route: pattern, status: answer.status, guildId, ...arrival });
    if (fault?.butDoIt === true && (await this.#afterwards(fault, response)) === 'done') return;
    response.writeHead(answer.status, {
      ...answer.headers,
      ...(answer.json === undefined ? {} : { 'content-type': 'application/json' }),
    });
    response.end(answer.json === undefined ? undefined : JSON.stringify(answer.json));
  }

  #find(method: string, segments: readonly string[]): { route: Route; params: Map<string, string> } | undefined {
    for (const candidate of this.#routes) {
      const params = match(candidate, method, segments);
      if (params !== undefined) return { route: candidate, params };
    }
    return undefined;
  }

  #guildOf([kind, id = '']: readonly string[]): string | undefined {
    if (kind === 'guilds') return id;
    const channel = kind === 'webhooks' ? this.#world.webhooks.get(id)?.channel : this.#world.channels.get(id);
    return channel?.guild?.id;
  }

  async #answer(
    found: Route,
    params: Map<string, string>,
    { request, url, caller }: { request: IncomingMessage; url: URL; caller: Caller },
  ): Promise<Answer & { headers?: Readonly<Record<string, string>> }> {
    const body = await readBody(request).catch((error: unknown) => {
      if (error instanceof ApiError) return error;
      throw error; // the client hung up: there is nobody to answer
    });
    let headers: Readonly<Record<string, string>> = {};
    try {
      const grant = this.#grantOf(found, request);
      if (this.#options.limits === 'real') {
        const shared = this.#sharedLimit(found, params);
        const verdict = this.limits.judge(found, majorOf(found, params), caller, shared);
        headers = verdict.headers;
        if (verdict.refusal !== undefined) {
          this.#world.violations.push(`Too early (429): ${found.method} /${found.pattern.join('/')}`);
          return { status: 429, json: verdict.refusal, headers };
        }
      }
      const old = this.#judgeEdit(found, params);
      // Not a violation: nothing tells a bot of it before.
      if (old?.refusal !== undefined)
        return { status: 429, json: old.refusal, headers: { ...headers, ...old.headers } };
      if (body instanceof ApiError) throw body;
      const answer = await found.answer({
        world: this.#world,
        method: found.method,
        path: url.pathname.slice(PREFIX.length),
        query: url.searchParams,
        body,
        authorization: request.headers.authorization,
        grant,
        param: (name) => params.get(name) ?? '',
      });
      return { ...answer, headers };
    } catch (error) {
      if (error instanceof ApiError) return { status: error.status, json: error.json(), headers };
      this.#world.violations.push(`The simulator itself failed: ${String(error)}`);
      return { status: 500, json: { message: '500: Internal Server Error', code: 0 }, headers };
    }
  }

  /** Webhook messages of one channel share a limit, whichever webhook they come from. */
  #sharedLimit({ method, pattern }: Route, params: ReadonlyMap<string, string>): SharedLimit | undefined {
    if (method !== 'POST' || pattern.join('/') !== 'webhooks/:webhook/:token') return undefined;
    const webhook = this.#world.webhooks.get(params.get('webhook') ?? '');
    return webhook && { key: `webhooks of ${webhook.channel.id}`, limit: { count: 30, perMs: 60_000 } };
  }

  #judgeEdit({ method, pattern }: Route, params: ReadonlyMap<string, string>): Verdict | undefined {
    const path = pattern.join('/');
    if (method !== 'PATCH' || this.#options.limits !== 'real') return undefined;
    if (path !== 'channels/:channel/messages/:message') return undefined;
    const channel = this.#world.channels.get(params.get('channel') ?? '');
    const message = channel?.message(params.get('message') ?? '');
    return channel && message && this.limits.judgeEdit(message, channel.id);
  }

  /** @throws {ApiError} when the token of the request is none */
  #grantOf({ auth }: Route, request: IncomingMessage): Grant | undefined {
    const [kind, token = ''] = (request.headers.authorization ?? '').split(' ');
    if (auth === 'bot or bearer' && kind === 'Bearer') {
      const grant = this.#world.application.grants.grantOf(token);
      if (grant === undefined) throw refusals.unauthorized();
      return grant;
    }
    if (auth === 'bot' || auth === 'bot or bearer') this.#checkToken(request);
    return undefined;
  }

  #checkToken(request: IncomingMessage): void {
    if (request.headers.authorization === `Bot ${this.#world.token}`) return;
    this.#world.violations.push('A request with a wrong token');
    throw refusals.unauthorized();
  }

  /** Plays the fault before anything is done. */
  async #broken(fault: Fault, request: IncomingMessage, response: ServerResponse): Promise<'done' | 'go on'> {
    if (typeof fault.with === 'object' && 'delayMs' in fault.with) {
      await delay(fault.with.delayMs, undefined, { ref: false });
      return 'go on';
    }
    if (fault.butDoIt === true) return 'go on';
    request.resume();
    return await this.#afterwards(fault, response);
  }

  async #afterwards(fault: Fault, response: ServerResponse): Promise<'done' | 'go on'> {
    if (fault.with === 'hang') return 'done'; // the connection stays open until the client or the simulator ends it
    if (fault.with === 'reset') {
      response.socket?.resetAndDestroy();
      return 'done';
    }
    if ('delayMs' in fault.with) return 'go on';
    const { status, retryAfterMs = 1_000 } = fault.with;
    // A limit that is shared with others can be met without any fault of one's own.
    const isEarly = status === 429;
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(isEarly ? { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)), 'x-ratelimit-scope': 'shared' } : {}),
    });
    const early = { message: 'The resource is being rate limited.', retry_after: retryAfterMs / 1_000, global: false };
    response.end(JSON.stringify(isEarly ? early : { message: `${status}: Simulated`, code: 0 }));
    return 'done';
  }
}

function callerOf({ headers, socket }: IncomingMessage): Caller {
  // Tokens of people have limits of their own, which nobody reaches who signs in once.
  return headers.authorization?.startsWith('Bot ') === true ? 'token' : (socket.remoteAddress ?? '');
}

/** Buckets are kept apart by channel, guild, or webhook with its token. */
function majorOf({ pattern }: Route, params: ReadonlyMap<string, string>): string {
  const [first] = pattern;
  const isMajor = first === 'channels' || first === 'guilds' || first === 'webhooks';
  if (!isMajor) return '';
  const id = params.get(pattern[1]?.slice(1) ?? '') ?? '';
  return first === 'webhooks' ? `${id}/${params.get('token') ?? ''}` : id;
}
