import { z } from 'zod';
import type { Interaction } from '../../world/interaction.ts';
import type { Message } from '../../world/message.ts';
import type { Webhook } from '../../world/webhook.ts';
import { demand, seenChannel } from '../access.ts';
import { invalidField, refusals } from '../api-error.ts';
import { editMessage } from '../edit-message.ts';
import { isEmpty, readMessage } from '../message-body.ts';
import { parseBody, snowflake } from '../parse.ts';
import { NOTHING, ok, type Request, type Route, route } from '../route.ts';
import { writeAnswer } from './interactions.ts';

const FIVE_IN_TWO_SECONDS = { count: 5, perMs: 2_000 };

/** Who writes with this id and token: an interaction's answerer, or a channel's webhook. */
function writer(request: Request): Interaction | Webhook {
  const { world } = request;
  const id = request.param('webhook');
  const token = request.param('token');
  if (id === world.application.id) {
    const interaction = world.interactions.get(token);
    if (interaction === undefined || !interaction.isTokenAlive) throw refusals.invalidWebhookToken();
    if (!interaction.isAcknowledged) throw refusals.unknownWebhook();
    return interaction;
  }
  const webhook = world.webhooks.get(id);
  if (webhook === undefined) throw refusals.unknownWebhook();
  if (webhook.token !== token) throw refusals.invalidWebhookToken();
  return webhook;
}

function isInteraction(found: Interaction | Webhook): found is Interaction {
  return 'followUps' in found;
}

function write(request: Request) {
  const found = writer(request);
  if (!isInteraction(found)) return writeAsWebhook(request, found);
  // The first follow-up of a deferred answer takes the place of "thinking…".
  const { original } = found;
  if (original?.isLoading === true) {
    editMessage(original, readMessage(request.body));
    return ok(original.json());
  }
  return ok(writeAnswer(found, request.body, { isOriginal: false }).json());
}

function writeAsWebhook(request: Request, webhook: Webhook) {
  const { world } = request;
  const { input, files, allowedMentions } = readMessage(request.body);
  if (isEmpty(input, files.length)) throw refusals.emptyMessage();
  const username = input.username ?? undefined;
  if (username !== undefined && /discord|clyde/i.test(username)) {
    throw invalidField('username', 'USERNAME_INVALID_CONTAINS', 'Username cannot contain "discord" or "clyde"');
  }
  const threadId = request.query.get('thread_id');
  const channel = threadId === null ? webhook.channel : world.channels.get(threadId);
  if (channel === undefined || (channel !== webhook.channel && channel.parent !== webhook.channel)) {
    throw refusals.unknownChannel();
  }
  if (channel.kind === 'forum') throw refusals.webhookNeedsPost();
  channel.archived = false; // a message opens a thread again
  const message = channel.add({
    author: webhook.creator,
    webhook,
    content: input.content ?? '',
    embeds: input.embeds ?? [],
    components: input.components ?? [],
    files,
    flags: input.flags ?? 0,
    ...(username === undefined ? {} : { username }),
    ...(typeof input.avatar_url === 'string' ? { avatarUrl: input.avatar_url } : {}),
    ...(allowedMentions === undefined ? {} : { allowedMentions }),
  });
  return request.query.get('wait') === 'true' ? ok(message.json()) : NOTHING;
}

function written(request: Request): Message {
  const found = writer(request);
  const id = request.param('message');
  if (isInteraction(found)) {
    const original = found.original?.isDeleted === true ? undefined : found.original;
    const message =
      id === '@original' || id === original?.id
        ? original
        : found.followUps.find((followUp) => followUp.id === id && !followUp.isDeleted);
    if (message === undefined) throw refusals.unknownMessage();
    return message;
  }
  const threadId = request.query.get('thread_id');
  const channel = threadId === null ? found.channel : request.world.channels.get(threadId);
  const message = channel?.message(id);
  if (message === undefined || message.webhook !== found) throw refusals.unknownMessage();
  return message;
}

function edit(request: Request) {
  const message = written(request);
  if (message.channel.archived) throw refusals.threadArchived();
  editMessage(message, readMessage(request.body));
  const found = writer(request);
  if (isInteraction(found)) found.changed(); // the message may be another's answer, on which a control stands
  return ok(message.json());
}

function remove(request: Request) {
  written(request).delete();
  return NOTHING;
}

function webhookOf(request: Request): Webhook {
  const webhook = request.world.webhooks.get(request.param('webhook'));
  if (webhook === undefined) throw refusals.unknownWebhook();
  return webhook;
}

/** A webhook by its id alone is its channel's managers' business. */
function managed(request: Request): Webhook {
  const webhook = webhookOf(request);
  demand(seenChannel(request.world, webhook.channel.id), 'ManageWebhooks');
  return webhook;
}

function change(request: Request) {
  const webhook = managed(request);
  const schema = z.object({ name: z.string().min(1).max(80).optional(), channel_id: snowflake.optional() });
  const input = parseBody(schema, request.body.json);
  webhook.name = input.name ?? webhook.name;
  if (input.channel_id !== undefined) webhook.channel = seenChannel(request.world, input.channel_id);
  webhook.tell();
  return ok(webhook.json(webhook.creator === request.world.bot, true));
}

function withToken(request: Request): Webhook {
  const found = writer(request);
  if (isInteraction(found)) throw refusals.unknownWebhook();
  return found;
}

const byToken = { limit: FIVE_IN_TWO_SECONDS, auth: 'token in path' } as const;

export const webhookRoutes: readonly Route[] = [
  route('POST', '/webhooks/:webhook/:token', write, byToken),
  route('GET', '/webhooks/:webhook/:token/messages/:message', (request) => ok(written(request).json()), byToken),
  route('PATCH', '/webhooks/:webhook/:token/messages/:message', edit, byToken),
  route('DELETE', '/webhooks/:webhook/:token/messages/:message', remove, byToken),
  route('GET', '/webhooks/:webhook/:token', (request) => ok(withToken(request).json(true, false)), byToken),
  route(
    'DELETE',
    '/webhooks/:webhook/:token',
    (request) => {
      withToken(request).delete();
      return NOTHING;
    },
    byToken,
  ),
  route('GET', '/webhooks/:webhook', (request) => {
    const webhook = managed(request);
    return ok(webhook.json(webhook.creator === request.world.bot, true));
  }),
  route('PATCH', '/webhooks/:webhook', change),
  route('DELETE', '/webhooks/:webhook', (request) => {
    managed(request).delete();
    return NOTHING;
  }),
];
