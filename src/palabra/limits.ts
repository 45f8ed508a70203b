/** The client's timeouts, budgets and bounds. PALABRA.md explains each number. */
export interface Limits {
  readonly restMs: number; // for a session request
  readonly upgradeMs: number; // from dialling to an open socket
  readonly closeMs: number; // from our close frame to a closed socket
  readonly pingMs: number;
  readonly deadMs: number; // a socket that sent nothing for this long, not even a pong, is dead
  readonly muteMs: number; // a socket that sent nothing for this long while speech is pending has to answer a ping
  readonly dialsPerMinute: number; // per credential; a dial that produced text does not count
  readonly afterConflictMs: number; // before the second try after a 409
  readonly limitForgottenMs: number; // after this, a learned limit of sockets is tested again
  readonly lateMs: number; // how late audio may arrive after it was spoken
  readonly trailingSilenceMs: number; // closing silence after speech: it makes the recogniser end the utterance
  readonly keepAliveMs: number;
  readonly idleMs: number; // a socket is closed after this long without speech
  readonly heldMs: number; // speech kept for each speaker until it is text
  readonly heldBytes: number; // speech kept by the whole process
  readonly burstMs: number; // how far audio may run ahead of real time on one socket
  readonly longestTurnMs: number; // the longest turn on a socket that a speaker with older speech waits for
  readonly overlapMs: number; // a new socket hears this much audio again from before the pending speech
  readonly unconfirmedMs: number; // after this long without news, a partial becomes an unconfirmed final
  readonly nothingHeardMs: number; // speech without any text this long after its closing silence was noise
  readonly translationMs: number; // how long a final's translations are awaited
  readonly bufferedBytes: number; // with more than this waiting in the socket, no more is handed over
  readonly stalledMs: number; // a socket that takes no audio for this long is replaced
  readonly retryMs: number; // upper bound of the first retry's delay; it doubles with each retry
  readonly retryMaxMs: number;
  readonly shortLifeMs: number; // a socket that dies sooner than this, without text, counts against the breaker
  readonly shortLives: number; // this many of those in a row open the breaker
  readonly probeMs: number; // the delay before the breaker's first probe; it doubles with each probe
  readonly probeMaxMs: number;
  readonly lastWordsMs: number; // how long last words are awaited after their closing silence was sent
  readonly finishMs: number; // how long a finish waits while nothing moves ...
  readonly backlogMs: number; // ... and at most, while audio is being sent or waits for a free socket
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
