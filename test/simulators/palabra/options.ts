/** How the simulated service behaves. Everything has a default that follows the API document. */
export interface PalabraOptions {
  /** Pairs that may make sessions. */
  readonly credentials?: readonly Credentials[];
  /** Accepted in the token's place, for one live socket at a time. */
  readonly apiKey?: string;
  /** Of a session: both were seen. */
  readonly sessionStatus?: 200 | 201;
  readonly tokenLifetimeMs?: number;
  /** More at a time are refused with 409. */
  readonly socketsPerCredential?: number;
  /** How long a socket that was not closed properly still counts as active; deleting its session frees it at once. */
  readonly lingerMs?: number;
  readonly finalAfterSilenceMs?: number;
  readonly partialEveryMs?: number; // of received audio
  readonly translationDelayMs?: number;
  readonly translate?: (text: string, from: string, to: string) => string;
  /** The language of a text when `auto` was asked for. */
  readonly detect?: (text: string) => string;
  /** Whether the text frame `finalize` is understood; otherwise it is a violation. */
  readonly finalize?: boolean;
  /** How a language that is not known is refused: before the socket opens, or by closing it at once, with or without a reason. */
  readonly refusesLanguagesBy?: 'status' | 'close' | 'close without a word';
  /** Whether Ogg has to be as live streams are, by RFC 3533 and RFC 7845. Recorded files come as they are. */
  readonly strictOgg?: boolean;
  /** Formats that are refused by closing the socket at once, with 1003; or before it opens, with 400. */
  readonly refusesFormats?: { readonly names: readonly string[]; readonly by: 'close' | 'status' };
  /** Since the last audio; then the socket is closed with 1001. */
  readonly idleCloseMs?: number;
  /** Audio that runs further ahead of real time is a violation and is not transcribed. */
  readonly maxAheadMs?: number;
  /** Whether times count the audio received or the time since the socket opened. */
  readonly timesFrom?: 'audio' | 'wall clock';
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export type PalabraSettings = Required<Omit<PalabraOptions, 'apiKey'>> & Pick<PalabraOptions, 'apiKey'>;

const TEST_CREDENTIALS: Credentials = { clientId: 'test-client', clientSecret: 'test-secret' };

const DEFAULTS: PalabraSettings = {
  credentials: [TEST_CREDENTIALS],
  sessionStatus: 201,
  tokenLifetimeMs: 600_000,
  socketsPerCredential: Number.POSITIVE_INFINITY,
  lingerMs: 0,
  finalAfterSilenceMs: 600,
  partialEveryMs: 300,
  translationDelayMs: 150,
  translate: (text, _from, to) => `${to}:${text}`,
  detect: () => 'en',
  finalize: false,
  refusesLanguagesBy: 'status',
  strictOgg: false,
  refusesFormats: { names: [], by: 'close' },
  idleCloseMs: 10_000,
  maxAheadMs: 5000,
  timesFrom: 'audio',
};

export function settingsFrom(options: PalabraOptions): PalabraSettings {
  return { ...DEFAULTS, ...options };
}
