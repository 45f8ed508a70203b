interface Sound {
  readonly from: number;
  to: number;
}

/** A stretch of a tape in which nothing at all is heard. Without an end, it goes on. Positions are samples. */
export interface Silence {
  readonly from: number;
  readonly to?: number;
}

/**
 * Where on one tape anything is heard, speech or not. What lies between is silence, ours or the speaker's: passing over
 * it loses nothing.
 */
export class Sounds {
  readonly #sounds: Sound[] = []; // in the order of the tape
  /** Sounds nearer to each other than this many samples are one. */
  readonly shortest: number;

  constructor(shortest: number) {
    this.shortest = shortest;
  }

  /** Where the newest sound ended; 0 without one. */
  get end(): number {
    return this.#sounds.at(-1)?.to ?? 0;
  }

  /** Adds the newest sound. */
  add(from: number, to: number): void {
    const last = this.#sounds.at(-1);
    if (last !== undefined && from - last.to < this.shortest) last.to = Math.max(last.to, to);
    else this.#sounds.push({ from, to });
  }

  /** The first silence after a sound that lasts beyond `sample`. */
  silenceBeyond(sample: number): Silence {
    const sounds = this.#sounds;
    let index = sounds.length - 1; // nearly always the last one; called for each piece that is sent
    while (index > 0 && (sounds[index]?.from ?? 0) > sample) index--;
    const next = sounds[index + 1];
    return { from: sounds[index]?.to ?? 0, ...(next !== undefined && { to: next.from }) };
  }

  /** Forgets the sounds that ended before a sample. The newest is kept in any case. */
  forgetBefore(sample: number): void {
    const keep = this.#sounds.findIndex(({ to }) => to > sample);
    this.#sounds.splice(0, keep < 0 ? Math.max(0, this.#sounds.length - 1) : keep);
  }
}
