/** A credential of the recogniser in the hands of one process. */
export interface Holding {
  readonly hash: string;
  readonly holder: string;
  readonly isAlive: boolean;
  readonly isGiving: boolean; // opens no more sockets, and gives it back when the last is closed
  readonly sockets: number;
}

/** All that one process needs to know in order to take its share. */
export interface Situation {
  readonly me: string;
  readonly fleet: readonly string[]; // processes that live and do not drain
  readonly hashes: readonly string[]; // of all credentials
  readonly holdings: readonly Holding[];
  readonly mayJudge: boolean; // whether the dead count as dead for this process
}

/** Which credentials this process takes, and which of its own it begins to give back. */
export interface ShareChange {
  readonly take: readonly string[];
  readonly give: readonly string[];
}

/**
 * The next step of one process towards a fair share.
 *
 * With as many credentials as processes or more, each process holds its own, and no two processes differ by more than one. With
 * fewer, each process holds one, and as few as possible share it. A newcomer shares somebody's at once, so that it need
 * not wait until another has given one up. A process that drains keeps what it has until it leaves.
 */
export function nextShare(situation: Situation): ShareChange {
  const { me, fleet, hashes, mayJudge } = situation;
  if (!fleet.includes(me) || hashes.length === 0) return { take: [], give: [] };
  const holdings = situation.holdings.filter(({ isAlive }) => isAlive || !mayJudge);
  const keeping = holdings.filter(({ isGiving }) => !isGiving);
  const count = (holder: string) => keeping.filter((each) => each.holder === holder).length;
  const sharers = (hash: string) => keeping.filter((each) => each.hash === hash).length;
  const mine = keeping.filter(({ holder }) => holder === me).map(({ hash }) => hash);
  const free = hashes.filter((hash) => holdings.every((each) => each.hash !== hash));
  const least = Math.floor(hashes.length / fleet.length);
  const most = Math.ceil(hashes.length / fleet.length);
  const others = fleet.filter((id) => id !== me);
  const lack = others.reduce((sum, id) => sum + Math.max(0, least - count(id)), 0);

  const take = takeFree();
  if (mine.length + take.length === 0) take.push(...leastShared(1, Number.POSITIVE_INFINITY));
  const [only] = mine;
  if (take.length === 0 && mine.length === 1 && only !== undefined && sharers(only) > 1) {
    take.push(...(free.length > 0 ? free.slice(0, 1) : leastShared(1, sharers(only) - 2)));
  }
  return { take, give: give([...mine, ...take]) };

  function takeFree(): string[] {
    const due = Math.max(0, least - mine.length);
    const isOneMore = mine.length + due < most && free.length - due > lack;
    return free.slice(0, due + (isOneMore ? 1 : 0));
  }

  /** Those that the fewest share, at most `limit`; rather one of a process that has many, as it can give that one up. */
  function leastShared(atMost: number, limit: number): string[] {
    const riches = (hash: string) => Math.max(0, ...keeping.filter((e) => e.hash === hash).map((e) => count(e.holder)));
    return hashes
      .filter((hash) => !mine.includes(hash) && sharers(hash) <= limit)
      .toSorted((a, b) => sharers(a) - sharers(b) || riches(b) - riches(a))
      .slice(0, atMost);
  }

  /** First those that others share, then those with the fewest sockets. */
  function give(held: readonly string[]): string[] {
    const sockets = (hash: string) => holdings.find((e) => e.hash === hash && e.holder === me)?.sockets ?? 0;
    const others = (hash: string) => keeping.filter((each) => each.hash === hash && each.holder !== me).length;
    const ordered = held.toSorted((a, b) => others(b) - others(a) || sockets(a) - sockets(b));
    const shared = held.filter((hash) => others(hash) > 0).length;
    const beingGiven = new Set(
      holdings.filter(({ isGiving, hash }) => isGiving && sharers(hash) === 0).map((e) => e.hash),
    );
    const isLacking = lack > free.length - take.length + beingGiven.size && held.length > least;
    const surplus = Math.max(held.length - most, isLacking ? 1 : 0, least > 0 ? shared : 0);
    return ordered.slice(0, Math.min(surplus, held.length - 1));
  }
}
