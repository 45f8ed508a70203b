const STT_RETRYABLE = {
  'key-refused': false, // 401, 403: the credentials are not accepted
  'balance-used-up': false,
  'bad-request': false, // 400: for example an unsupported language; the message contains the server's words
  'limit-reached': true, // 409: the credentials hold as many sockets as they may
  'connection-lost': true,
  'service-unavailable': true, // 5xx, timeouts, no network
} as const;
export type SttErrorCode = keyof typeof STT_RETRYABLE;

/** Speech-to-text stopped for one speaker. The message is fit to be shown to people. */
export class SttError extends Error {
  override readonly name = 'SttError';
  readonly code: SttErrorCode;
  constructor(code: SttErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
  get retryable(): boolean {
    return STT_RETRYABLE[this.code];
  }
}

export type VoiceErrorCode =
  | 'join-timeout'
  | 'encryption-unsupported'
  | 'connection-lost'
  | 'no-such-channel'
  | 'deafened'; // by a moderator

/** The voice channel cannot be joined or held. The message is fit to be shown to people. */
export class VoiceError extends Error {
  override readonly name = 'VoiceError';
  readonly code: VoiceErrorCode;
  constructor(code: VoiceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

type AudioErrorCode =
  | 'too-large' // in bytes
  | 'too-long' // in playing time
  | 'unknown-format'
  | 'unsupported-format' // such as MP4
  | 'unreadable' // not what its name says, cut off, or without any audio
  | 'expired' // Discord has no such file, or no longer at that address
  | 'download-failed'
  | 'budget-used-up' // of the server, for this month
  | 'busy' // too many files of this server are waiting
  | 'shut-down'; // before the file was transcribed

/** An audio file cannot become text. The message is fit to be shown to people. */
export class AudioError extends Error {
  override readonly name = 'AudioError';
  readonly code: AudioErrorCode;
  constructor(code: AudioErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A meeting cannot begin, as another process runs one in the same server. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
}

/**
 * Whether another process owns by now what this one wanted to write. Whoever gets such an error stops, and says nothing to
 * people: for them the meeting goes on.
 */
export function isSuperseded(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'superseded';
}

/** Whether the database, or what holds the settings, could not do what was asked. It may be away: waiting helps. */
export function isAboutStorage(error: unknown): boolean {
  return error instanceof Error && error.name === 'StorageError' && !isSuperseded(error);
}

export type ElsewhereErrorCode =
  | 'moving' // the server changes hands: nothing was done
  | 'not-applied' // what was changed is kept all the same
  | 'not-erased' // nothing was
  | 'not-shown'; // what was corrected stays corrected

/** Another process of this bot that has to do its part does not answer. The message is fit to be shown to people. */
export class ElsewhereError extends Error {
  override readonly name = 'ElsewhereError';
  readonly code: ElsewhereErrorCode;
  constructor(code: ElsewhereErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
