import { z } from 'zod';
import type { Channel } from '../../world/channel.ts';
import type { Guild } from '../../world/guild.ts';
import { MESSAGE_FLAG, type Message } from '../../world/message.ts';
import { demand, seenChannel } from '../access.ts';
import { invalidField, refusals } from '../api-error.ts';
import { editMessage } from '../edit-message.ts';
import { type GivenMessage, isEmpty, readMessage } from '../message-body.ts';
import { parseBody, snowflake } from '../parse.ts';
import { NOTHING, ok, type Request, type Route, route } from '../route.ts';

const FIVE_IN_FIVE_SECONDS = { count: 5, perMs: 5_000 };
const PIN_NOTICE = 6; // the type of the message that tells of a pin
const NONCE_LIVES_MS = 5 * 60_000; // "a few minutes", says Discord
const CREATE_FLAGS =
  MESSAGE_FLAG.suppressEmbeds |
  MESSAGE_FLAG.suppressNotifications |
  MESSAGE_FLAG.componentsV2 |
  MESSAGE_FLAG.isVoiceMessage;

function messageOf(request: Request): Message {
  const channel = seenChannel(request.world, request.param('channel'));
  const message = channel.message(request.param('message'));
  if (message === undefined) throw refusals.unknownMessage();
  return message;
}

function demandToWrite(channel: Channel): void {
  const { recipient } = channel;
  const isOpen = ({ members }: Guild) => recipient === undefined || members.get(recipient.id)?.takesDirectMessages;
  if (recipient !== undefined && ![...channel.world.guilds.values()].some(isOpen)) throw refusals.cannotMessageUser();
  if (channel.kind === 'category') throw refusals.notATextChannel();
  if (channel.kind === 'forum') throw refusals.notInForum();
  demand(channel, channel.isThread ? 'SendMessagesInThreads' : 'SendMessages');
  if (channel.isThread && channel.locked && channel.guild?.bot.may('ManageThreads', channel) === false) {
    throw refusals.threadArchived();
  }
}

function demandParts(channel: Channel, { input, files }: GivenMessage): void {
  if (files.length > 0) demand(channel, 'AttachFiles');
  if ((input.embeds?.length ?? 0) > 0) demand(channel, 'EmbedLinks');
}

function read(request: Request) {
  const message = messageOf(request);
  demand(message.channel, 'ReadMessageHistory');
  return ok(message.json());
}

function list(request: Request): Message[] {
  const channel = seenChannel(request.world, request.param('channel'));
  demand(channel, 'ReadMessageHistory');
  const limit = Number(request.query.get('limit') ?? 50);
  if (!(limit >= 1 && limit <= 100)) {
    throw invalidField('limit', 'NUMBER_TYPE_MAX', 'int value should be between 1 and 100.');
  }
  const before = request.query.get('before');
  const after = request.query.get('after');
  const around = request.query.get('around');
  let found = [...channel.messages];
  if (before !== null) found = found.filter((message) => BigInt(message.id) < BigInt(before));
  if (after !== null)
    return found
      .filter((message) => BigInt(message.id) > BigInt(after))
      .slice(0, limit)
      .reverse();
  if (around !== null) {
    const middle = found.findIndex((message) => BigInt(message.id) >= BigInt(around));
    const from = Math.max(0, middle - Math.floor(limit / 2));
    return found.slice(from, from + limit).reverse();
  }
  return found.slice(-limit).reverse();
}

function create(request: Request) {
  const { world } = request;
  const channel = seenChannel(world, request.param('channel'));
  demandToWrite(channel);
  const given = readMessage(request.body);
  const { input, files, allowedMentions } = given;
  demandParts(channel, given);
  if (isEmpty(input, files.length)) throw refusals.emptyMessage();
  const replyTo = input.message_reference?.message_id;
  const isReply = replyTo !== undefined && channel.message(replyTo) !== undefined;
  if (replyTo !== undefined && !isReply && input.message_reference?.fail_if_not_exists !== false) {
    throw invalidField('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  }
  const nonce = input.nonce ?? undefined;
  if (input.enforce_nonce === true && nonce !== undefined) {
    const same = channel.messages.find(
      (message) =>
        message.nonce === nonce && message.author === world.bot && Date.now() - message.createdAtMs < NONCE_LIVES_MS,
    );
    if (same !== undefined) return ok(same.json());
  }
  channel.archived = false;
  const message = channel.add({
    author: world.bot,
    content: input.content ?? '',
    embeds: input.embeds ?? [],
    components: input.components ?? [],
    files,
    flags: (input.flags ?? 0) & CREATE_FLAGS,
    ...(nonce === undefined ? {} : { nonce }),
    ...(allowedMentions === undefined ? {} : { allowedMentions }),
    ...(isReply ? { replyTo } : {}),
  });
  return ok(message.json());
}

function edit(request: Request) {
  const message = messageOf(request);
  if (message.author !== request.world.bot || message.webhook !== undefined) throw refusals.notYourMessage();
  if (message.channel.archived) throw refusals.threadArchived(); // a new message would open the thread; an edit does not
  const given = readMessage(request.body);
  demandParts(message.channel, given);
  editMessage(message, given);
  return ok(message.json());
}

function remove(request: Request) {
  const message = messageOf(request);
  const isOwn = message.author === request.world.bot && message.webhook === undefined;
  if (!isOwn) demand(message.channel, 'ManageMessages');
  message.delete();
  return NOTHING;
}

function bulkDelete(request: Request) {
  const channel = seenChannel(request.world, request.param('channel'));
  demand(channel, 'ManageMessages');
  const schema = z.object({ messages: z.array(snowflake).min(2).max(100) });
  for (const id of parseBody(schema, request.body.json).messages) channel.message(id)?.delete();
  return NOTHING;
}

function pin(isPinned: boolean) {
  return (request: Request) => {
    const message = messageOf(request);
    demand(message.channel, 'PinMessages'); // since 2026 its own permission, no longer Manage Messages
    if (isPinned && message.channel.messages.filter((other) => other.isPinned).length >= 250)
      throw refusals.tooManyPins();
    if (message.isPinned === isPinned) return NOTHING;
    message.setPinned(isPinned);
    // "Parley pinned a message to this channel."
    if (isPinned) message.channel.add({ author: request.world.bot, type: PIN_NOTICE, replyTo: message.id });
    return NOTHING;
  };
}

function pins(request: Request) {
  const channel = seenChannel(request.world, request.param('channel'));
  demand(channel, 'ReadMessageHistory');
  return channel.messages.filter((message) => message.isPinned).reverse();
}

function typing(request: Request) {
  const channel = seenChannel(request.world, request.param('channel'));
  demandToWrite(channel);
  channel.typedAtMs.push(Date.now());
  return NOTHING;
}

export const messageRoutes: readonly Route[] = [
  route('GET', '/channels/:channel/messages', (request) => ok(list(request).map((message) => message.json()))),
  route('GET', '/channels/:channel/messages/pins', (request) =>
    ok({
      items: pins(request).map((message) => ({ pinned_at: new Date().toISOString(), message: message.json() })),
      has_more: false,
    }),
  ),
  route('PUT', '/channels/:channel/messages/pins/:message', pin(true)),
  route('DELETE', '/channels/:channel/messages/pins/:message', pin(false)),
  route('GET', '/channels/:channel/pins', (request) => ok(pins(request).map((message) => message.json()))),
  route('PUT', '/channels/:channel/pins/:message', pin(true)),
  route('DELETE', '/channels/:channel/pins/:message', pin(false)),
  route('POST', '/channels/:channel/messages', create, { limit: FIVE_IN_FIVE_SECONDS }),
  route('POST', '/channels/:channel/messages/bulk-delete', bulkDelete),
  route('GET', '/channels/:channel/messages/:message', read),
  route('PATCH', '/channels/:channel/messages/:message', edit, { limit: FIVE_IN_FIVE_SECONDS }),
  route('DELETE', '/channels/:channel/messages/:message', remove, { limit: { count: 5, perMs: 1_000 } }),
  route('POST', '/channels/:channel/typing', typing, { limit: FIVE_IN_FIVE_SECONDS }),
];
