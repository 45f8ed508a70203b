/** How badly datagrams travel from the voice server to its clients. */
export interface Network {
  readonly lossRate: number; // 0..1
  readonly reorderRate: number; // 0..1, of datagrams overtaken by the one or two after them
  readonly duplicateRate: number; // 0..1
  readonly jitterMs: number; // delays between 0 and this, which never overtake one another
  readonly random: () => number; // seeded, so that a run can be repeated
}

/** What happened to one sender's datagrams, counted over all receivers. */
export interface Traffic {
  sent: number; // handed to the network, losses included and copies not
  lost: number;
  reordered: number;
  duplicated: number;
}

export const PERFECT: Network = { lossRate: 0, reorderRate: 0, duplicateRate: 0, jitterMs: 0, random: () => 0.5 };

/** Numbers in 0..1 that are the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** One direction of one stream: decides for each datagram when its copies arrive. */
export class Path {
  #lastArrivalMs = Number.NEGATIVE_INFINITY;

  /** Times of arrival, `sentMs` for at once; none when the datagram is lost. */
  arrivals(network: Network, sentMs: number, traffic: Traffic): number[] {
    traffic.sent++;
    if (network.random() < network.lossRate) {
      traffic.lost++;
      return [];
    }
    const jitter = network.jitterMs > 0 ? network.random() * network.jitterMs : 0;
    const arrivalMs = Math.max(sentMs + jitter, this.#lastArrivalMs);
    if (network.reorderRate > 0 && network.random() < network.reorderRate) {
      traffic.reordered++;
      return [arrivalMs + 25 + network.random() * 20]; // longer than one 20 ms frame, shorter than three
    }
    this.#lastArrivalMs = arrivalMs;
    if (network.duplicateRate > 0 && network.random() < network.duplicateRate) {
      traffic.duplicated++;
      return [arrivalMs, arrivalMs + network.random() * 30];
    }
    return [arrivalMs];
  }
}
