import { z } from 'zod';
import type { PermissionName } from '../../world/permissions.ts';
import { type EventOptions, type ScheduledEvent, statusOf } from '../../world/scheduled-event.ts';
import { demand, demandInGuild, joinedGuild, seenChannel } from '../access.ts';
import { invalidField, refusals } from '../api-error.ts';
import { parseBody, snowflake } from '../parse.ts';
import { NOTHING, ok, type Request, type Route, route } from '../route.ts';

const MOST = 100; // scheduled and active ones

const changeSchema = z.object({
  name: z.string().min(1).max(100).optional(),
  description: z.string().max(1_000).nullish(),
  channel_id: snowflake.nullish(),
  status: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
});

const newSchema = z.object({
  name: z.string().min(1).max(100),
  description: z.string().max(1_000).nullish(),
  channel_id: snowflake.nullish(),
  scheduled_start_time: z.iso.datetime(),
  scheduled_end_time: z.iso.datetime().nullish(),
  privacy_level: z.literal(2),
  entity_type: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  entity_metadata: z.object({ location: z.string().min(1).max(100) }).nullish(),
});

/** The event, when the bot may see its channel. */
function seenEvent(request: Request): ScheduledEvent {
  const event = joinedGuild(request.world, request.param('guild')).scheduledEvents.get(request.param('event'));
  if (event === undefined) throw refusals.unknownScheduledEvent();
  if (!event.isSeenByBot) throw refusals.missingAccess();
  return event;
}

/** Whoever made an event needs less to change it. Stages want a moderator of theirs. */
function demandForEvent({ guild, channel, creator }: Pick<ScheduledEvent, 'guild' | 'channel' | 'creator'>): void {
  const isOwn = creator === guild.world.bot;
  const may = (permission: PermissionName) => guild.bot.may(permission, channel);
  if (!may('ManageEvents') && !(isOwn && may('CreateEvents'))) throw refusals.missingPermissions();
  if (channel?.kind === 'stage') demand(channel, 'ManageChannels', 'MuteMembers', 'MoveMembers');
  else if (channel !== undefined) demand(channel, 'ViewChannel', 'Connect');
}

function list(request: Request) {
  const events = [...joinedGuild(request.world, request.param('guild')).scheduledEvents.values()];
  return ok(events.filter(({ isOpen, isSeenByBot }) => isOpen && isSeenByBot).map((event) => event.json()));
}

function create(request: Request) {
  const guild = joinedGuild(request.world, request.param('guild'));
  const input = parseBody(newSchema, request.body.json);
  const channel = input.channel_id ? seenChannel(request.world, input.channel_id) : undefined;
  if ((channel === undefined) !== (input.entity_type === 3)) {
    throw invalidField('channel_id', 'BASE_TYPE_BAD', 'Does not fit the entity type.');
  }
  const location = input.entity_metadata?.location;
  if (channel === undefined && (location === undefined || !input.scheduled_end_time)) {
    throw invalidField('entity_metadata', 'BASE_TYPE_REQUIRED', 'This field is required');
  }
  if (channel === undefined) demandInGuild(guild, 'CreateEvents');
  else demand(channel, 'CreateEvents', 'ViewChannel', 'Connect');
  const open = [...guild.scheduledEvents.values()].filter(({ isOpen }) => isOpen);
  if (open.length >= MOST) throw refusals.tooManyScheduledEvents();
  const options: EventOptions = {
    name: input.name,
    startsAt: new Date(input.scheduled_start_time),
    ...(channel && { channel }),
    ...(location !== undefined && { location }),
    ...(input.scheduled_end_time && { endsAt: new Date(input.scheduled_end_time) }),
    ...(input.description && { description: input.description }),
  };
  return ok(guild.addScheduledEvent(options, request.world.bot).json());
}

function change(request: Request) {
  const event = seenEvent(request);
  const input = parseBody(changeSchema, request.body.json);
  demandForEvent(event);
  if (!event.isOpen) throw refusals.finishedEvent();
  const status = input.status === undefined ? undefined : statusOf(input.status);
  if (status !== undefined && status !== event.status && !event.mayBecome(status)) {
    throw invalidField('status', 'GUILD_SCHEDULED_EVENT_INVALID_STATUS_TRANSITION', 'Invalid status transition.');
  }
  const channel = input.channel_id ? seenChannel(request.world, input.channel_id) : undefined;
  if (channel !== undefined) demandForEvent({ guild: event.guild, creator: event.creator, channel });
  const { name, description } = input;
  if (name !== undefined || description !== undefined || channel !== undefined) {
    event.change({ name, description: description === '' ? null : description, channel });
  }
  if (status !== undefined && status !== event.status) event.become(status);
  return ok(event.json());
}

function remove(request: Request) {
  const event = seenEvent(request);
  demandForEvent(event);
  event.delete();
  return NOTHING;
}

export const scheduledEventRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild/scheduled-events', list),
  route('POST', '/guilds/:guild/scheduled-events', create),
  route('GET', '/guilds/:guild/scheduled-events/:event', (request) => ok(seenEvent(request).json())),
  route('PATCH', '/guilds/:guild/scheduled-events/:event', change),
  route('DELETE', '/guilds/:guild/scheduled-events/:event', remove),
];
