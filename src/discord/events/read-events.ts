import {
  type APIGuildScheduledEvent,
  ChannelType,
  type Guild,
  PermissionFlagsBits,
  type RESTGetAPIGuildScheduledEventsResult,
  Routes,
} from 'discord.js';
import type { ChannelId, EventId } from '../../core/ids.ts';
import { withLink } from './link-line.ts';
import { type EventNow, eventNow } from './now.ts';

/** The events of a server that are to come or take place, as far as the bot sees their channels. Nothing is cached. */
export async function readEvents({ id, client }: Guild, signal: AbortSignal): Promise<readonly EventNow[]> {
  const events = await client.rest.get(Routes.guildScheduledEvents(id), { signal });
  return (events as RESTGetAPIGuildScheduledEventsResult).map(eventNow); // Discord documents it
}

/**
 * Puts a link at the end of an event's description, in place of the one before; what the author wrote stays.
 *
 * Discord lets the bot only with a permission of its own, and nobody once the event is over; there has to be room, too.
 *
 * @param sentence - with the link
 * @returns whether it stands there
 * @throws as discord.js does
 */
export async function linkInEvent(
  guild: Guild,
  { eventId, voiceChannelId }: { readonly eventId: EventId; readonly voiceChannelId: ChannelId },
  sentence: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { rest, user } = guild.client;
  if (!mayChange(guild, voiceChannelId, 'any')) return false;
  const route = Routes.guildScheduledEvent(guild.id, eventId);
  const event = (await rest.get(route, { signal })) as APIGuildScheduledEvent; // Discord documents it
  const whose = event.creator_id === user.id ? 'own' : 'another’s';
  if (event.channel_id === null || !mayChange(guild, event.channel_id, whose)) return false;
  const before = event.description ?? '';
  const description = withLink(before, sentence, guild.id);
  if (description === undefined) return false;
  if (description !== before) await rest.patch(route, { body: { description }, signal });
  return true;
}

function mayChange(guild: Guild, channelId: ChannelId, whose: 'own' | 'another’s' | 'any'): boolean {
  const { ViewChannel, Connect, ManageChannels, MuteMembers, MoveMembers, CreateEvents, ManageEvents } =
    PermissionFlagsBits;
  const { me } = guild.members;
  const channel = guild.channels.cache.get(channelId);
  if (!me || !channel) return false;
  const permissions = channel.permissionsFor(me);
  const isStage = channel.type === ChannelType.GuildStageVoice;
  const needed = isStage ? [ManageChannels, MuteMembers, MoveMembers] : [ViewChannel, Connect];
  return (
    permissions.has(needed) && permissions.any(whose === 'another’s' ? [ManageEvents] : [ManageEvents, CreateEvents])
  );
}
