import type { RESTOptions } from 'discord.js';
import type { DiscordMetrics } from '../../core/ports/metrics.ts';
import { routeOf } from './route.ts';

type MakeRequest = RESTOptions['makeRequest'];

/** Counts what a REST client of discord.js sends, by route and answer. A request that got no answer is not counted. */
export function countedRequests(send: MakeRequest, { answered }: Pick<DiscordMetrics, 'answered'>): MakeRequest {
  return async (url, init) => {
    const response = await send(url, init);
    const scope = response.headers.get('x-ratelimit-scope') ?? undefined;
    answered(routeOf(init.method ?? 'GET', url), response.status, scope);
    return response;
  };
}
