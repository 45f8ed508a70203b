export type DiscordErrorCode =
  | 'bad-token'
  | 'intents-refused'
  | 'unreachable'
  | 'sharding-required'
  | 'too-many-logins'
  | 'refused';

/** Discord cannot be used at all. The message is one sentence for whoever runs the bot: what is wrong, what to do. */
export class DiscordError extends Error {
  override readonly name = 'DiscordError';
  readonly code: DiscordErrorCode;
  constructor(code: DiscordErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
