import { z } from 'zod';
import type { Interaction } from '../../world/interaction.ts';
import { MESSAGE_FLAG, type Message } from '../../world/message.ts';
import { invalidField, refusals } from '../api-error.ts';
import { editMessage } from '../edit-message.ts';
import { readForm } from '../form-body.ts';
import { isEmpty, readMessage } from '../message-body.ts';
import { parseBody } from '../parse.ts';
import type { Body } from '../read-body.ts';
import { NOTHING, ok, type Request, type Route, route } from '../route.ts';

const ANSWER_FLAGS = MESSAGE_FLAG.suppressEmbeds | MESSAGE_FLAG.ephemeral | MESSAGE_FLAG.componentsV2;
const APPLICATION_COMMAND_ANSWER = 20; // the type of a message that answers a command

const choicesSchema = z.object({
  choices: z
    .array(z.object({ name: z.string().min(1).max(100), value: z.union([z.string().max(100), z.number()]) }))
    .max(25),
});

/** Writes an answer or a follow-up of an interaction. */
export function writeAnswer(interaction: Interaction, body: Body, options: { readonly isOriginal: boolean }): Message {
  const { input, files, allowedMentions } = readMessage(body);
  if (isEmpty(input, files.length)) throw refusals.emptyMessage();
  const message = interaction.channel.add({
    author: interaction.member.guild.world.bot,
    content: input.content ?? '',
    embeds: input.embeds ?? [],
    components: input.components ?? [],
    files,
    flags: (input.flags ?? 0) & ANSWER_FLAGS,
    type: options.isOriginal && interaction.kind === 'command' ? APPLICATION_COMMAND_ANSWER : 0,
    answers: interaction,
    ...(allowedMentions === undefined ? {} : { allowedMentions }),
  });
  if (options.isOriginal) interaction.original = message;
  else interaction.followUps.push(message);
  interaction.changed();
  return message;
}

function defer(interaction: Interaction, data: unknown): void {
  const { flags } = parseBody(z.object({ flags: z.number().int().nullish() }), data);
  interaction.deferred = true;
  interaction.original = interaction.channel.add({
    author: interaction.member.guild.world.bot,
    flags: ((flags ?? 0) & MESSAGE_FLAG.ephemeral) | MESSAGE_FLAG.loading,
    type: APPLICATION_COMMAND_ANSWER,
    answers: interaction,
  });
}

function answerBy(type: number, interaction: Interaction, body: Body): void {
  const { source } = interaction;
  const isAutocomplete = interaction.kind === 'autocomplete';
  const refusal = invalidField('type', 'BASE_TYPE_CHOICES', 'This type does not answer this kind of interaction');
  if (isAutocomplete !== (type === 8)) throw refusal;
  switch (type) {
    case 4:
      writeAnswer(interaction, body, { isOriginal: true });
      return;
    case 5:
      defer(interaction, body.json);
      return;
    case 6:
      if (source === undefined) throw refusal;
      interaction.deferred = true;
      interaction.original = source;
      return;
    case 7:
      if (source === undefined) throw refusal;
      editMessage(source, readMessage(body));
      interaction.original = source;
      return;
    case 8:
      interaction.choices = parseBody(choicesSchema, body.json).choices;
      return;
    case 9:
      if (interaction.kind === 'form') throw refusal;
      interaction.form = readForm(body.json);
      return;
    default:
      throw refusal;
  }
}

function callback(request: Request) {
  const { world } = request;
  const interaction = world.interactions.get(request.param('token'));
  if (interaction === undefined || interaction.id !== request.param('id') || interaction.isExpired) {
    world.violations.push('An interaction was answered too late, or with a token that is none');
    throw refusals.unknownInteraction();
  }
  if (interaction.isAcknowledged) {
    world.violations.push('An interaction was acknowledged twice');
    throw refusals.alreadyAcknowledged();
  }
  const schema = z.object({ type: z.number().int(), data: z.unknown().optional() });
  const { type, data } = parseBody(schema, request.body.json);
  try {
    answerBy(type, interaction, { json: data, uploads: request.body.uploads });
  } catch (error) {
    if (interaction.kind === 'autocomplete') world.violations.push('Choices were sent that Discord does not take');
    throw error;
  }
  interaction.acknowledge();
  interaction.changed();
  if (request.query.get('with_response') !== 'true') return NOTHING;
  const { original } = interaction;
  return ok({
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(original === undefined ? {} : { response_message_id: original.id }),
      response_message_loading: original?.isLoading ?? false,
      response_message_ephemeral: original?.isEphemeral ?? false,
    },
    resource: { type, ...(original === undefined || type === 8 || type === 9 ? {} : { message: original.json() }) },
  });
}

export const interactionRoutes: readonly Route[] = [
  route('POST', '/interactions/:id/:token/callback', callback, { limit: 'none', auth: 'token in path' }),
];
