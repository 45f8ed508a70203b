import { z } from 'zod';
import type { Json } from '../world/events.ts';
import { type Attachment, type FileGiven, MESSAGE_FLAG } from '../world/message.ts';
import { invalidField, refusals } from './api-error.ts';
import { selectOption } from './form-body.ts';
import { parseBody, snowflake } from './parse.ts';
import type { Body } from './read-body.ts';

const MAX_FILE_BYTES = 10 * 1024 * 1024; // of a server without boosts
const MAX_EMBEDS_LENGTH = 6_000; // all embeds of a message together

const optionalText = (max: number) => z.string().max(max).nullish();
const url = z.url().max(2_048).nullish();

const embed = z.object({
  title: optionalText(256),
  type: z.string().optional(),
  description: optionalText(4_096),
  url,
  timestamp: z.string().nullish(),
  color: z.number().int().min(0).max(0xffffff).nullish(),
  footer: z.object({ text: z.string().max(2_048), icon_url: url }).nullish(),
  author: z.object({ name: z.string().max(256), url, icon_url: url }).nullish(),
  image: z.object({ url: z.string() }).nullish(),
  thumbnail: z.object({ url: z.string() }).nullish(),
  fields: z
    .array(
      z.object({
        name: z.string().min(1).max(256),
        value: z.string().min(1).max(1_024),
        inline: z.boolean().optional(),
      }),
    )
    .max(25)
    .nullish(),
});

const allowedMentions = z
  .object({
    parse: z.array(z.enum(['roles', 'users', 'everyone'])).optional(),
    users: z.array(snowflake).max(100).nullish(),
    roles: z.array(snowflake).max(100).nullish(),
    replied_user: z.boolean().optional(),
  })
  .nullish();

const component = z.looseObject({ type: z.number().int() });

const attachmentEntry = z.object({
  id: snowflake.optional(),
  filename: z.string().max(1_024).optional(),
  description: optionalText(1_024),
});

const messageSchema = z.object({
  content: z
    .string()
    .transform((text) => text.trim())
    .pipe(z.string().max(2_000))
    .nullish(),
  embeds: z.array(embed).max(10).nullish(),
  components: z.array(component).max(40).nullish(),
  attachments: z.array(attachmentEntry).max(10).nullish(),
  allowed_mentions: allowedMentions,
  flags: z.number().int().nullish(),
  nonce: z.union([z.string().max(25), z.number().int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  tts: z.boolean().nullish(),
  message_reference: z
    .object({ message_id: snowflake, fail_if_not_exists: z.boolean().optional(), type: z.number().optional() })
    .nullish(),
  username: optionalText(80),
  avatar_url: z.string().nullish(),
  thread_name: optionalText(100),
});
export type MessageInput = z.output<typeof messageSchema>;

export interface GivenMessage {
  readonly input: MessageInput;
  readonly files: readonly FileGiven[];
  readonly allowedMentions: Json | undefined;
}

/**
 * Reads and judges the body of a message that is written or edited.
 *
 * @param field - in which the message is; missing: it is the whole body
 */
export function readMessage(body: Body, field?: 'message'): GivenMessage {
  const schema = z.object({ message: messageSchema });
  const input = field ? parseBody(schema, body.json).message : parseBody(messageSchema, body.json);
  judgeEmbeds(input.embeds ?? []);
  judgeComponents(input.components ?? [], ((input.flags ?? 0) & MESSAGE_FLAG.componentsV2) !== 0, input);
  judgeMentions(input);
  const files = body.uploads.map((upload): FileGiven => {
    if (upload.bytes.byteLength > MAX_FILE_BYTES) throw refusals.tooLarge();
    const entry = input.attachments?.find((attachment) => attachment.id === String(upload.index));
    return {
      filename: (entry?.filename ?? upload.filename).replaceAll(' ', '_'),
      bytes: upload.bytes,
      ...(upload.contentType === undefined ? {} : { contentType: upload.contentType }),
      ...(typeof entry?.description === 'string' ? { description: entry.description } : {}),
    };
  });
  return { input, files, allowedMentions: input.allowed_mentions ?? undefined };
}

/** Which of the attachments a message has stay when it is edited: all, unless the edit lists them. */
export function keptAttachments(input: MessageInput, present: readonly Attachment[]): readonly Attachment[] {
  if (input.attachments === undefined || input.attachments === null) return present;
  const listed = new Set(input.attachments.map((entry) => entry.id));
  return present.filter((attachment) => listed.has(attachment.id));
}

export function isEmpty(input: MessageInput, fileCount: number): boolean {
  const parts = [input.content, input.embeds, input.components];
  return fileCount === 0 && parts.every((part) => part === undefined || part === null || part.length === 0);
}

function judgeEmbeds(embeds: readonly z.output<typeof embed>[]): void {
  let total = 0;
  for (const { title, description, footer, author, fields } of embeds) {
    const texts = [title, description, footer?.text, author?.name];
    for (const field of fields ?? []) texts.push(field.name, field.value);
    total += texts.reduce((length, text) => length + (text?.length ?? 0), 0);
  }
  if (total > MAX_EMBEDS_LENGTH) {
    throw invalidField('embeds', 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${MAX_EMBEDS_LENGTH}`);
  }
}

function judgeMentions({ allowed_mentions: allowed }: MessageInput): void {
  for (const kind of ['users', 'roles'] as const) {
    if (allowed?.parse?.includes(kind) && (allowed[kind]?.length ?? 0) > 0) {
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      throw invalidField('allowed_mentions', 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
    }
  }
}

function judgeComponents(components: readonly Json[], isV2: boolean, input: MessageInput): void {
  if (isV2) {
    if ((input.content ?? '') !== '' || (input.embeds ?? []).length > 0) {
      const message = 'The content and embeds fields cannot be used with components of this kind';
      throw invalidField('content', 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message);
    }
    return;
  }
  if (components.length > 5) throw invalidField('components', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5.');
  const seen = new Set<unknown>();
  for (const [row, { type, components: inner }] of components.entries()) {
    const at = `components.${row}`;
    if (type !== 1)
      throw invalidField(`${at}.type`, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
    const parts: readonly Json[] = Array.isArray(inner) ? inner : [];
    if (parts.length < 1 || parts.length > 5) {
      throw invalidField(`${at}.components`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.');
    }
    for (const [index, part] of parts.entries()) judgePart(part, `${at}.components.${index}`, seen);
  }
}

function judgePart(part: Json, at: string, seen: Set<unknown>): void {
  const isLink = part.type === 2 && (part.style === 5 || part.style === 6);
  if (!isLink) {
    const id = part.custom_id;
    if (typeof id !== 'string' || id.length < 1 || id.length > 100) {
      throw invalidField(`${at}.custom_id`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.');
    }
    if (seen.has(id)) {
      throw invalidField(
        `${at}.custom_id`,
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      );
    }
    seen.add(id);
  }
  if (typeof part.label === 'string' && part.label.length > 80) {
    throw invalidField(`${at}.label`, 'BASE_TYPE_MAX_LENGTH', 'Must be 80 or fewer in length.');
  }
  if (part.type === 2 && part.label === undefined && part.emoji === undefined) {
    throw invalidField(at, 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or an emoji is required');
  }
  if (Array.isArray(part.options) && (part.options.length < 1 || part.options.length > 25)) {
    throw invalidField(`${at}.options`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 25 in length.');
  }
  if (typeof part.placeholder === 'string' && part.placeholder.length > 150) {
    throw invalidField(`${at}.placeholder`, 'BASE_TYPE_MAX_LENGTH', 'Must be 150 or fewer in length.');
  }
  if (part.type === 3) parseBody(z.object({ options: z.array(selectOption) }), part);
}
