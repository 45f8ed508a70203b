/** Whose limit a request to Discord counts against: the bot's token, or the address from which it is sent without one. */
export type LimitedBy = 'token' | 'address';

/** `may wait`: nothing is lost when the request comes late, as with words that still grow. */
export type Importance = 'must go' | 'may wait';

/** The answer to whoever wants to do something that is limited. */
export interface Turn {
  readonly isGranted: boolean;
  /** The part of the limit that is left, from 0 to 1. */
  readonly free: number;
  /** When it is not granted: how long until it is worth asking again. */
  readonly waitMs: number;
}

/**
 * What Discord takes from all processes of a bot together.
 *
 * Nothing here fails: whoever cannot ask the others makes do with a share.
 */
export interface SharedLimits {
  /** Takes one of the requests of this second. What may wait leaves some of them to what must go. */
  takeRequest(of: LimitedBy, importance: Importance): Promise<Turn>;
  /** Lets no process send a request for a while, as Discord has refused one for all. */
  blockRequests(of: LimitedBy, forMs: number): Promise<void>;
  /** Takes the next login of a bucket of shards: Discord takes one in five seconds. */
  takeLogin(bucket: number): Promise<Turn>;
}
