/** Follows from one person's packets, in order, whether they have stopped on purpose. */
export class Rest {
  #silences = 0; // packets of silence in a row
  #isAnnounced = false; // the newest packet was a frame of silence
  #underWay = 0; // packets of sound that are being decoded

  /** How many packets of silence came since the last sound. */
  get silences(): number {
    return this.#silences;
  }

  /** Whether they have stopped, as their client says, and no sound is being decoded. */
  get hasBegun(): boolean {
    return this.#isAnnounced && this.#underWay === 0;
  }

  /** @param isAnnounced - it is Discord's frame of silence, and no other packet without content */
  passSilence(isAnnounced: boolean): void {
    this.#silences += 1;
    this.#isAnnounced = isAnnounced;
  }

  /** A packet of sound is on its way through the decoder. */
  beginSound(): void {
    this.#underWay += 1;
  }

  /** It has come out, or could not be decoded. */
  endSound(): void {
    this.#underWay -= 1;
  }

  /** There is something at its place on the timeline, sound or what stands for it. */
  interrupt(isHeard: boolean): void {
    this.#isAnnounced = false;
    if (isHeard) this.#silences = 0;
  }
}
