import { z } from 'zod';
import { StageInstance } from '../../world/stage/instance.ts';
import { demand, joinedGuild, seenChannel } from '../access.ts';
import { refusals } from '../api-error.ts';
import { parseBody } from '../parse.ts';
import { NOTHING, ok, type Request, type Route, route } from '../route.ts';

const MODERATOR = ['ManageChannels', 'MuteMembers', 'MoveMembers'] as const;

function stage(request: Request, id: string) {
  const channel = seenChannel(request.world, id);
  if (channel.kind !== 'stage') throw refusals.wrongChannelType();
  return channel;
}

function live(request: Request) {
  const channel = stage(request, request.param('channel'));
  const { stageInstance } = channel;
  if (stageInstance === undefined) throw refusals.unknownStageInstance();
  return { channel, stageInstance };
}

function create(request: Request) {
  const input = parseBody(
    z.object({
      channel_id: z.string(),
      topic: z.string().min(1).max(120),
      privacy_level: z.literal(2).optional(),
      guild_scheduled_event_id: z.string().optional(),
    }),
    request.body.json,
  );
  const channel = stage(request, input.channel_id);
  demand(channel, ...MODERATOR);
  if (channel.stageInstance !== undefined) throw refusals.stageIsOpen();
  return ok(new StageInstance(channel, input.topic, input.guild_scheduled_event_id ?? null).json());
}

function modify(request: Request) {
  const { channel, stageInstance } = live(request);
  demand(channel, ...MODERATOR);
  parseBody(z.object({ privacy_level: z.literal(2).optional() }), request.body.json);
  stageInstance.updated();
  return ok(stageInstance.json());
}

function end(request: Request) {
  const { channel, stageInstance } = live(request);
  demand(channel, ...MODERATOR);
  stageInstance.end();
  return NOTHING;
}

const change = { channel_id: z.string().optional(), suppress: z.boolean().optional() };

/** The stage in which somebody sits. Throws when they sit somewhere else, or nowhere. */
function seatOf(request: Request, userId: string, channelId: string | undefined) {
  const member = joinedGuild(request.world, request.param('guild')).members.get(userId);
  if (member?.voice === undefined) throw refusals.unknownVoiceState();
  const { channel } = member.voice;
  if (channel.kind !== 'stage' || (channelId ?? channel.id) !== channel.id) throw refusals.wrongChannelType();
  return { member, channel };
}

/** The bot itself: everybody may go down, and take down a hand. */
function changeOwn(request: Request) {
  const schema = z.object({ ...change, request_to_speak_timestamp: z.iso.datetime({ offset: true }).nullish() });
  const input = parseBody(schema, request.body.json);
  const { member, channel } = seatOf(request, request.world.bot.id, input.channel_id);
  const { suppress, request_to_speak_timestamp: asked } = input;
  if (suppress === false) demand(channel, 'MuteMembers');
  if (typeof asked === 'string') demand(channel, 'RequestToSpeak');
  member.changeSeat({
    ...(suppress === undefined ? {} : { suppress }),
    ...(asked === undefined ? {} : { requestToSpeakAt: asked === null ? null : new Date(asked) }),
  });
  return NOTHING;
}

/** Somebody else, whom the bot moderates. */
function changeOther(request: Request) {
  const { channel_id, suppress } = parseBody(z.object(change), request.body.json);
  const { member, channel } = seatOf(request, request.param('user'), channel_id);
  demand(channel, 'MuteMembers');
  if (suppress === true) member.stage.goDown();
  if (suppress === false) member.stage.invite();
  return NOTHING;
}

export const stageRoutes: readonly Route[] = [
  route('POST', '/stage-instances', create),
  route('GET', '/stage-instances/:channel', (request) => ok(live(request).stageInstance.json())),
  route('PATCH', '/stage-instances/:channel', modify),
  route('DELETE', '/stage-instances/:channel', end),
  route('PATCH', '/guilds/:guild/voice-states/@me', changeOwn),
  route('PATCH', '/guilds/:guild/voice-states/:user', changeOther),
];
