import { samplesIn } from '../decoding/decoder.ts';
import type { CodedSound, Decoding, StreamDecoder, Take } from '../decoding/decoding.ts';
import { LevelMeter } from './level-meter.ts';

/** Decoded or not. */
export type Sound = Int16Array | CodedSound;

type Changing<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Passes packets on without decoding them, as long as whoever listens takes them; afterwards decodes them.
 *
 * @param takesPackets - asked for every packet
 */
export function passingOn(decoding: Decoding, sampleRateHz: number, takesPackets: () => boolean): Decoding<Sound> {
  return {
    createDecoder: () => new PassingDecoder(decoding, sampleRateHz, takesPackets),
    settle: () => decoding.settle(),
  };
}

class PassingDecoder implements StreamDecoder<Sound> {
  readonly #decoding: Decoding;
  readonly #sampleRateHz: number;
  readonly #takesPackets: () => boolean;
  readonly #meter = new LevelMeter();
  readonly #sound: Changing<CodedSound> = { length: 0, level: 0 };
  #decoder: StreamDecoder | undefined; // none while packets are passed on

  constructor(decoding: Decoding, sampleRateHz: number, takesPackets: () => boolean) {
    this.#decoding = decoding;
    this.#sampleRateHz = sampleRateHz;
    this.#takesPackets = takesPackets;
  }

  decode(packet: Buffer, take: Take<Sound>): void {
    if (!this.#takesPackets()) {
      this.#decoder ??= this.#decoding.createDecoder();
      this.#decoder.decode(packet, take);
      return;
    }
    const level = this.#meter.levelOf(packet);
    const length = level === undefined ? undefined : samplesIn(packet, this.#sampleRateHz);
    if (level === undefined || length === undefined) {
      take(undefined);
      return;
    }
    this.#sound.length = length;
    this.#sound.level = level;
    take(this.#sound);
  }

  inTurn(then: () => void): void {
    if (this.#decoder === undefined) then();
    else this.#decoder.inTurn(then);
  }
}
