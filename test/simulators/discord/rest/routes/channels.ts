import { z } from 'zod';
import type { Channel } from '../../world/channel.ts';
import type { ForumMaking } from '../../world/forum.ts';
import { Webhook } from '../../world/webhook.ts';
import { demand, seenChannel } from '../access.ts';
import { invalidField, refusals } from '../api-error.ts';
import { isEmpty, readMessage } from '../message-body.ts';
import { parseBody, snowflake } from '../parse.ts';
import { NOTHING, ok, type Request, type Route, route } from '../route.ts';

const changeSchema = z.object({
  name: z.string().min(1).max(100).optional(),
  topic: z.string().max(1_024).nullable().optional(),
  user_limit: z.number().int().min(0).max(10_000).optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  auto_archive_duration: z.number().int().optional(),
});

const threadSchema = z.object({
  name: z.string().min(1).max(100),
  type: z.union([z.literal(10), z.literal(11), z.literal(12)]).optional(),
  auto_archive_duration: z.union([z.literal(60), z.literal(1_440), z.literal(4_320), z.literal(10_080)]).nullish(),
});

/** Whoever may write in it opens a thread that is not locked; whoever made it does more; the rest is for moderators. */
function mayChangeThread({ world }: Request, thread: Channel, input: z.output<typeof changeSchema>): void {
  const onlyOpens = Object.entries(input).every(([key, value]) => key === 'archived' && value === false);
  if (thread.locked || input.locked !== undefined) demand(thread, 'ManageThreads');
  else if (onlyOpens) demand(thread, 'SendMessagesInThreads');
  else if (thread.owner !== world.bot) demand(thread, 'ManageThreads');
}

function change(request: Request) {
  const channel = seenChannel(request.world, request.param('channel'));
  const input = parseBody(changeSchema, request.body.json);
  if (channel.isThread) {
    mayChangeThread(request, channel, input);
    channel.archived = input.archived ?? channel.archived;
    channel.locked = input.locked ?? channel.locked;
    channel.autoArchiveMinutes = input.auto_archive_duration ?? channel.autoArchiveMinutes;
  } else demand(channel, 'ManageChannels');
  if (channel.kind !== 'stage' && (input.user_limit ?? 0) > 99)
    throw invalidField('user_limit', 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 99.');
  channel.change({
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.topic === undefined ? {} : { topic: input.topic }),
    ...(input.user_limit === undefined ? {} : { userLimit: input.user_limit }),
  });
  return ok(channel.json());
}

/** Who does not sit in the channel needs another permission. */
function changeStatus(request: Request) {
  const channel = seenChannel(request.world, request.param('channel'));
  if (channel.kind !== 'voice') throw refusals.wrongChannelType();
  const { status } = parseBody(z.object({ status: z.string().max(500).nullable().optional() }), request.body.json);
  demand(channel, 'SetVoiceChannelStatus');
  if (channel.guild?.bot.voice?.channel !== channel) demand(channel, 'ManageChannels');
  channel.setStatus(status === undefined || status === '' ? null : status);
  return NOTHING;
}

function remove(request: Request) {
  const channel = seenChannel(request.world, request.param('channel'));
  demand(channel, channel.isThread ? 'ManageThreads' : 'ManageChannels');
  const json = channel.json();
  channel.delete();
  return ok(json);
}

function threadFromMessage(request: Request) {
  const channel = seenChannel(request.world, request.param('channel'));
  demand(channel, 'CreatePublicThreads');
  const message = channel.message(request.param('message'));
  if (message === undefined) throw refusals.unknownMessage();
  if (message.thread !== undefined) throw refusals.threadExists();
  const input = parseBody(threadSchema, request.body.json);
  message.thread = channel.startThread(input.name, {
    id: message.id,
    owner: request.world.bot,
    archiveMinutes: input.auto_archive_duration ?? 1_440,
  });
  return ok(message.thread.json(), 201);
}

const postSchema = threadSchema.omit({ type: true }).extend({ applied_tags: z.array(snowflake).max(5).optional() });

/** A post is a thread with a first message, whose id it has. */
function addPost(request: Request, forum: Channel, { tags, requiresTag }: ForumMaking) {
  const { world, body } = request;
  demand(forum, 'SendMessages');
  const input = parseBody(postSchema, body.json);
  const given = readMessage(body, 'message');
  if (isEmpty(given.input, given.files.length)) throw refusals.emptyMessage();
  const applied = (input.applied_tags ?? []).map((id) => tags.find((tag) => tag.id === id));
  if (applied.includes(undefined)) throw invalidField('applied_tags', 'INVALID_FORUM_TAG', 'Invalid forum tag');
  if (applied.some((tag) => tag?.isModerated === true)) demand(forum, 'ManageThreads');
  if (requiresTag && applied.length === 0) throw refusals.tagRequired();
  const post = forum.startThread(input.name, {
    owner: world.bot,
    archiveMinutes: input.auto_archive_duration ?? 1_440,
    appliedTags: input.applied_tags ?? [],
  });
  const message = post.add({
    author: world.bot,
    id: post.id,
    content: given.input.content ?? '',
    components: given.input.components ?? [],
    files: given.files,
    flags: given.input.flags ?? 0,
    ...(given.allowedMentions === undefined ? {} : { allowedMentions: given.allowedMentions }),
  });
  return { ...post.json(), message: message.json() };
}

function threadAlone(request: Request) {
  const channel = seenChannel(request.world, request.param('channel'));
  if (channel.forum !== undefined) return ok(addPost(request, channel, channel.forum), 201);
  const input = parseBody(threadSchema, request.body.json);
  const isPrivate = (input.type ?? 12) === 12; // Discord's own default here is a private one
  demand(channel, isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads');
  const thread = channel.startThread(input.name, {
    owner: request.world.bot,
    private: isPrivate,
    archiveMinutes: input.auto_archive_duration ?? 1_440,
  });
  return ok(thread.json(), 201);
}

function createWebhook(request: Request) {
  const channel = seenChannel(request.world, request.param('channel'));
  demand(channel, 'ManageWebhooks');
  const { name } = parseBody(z.object({ name: z.string().min(1).max(80) }), request.body.json);
  if ([...request.world.webhooks.values()].filter((webhook) => webhook.channel === channel).length >= 15) {
    throw refusals.tooManyWebhooks();
  }
  return ok(new Webhook(channel, request.world.bot, name).json(true, true));
}

function listWebhooks(request: Request) {
  const channel = seenChannel(request.world, request.param('channel'));
  demand(channel, 'ManageWebhooks');
  const webhooks = [...request.world.webhooks.values()].filter((webhook) => webhook.channel === channel);
  return ok(webhooks.map((webhook) => webhook.json(webhook.creator === request.world.bot, true)));
}

/** The bot adds somebody, or itself. */
function joinThread(request: Request) {
  const thread = seenChannel(request.world, request.param('channel'));
  if (!thread.isThread) throw refusals.wrongChannelType();
  const user = request.param('user');
  thread.threadMembers.add(user === '@me' ? request.world.bot.id : user);
  return NOTHING;
}

function threadMember(request: Request) {
  const thread = seenChannel(request.world, request.param('channel'));
  if (!thread.isThread) throw refusals.wrongChannelType();
  const user = request.param('user');
  const id = user === '@me' ? request.world.bot.id : user;
  if (!thread.threadMembers.has(id)) throw refusals.unknownMember();
  return ok({ id: thread.id, user_id: id, join_timestamp: new Date(0).toISOString(), flags: 0 });
}

export const channelRoutes: readonly Route[] = [
  route('GET', '/channels/:channel', (request) => ok(seenChannel(request.world, request.param('channel')).json())),
  route('PATCH', '/channels/:channel', change),
  route('DELETE', '/channels/:channel', remove),
  route('PUT', '/channels/:channel/voice-status', changeStatus),
  route('POST', '/channels/:channel/messages/:message/threads', threadFromMessage),
  route('POST', '/channels/:channel/threads', threadAlone),
  route('PUT', '/channels/:channel/thread-members/:user', joinThread),
  route('GET', '/channels/:channel/thread-members/:user', threadMember),
  route('POST', '/channels/:channel/webhooks', createWebhook),
  route('GET', '/channels/:channel/webhooks', listWebhooks),
];
