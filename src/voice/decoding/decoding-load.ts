const WINDOW_MS = 1_000;
const HIGH = 4_000; // packets a second: 80 people who talk at once
const LOW = 3_000;

/** Judges whether so many packets come that a thread should decode them. Has a timer only while packets come. */
export class DecodingLoad {
  #packets = 0; // in this window
  #isHigh = false;
  #timer: NodeJS.Timeout | undefined;

  get isHigh(): boolean {
    return this.#isHigh;
  }

  countPacket(): void {
    this.#packets += 1;
    this.#timer ??= setInterval(() => this.#judge(), WINDOW_MS).unref();
  }

  #judge(): void {
    this.#isHigh = this.#packets >= (this.#isHigh ? LOW : HIGH);
    if (this.#packets === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    this.#packets = 0;
  }
}
