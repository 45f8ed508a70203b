/** How patient, how thrifty and how careful the client is. PALABRA.md explains each number. */
export interface Limits {
  readonly restMs: number; // a session request
  readonly upgradeMs: number; // from the dial to an open socket
  readonly closeMs: number; // from our close frame to a closed socket
  readonly pingMs: number;
  readonly deadMs: number; // nothing heard for so long, not even a pong
  readonly muteMs: number; // no answer to speech for so long, and the socket has to prove that it lives
  readonly dialsPerMinute: number; // per credential; a dial that brought text is given back
  readonly afterConflictMs: number; // before the second try after a 409
  readonly limitForgottenMs: number; // a learned number of sockets is tried again after so long
  readonly lateMs: number; // audio may reach us so long after it was spoken
  readonly trailingSilenceMs: number; // sent after speech, so that the recogniser ends the utterance
  readonly keepAliveMs: number;
  readonly idleMs: number; // without speech, before the socket is closed
  readonly heldMs: number; // speech kept per speaker until it is text
  readonly heldBytes: number; // and by the whole process
  readonly burstMs: number; // audio that may run ahead of real time on one socket
  readonly longestTurnMs: number; // on a socket that somebody else waits for, once there was a final
  readonly overlapMs: number; // replayed from before the end of the last final
  readonly unconfirmedMs: number; // a partial without news becomes an unconfirmed final
  readonly nothingHeardMs: number; // after the closing silence, without any text: it was noise
  readonly translationMs: number; // a final's translations are awaited so long
  readonly bufferedBytes: number; // waiting in the socket, before it is left alone
  readonly stalledMs: number; // left alone so long, it is replaced
  readonly retryMs: number; // first ceiling of a retry's delay; it doubles
  readonly retryMaxMs: number;
  readonly shortLifeMs: number; // a socket that dies sooner without a word counts against the breaker
  readonly shortLives: number; // in a row open the breaker
  readonly probeMs: number; // the breaker's first probe; it doubles
  readonly probeMaxMs: number;
  readonly lastWordsMs: number; // awaited at the end, after the closing silence
  readonly finishMs: number; // for the whole end, while nothing moves ...
  readonly backlogMs: number; // ... and at most so long as long as speech goes to the recogniser, or waits for its turn
}

export const DEFAULT_LIMITS: Limits = {
  restMs: 10_000,
  upgradeMs: 10_000,
  closeMs: 2_000,
  pingMs: 10_000,
  deadMs: 30_000,
  muteMs: 3_000,
  dialsPerMinute: 15,
  afterConflictMs: 1_000,
  limitForgottenMs: 5 * 60_000,
  lateMs: 300, // 250 ms of jitter buffer and a timer's tick
  trailingSilenceMs: 1_500,
  keepAliveMs: 4_000,
  idleMs: 30_000,
  heldMs: 10 * 60_000,
  heldBytes: 256 * 1024 * 1024,
  burstMs: 1_000,
  longestTurnMs: 20_000,
  overlapMs: 300,
  unconfirmedMs: 10_000,
  nothingHeardMs: 2_500,
  translationMs: 5_000,
  bufferedBytes: 1024 * 1024,
  stalledMs: 5_000,
  retryMs: 250,
  retryMaxMs: 15_000,
  shortLifeMs: 5_000,
  shortLives: 3,
  probeMs: 15_000,
  probeMaxMs: 5 * 60_000,
  lastWordsMs: 6_000,
  finishMs: 8_000,
  backlogMs: 100_000, // a meeting waits two minutes for its last words
};
