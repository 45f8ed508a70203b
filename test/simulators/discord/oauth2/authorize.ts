import type { ServerResponse } from 'node:http';
import type { User } from '../world/user.ts';
import type { World } from '../world/world.ts';

const SCOPES = ['identify', 'guilds']; // of those that Discord has, as far as this one gives them

/** What an application asks of whoever opens its address. */
interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly challenge: string | undefined;
}

/** The page on which people allow an application, or not: they are the people of all servers, as this one knows no browsers. */
export function serveAuthorization(world: World, url: URL, response: ServerResponse): void {
  const request = readRequest(world, url.searchParams);
  if (typeof request === 'string') {
    world.violations.push(`Somebody was sent to sign in with a request that is invalid: ${request}`);
    response.writeHead(400, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><title>Error</title><p>${request}`);
    return;
  }
  const chosen = url.searchParams.get('chosen');
  const user = world.users.get(chosen ?? '');
  if (chosen !== null) {
    response.writeHead(302, { location: backOf(world, request, user) });
    response.end();
    return;
  }
  const people = [...world.users.values()].filter(({ isBot }) => !isBot);
  const link = (id: string, name: string) => `<li><a href="${linkTo(url, id)}">${escaped(name)}</a>`;
  const links = [...people.map(({ id, username }) => link(id, `Authorize as ${username}`)), link('', 'Cancel')];
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="en"><title>Authorize</title><h1>${escaped(world.application.name)}</h1><ul>${links.join('')}</ul>`,
  );
}

/**
 * What somebody does on that page. @param user - who allows it; missing: they press Cancel
 *
 * @returns the address to which their browser is sent back
 */
export function decide(world: World, address: string, user?: User): string {
  const request = readRequest(world, new URL(address).searchParams);
  if (typeof request === 'string') throw new Error(`Nothing can be allowed: ${request}`);
  return backOf(world, request, user);
}

function backOf(world: World, request: AuthorizationRequest, user: User | undefined): string {
  const back = new URL(request.redirectUri);
  if (user === undefined) {
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', 'The resource owner or authorization server denied the request');
  } else back.searchParams.set('code', world.application.grants.allow({ ...request, user }));
  if (request.state !== undefined) back.searchParams.set('state', request.state);
  back.searchParams.set('iss', world.origin);
  return back.href;
}

/** @returns what is wrong, as a sentence, where something is */
function readRequest({ application }: World, query: URLSearchParams): AuthorizationRequest | string {
  const redirectUri = query.get('redirect_uri') ?? '';
  const scopes = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const challenge = query.get('code_challenge') ?? undefined;
  if (query.get('client_id') !== application.id) return 'Unknown Application';
  if (query.get('response_type') !== 'code') return 'Unsupported response type';
  if (!application.redirectUris.includes(redirectUri)) return 'Invalid OAuth2 redirect_uri';
  if (scopes.length === 0 || scopes.some((scope) => !SCOPES.includes(scope))) return 'Invalid scope';
  if (challenge !== undefined && query.get('code_challenge_method') !== 'S256') {
    return 'Unsupported "code_challenge_method"';
  }
  return { redirectUri, scopes, state: query.get('state') ?? undefined, challenge };
}

function linkTo(url: URL, chosen: string): string {
  const link = new URL(url);
  link.searchParams.set('chosen', chosen);
  return escaped(`${link.pathname}${link.search}`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
