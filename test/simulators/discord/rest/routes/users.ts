import { z } from 'zod';
import { userJson } from '../../world/user.ts';
import { refusals } from '../api-error.ts';
import { parseBody, snowflake } from '../parse.ts';
import { NOTHING, ok, type Request, type Route, route } from '../route.ts';

function openDirectMessages(request: Request) {
  const { world } = request;
  const { recipient_id: id } = parseBody(z.object({ recipient_id: snowflake }), request.body.json);
  const recipient = world.users.get(id);
  if (recipient === undefined) throw refusals.unknownUser();
  if (recipient.isBot) throw refusals.cannotMessageUser();
  return ok(world.directMessages(recipient).json());
}

function leaveGuild(request: Request) {
  const guild = request.world.guilds.get(request.param('guild'));
  if (guild === undefined) throw refusals.unknownGuild();
  guild.remove();
  return NOTHING;
}

function user(request: Request) {
  const found = request.world.users.get(request.param('user'));
  if (found === undefined) throw refusals.unknownUser();
  return ok(userJson(found));
}

function me({ world, grant }: Request) {
  if (grant === undefined) return ok({ ...userJson(world.bot), verified: true, mfa_enabled: true });
  if (!grant.scopes.includes('identify')) throw refusals.unauthorized();
  return ok({ ...userJson(grant.user), mfa_enabled: false, locale: 'en-US', premium_type: 0 });
}

function guildsOfMine({ world, grant }: Request) {
  const guilds = [...world.guilds.values()];
  if (grant === undefined) return ok(guilds.map(({ id, name, locale }) => ({ id, name, locale, features: [] })));
  if (!grant.scopes.includes('guilds')) throw refusals.unauthorized();
  const theirs = guilds.filter(({ members }) => members.has(grant.user.id));
  return ok(theirs.map(({ id, name }) => ({ id, name, icon: null, owner: false, permissions: '0', features: [] })));
}

export const userRoutes: readonly Route[] = [
  route('GET', '/users/@me', me, { auth: 'bot or bearer' }),
  route('GET', '/users/@me/guilds', guildsOfMine, { auth: 'bot or bearer' }),
  route('DELETE', '/users/@me/guilds/:guild', leaveGuild),
  route('POST', '/users/@me/channels', openDirectMessages),
  route('GET', '/users/:user', user),
  route('GET', '/applications/@me', (request) => ok(request.world.application.json())),
  route('GET', '/oauth2/applications/@me', (request) => ok(request.world.application.json())),
];
