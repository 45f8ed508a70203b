export type DiscordErrorCode =
  | 'bad-token'
  | 'intents-refused'
  | 'unreachable'
  | 'sharding-required'
  | 'too-many-logins'
  | 'refused';

/** The bot cannot use Discord at all. The message tells whoever runs the bot what is wrong and what to do. */
export class DiscordError extends Error {
  override readonly name = 'DiscordError';
  readonly code: DiscordErrorCode;
  constructor(code: DiscordErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
