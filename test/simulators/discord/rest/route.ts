import type { Grant } from '../oauth2/grants.ts';
import type { World } from '../world/world.ts';
import type { Body } from './read-body.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Request {
  readonly world: World;
  readonly method: Method;
  readonly path: string; // after /api/v10
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly authorization: string | undefined; // the header
  /** What somebody has allowed the application whose token this is; missing: it is the bot's. */
  readonly grant: Grant | undefined;
  readonly param: (name: string) => string;
}

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
}

export const NOTHING: Answer = { status: 204 };

export function ok(json: unknown, status = 200): Answer {
  return { status, json };
}

/** At most `count` requests in `perMs`, for each value of the path's first id (channel, guild or webhook). */
export interface Limit {
  readonly count: number;
  readonly perMs: number;
}

export interface Route {
  readonly method: Method;
  readonly pattern: readonly string[]; // path segments; `:name` matches any
  readonly limit: Limit | undefined; // undefined: no bucket, and not counted for the token
  /** `bot or bearer`: also with a token that somebody has given. `client`: the route itself looks. */
  readonly auth: 'bot' | 'bot or bearer' | 'client' | 'token in path';
  readonly answer: (request: Request) => Answer | Promise<Answer>;
}

const ORDINARY: Limit = { count: 30, perMs: 5_000 }; // Discord tells the others nowhere but in headers: a guess

/** One endpoint: `route('GET', '/users/@me', answer)`. */
export function route(
  method: Method,
  pattern: string,
  answer: Route['answer'],
  options: { readonly limit?: Limit | 'none'; readonly auth?: Route['auth'] } = {},
): Route {
  const limit = options.limit === 'none' ? undefined : (options.limit ?? ORDINARY);
  return { method, pattern: pattern.split('/').slice(1), limit, auth: options.auth ?? 'bot', answer };
}

/** The path's parameters when it is this route's, else `undefined`. */
export function match(route: Route, method: string, segments: readonly string[]): Map<string, string> | undefined {
  if (route.method !== method || route.pattern.length !== segments.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, part] of route.pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) params.set(part.slice(1), segment);
    else if (part !== segment) return undefined;
  }
  return params;
}
