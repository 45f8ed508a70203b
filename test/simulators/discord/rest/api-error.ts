import type { Json } from '../world/events.ts';

/** Discord's answer to what it refuses: an HTTP status, and a code of its own with a sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: number;
  readonly errors: Json | undefined; // which field of the body, and why

  constructor(status: number, code: number, message: string, errors?: Json) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  json(): Json {
    return { message: this.message, code: this.code, ...(this.errors === undefined ? {} : { errors: this.errors }) };
  }
}

/** The refusals by name, worded as Discord words them. */
export const refusals = {
  unauthorized: () => new ApiError(401, 0, '401: Unauthorized'),
  notFound: () => new ApiError(404, 0, '404: Not Found'),
  unknownChannel: () => new ApiError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new ApiError(404, 10004, 'Unknown Guild'),
  unknownMember: () => new ApiError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new ApiError(404, 10008, 'Unknown Message'),
  unknownUser: () => new ApiError(404, 10013, 'Unknown User'),
  unknownWebhook: () => new ApiError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new ApiError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new ApiError(404, 10063, 'Unknown application command'),
  unknownScheduledEvent: () => new ApiError(404, 10070, 'Unknown Guild Scheduled Event'),
  unknownStageInstance: () => new ApiError(404, 10067, 'Unknown Stage Instance'),
  unknownVoiceState: () => new ApiError(404, 10065, 'Unknown Voice State'),
  tooManyPins: () => new ApiError(400, 30003, 'Maximum number of pins reached for the channel (250)'),
  tooManyWebhooks: () => new ApiError(400, 30007, 'Maximum number of webhooks reached (15)'),
  tooManyScheduledEvents: () =>
    new ApiError(400, 30038, 'Maximum number of uncompleted guild scheduled events reached (100)'),
  tooLarge: () => new ApiError(413, 40005, 'Request entity too large'),
  notInForum: () => new ApiError(400, 40058, 'Cannot send a message in a forum channel'),
  tagRequired: () => new ApiError(400, 40067, 'A tag is required to create a forum post in this channel'),
  alreadyAcknowledged: () => new ApiError(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new ApiError(403, 50001, 'Missing Access'),
  notInDirectMessages: () => new ApiError(400, 50003, 'Cannot execute action on a DM channel'),
  notYourMessage: () => new ApiError(403, 50005, 'Cannot edit a message authored by another user'),
  wrongChannelType: () => new ApiError(400, 50024, 'Cannot execute action on this channel type'),
  emptyMessage: () => new ApiError(400, 50006, 'Cannot send an empty message'),
  cannotMessageUser: () => new ApiError(403, 50007, 'Cannot send messages to this user'),
  notATextChannel: () => new ApiError(400, 50008, 'Cannot send messages in a non-text channel'),
  missingPermissions: () => new ApiError(403, 50013, 'Missing Permissions'),
  invalidWebhookToken: () => new ApiError(401, 50027, 'Invalid Webhook Token'),
  stageIsOpen: () => new ApiError(400, 150006, 'The Stage is already open'),
  threadExists: () => new ApiError(400, 160004, 'A thread has already been created for this message'),
  threadArchived: () => new ApiError(400, 50083, 'Thread is archived'),
  finishedEvent: () => new ApiError(400, 180000, 'Cannot update a finished event'),
  webhookNeedsPost: () =>
    new ApiError(400, 220001, 'Webhooks posted to forum channels must have a thread_name or thread_id'),
  invalidJson: () => new ApiError(400, 50109, 'The request body contains invalid JSON.'),
} as const;

/** 50035 for one field; `path` is as in the body: `embeds.0.title`. */
export function invalidField(path: string, code: string, message: string): ApiError {
  return invalidForm([{ path: path.split('.'), code, message }]);
}

/** 50035, with the faults nested by field as Discord nests them. */
export function invalidForm(
  faults: readonly { readonly path: readonly string[]; readonly code: string; readonly message: string }[],
): ApiError {
  const errors: Json = {};
  for (const { path, code, message } of faults) {
    let node: Json = errors;
    for (const step of path) {
      const next: Json = { ...Object(node[step]) };
      node[step] = next;
      node = next;
    }
    const others = Array.isArray(node._errors) ? node._errors : [];
    node._errors = [...others, { code, message }];
  }
  return new ApiError(400, 50035, 'Invalid Form Body', errors);
}
