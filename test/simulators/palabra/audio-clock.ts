interface Arrival {
  readonly endSample: number;
  readonly atMs: number;
}

const KEPT_ARRIVALS = 500; // some minutes of 320 ms chunks

/** When each received sample arrived, for a service that reports the time on the clock. */
export class AudioClock {
  readonly #arrivals: Arrival[] = [];
  readonly #sampleRateHz: number;
  #samples = 0;

  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz;
  }

  hear(count: number, atMs: number): void {
    this.#samples += count;
    this.#arrivals.push({ endSample: this.#samples, atMs });
    if (this.#arrivals.length > KEPT_ARRIVALS) this.#arrivals.shift();
  }

  arrivedMs(sample: number): number {
    const arrival = this.#arrivals.find(({ endSample }) => endSample >= sample) ?? this.#arrivals.at(-1);
    if (arrival === undefined) return 0;
    return arrival.atMs - ((arrival.endSample - sample) * 1000) / this.#sampleRateHz;
  }
}
