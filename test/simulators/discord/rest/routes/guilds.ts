import { z } from 'zod';
import { demandInGuild, joinedGuild } from '../access.ts';
import { refusals } from '../api-error.ts';
import { parseBody } from '../parse.ts';
import { ok, type Request, type Route, route } from '../route.ts';

function member(request: Request, id: string) {
  const found = joinedGuild(request.world, request.param('guild')).members.get(id);
  if (found === undefined) throw refusals.unknownMember();
  return found;
}

function renameOneself(request: Request) {
  const guild = joinedGuild(request.world, request.param('guild'));
  const { nick } = parseBody(z.object({ nick: z.string().max(32).nullish() }), request.body.json);
  if (nick !== undefined) {
    demandInGuild(guild, 'ChangeNickname');
    guild.bot.rename(nick === '' ? null : nick);
  }
  return ok(guild.bot.json());
}

function voiceState(request: Request, userId: string) {
  const found = member(request, userId);
  if (found.voice === undefined) throw refusals.unknownVoiceState();
  return ok(found.voiceStateJson());
}

function listMembers(request: Request) {
  const guild = joinedGuild(request.world, request.param('guild'));
  const limit = Number(request.query.get('limit') ?? 1);
  return ok([...guild.members.values()].slice(0, limit).map((one) => one.json()));
}

function webhooks(request: Request) {
  const guild = joinedGuild(request.world, request.param('guild'));
  demandInGuild(guild, 'ManageWebhooks');
  const found = [...request.world.webhooks.values()].filter((webhook) => webhook.channel.guild === guild);
  return ok(found.map((webhook) => webhook.json(webhook.creator === request.world.bot, true)));
}

function activeThreads(request: Request) {
  const guild = joinedGuild(request.world, request.param('guild'));
  const threads = [...guild.threads.values()].filter((thread) => thread.isSeenBy(guild.bot));
  return ok({ threads: threads.filter((thread) => !thread.archived).map((thread) => thread.json()), members: [] });
}

export const guildRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild', (request) => ok(joinedGuild(request.world, request.param('guild')).json())),
  route('GET', '/guilds/:guild/channels', (request) =>
    ok([...joinedGuild(request.world, request.param('guild')).channels.values()].map((channel) => channel.json())),
  ),
  route('GET', '/guilds/:guild/roles', (request) =>
    ok([...joinedGuild(request.world, request.param('guild')).roles.values()].map((role) => role.json())),
  ),
  route('GET', '/guilds/:guild/threads/active', activeThreads),
  route('GET', '/guilds/:guild/webhooks', webhooks),
  route('GET', '/guilds/:guild/members', listMembers),
  route('PATCH', '/guilds/:guild/members/@me', renameOneself),
  route('GET', '/guilds/:guild/members/:user', (request) => ok(member(request, request.param('user')).json())),
  route('GET', '/guilds/:guild/voice-states/@me', (request) => voiceState(request, request.world.bot.id)),
  route('GET', '/guilds/:guild/voice-states/:user', (request) => voiceState(request, request.param('user'))),
];
