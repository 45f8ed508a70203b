import type { SpeakerId } from '../../core/ids.ts';
import type { SpeakerReception } from '../../core/ports/voice.ts';
import { isSilence } from '../packets/opus-packet.ts';

const MARKER = 0xfafa; // the last two bytes of every frame that is encrypted end to end
const OVERHEAD_BYTES = 11; // tag, nonce, size and marker: a shorter frame cannot be encrypted
const PATIENCE_MS = 2_000; // keys and sound come over different connections: after a resume, the keys may be late
const MAX_SEALED = 128; // 2.5 s of speech

/** Decrypts frames that are encrypted end to end; `DaveKeys` implements it. */
export interface Keys {
  readonly required: boolean;
  readonly ready: boolean;
  /** @throws when no key decrypts the frame */
  decryptFrame(speakerId: SpeakerId, frame: Buffer): Buffer;
}

/** Whether the frame looks encrypted end to end. */
function looksSealed(frame: Buffer): boolean {
  return frame.length > OVERHEAD_BYTES && frame.readUInt16BE(frame.length - 2) === MARKER;
}

/**
 * Finds the person whose key decrypts the frame.
 *
 * The result must be shorter than the frame: where davey lets unencrypted frames pass, anybody's key would seem to fit.
 */
export function whoseKeyOpens(frame: Buffer, people: Iterable<SpeakerId>, keys: Keys): SpeakerId | undefined {
  if (!looksSealed(frame)) return undefined;
  for (const speakerId of people) {
    try {
      if (keys.decryptFrame(speakerId, frame).length <= frame.length - OVERHEAD_BYTES) return speakerId;
    } catch {
      // this person did not send it
    }
  }
  return undefined;
}

interface Sealed {
  readonly payload: Buffer;
}

/** A packet after end-to-end decryption. */
export interface Opened<T> {
  readonly packet: T;
  readonly opus: Buffer | undefined; // `undefined` when it could not be decrypted
}

/**
 * Decrypts one person's packets, in order, end to end.
 *
 * A frame that cannot be decrypted waits up to 2 s for its keys, and later frames wait behind it: davey refuses frames
 * older than one that it has decrypted. An encrypted frame never comes out as it is, as it would be noise to the
 * decoder. An unencrypted frame passes even where encryption is required, as people send some while the call changes
 * over. The voice server could insert such frames, but a transcript has to trust it anyway: it also says whose voice is
 * whose.
 */
export class FrameOpener<T extends Sealed> {
  readonly #speakerId: SpeakerId;
  readonly #failed: () => void;
  #held: { readonly packet: T; readonly untilMs: number }[] = [];
  #encryption: SpeakerReception['encryption'] = 'negotiating';

  /** @param failed - called once for each packet whose key is not there */
  constructor(speakerId: SpeakerId, failed: () => void) {
    this.#speakerId = speakerId;
    this.#failed = failed;
  }

  get waiting(): boolean {
    return this.#held.length > 0;
  }

  get encryption(): SpeakerReception['encryption'] {
    return this.#encryption;
  }

  /**
   * The decrypted frame, when nothing waits before it and its key is there: by far the most common case.
   *
   * Otherwise `undefined`, and nothing has changed: call `openFrame`.
   */
  openAtOnce(payload: Buffer, keys: Keys | undefined): Buffer | undefined {
    return this.waiting ? undefined : this.#tryToOpen(payload, keys);
  }

  openFrame(packet: T, keys: Keys | undefined, nowMs: number): Opened<T>[] {
    const before = this.retryHeld(keys, nowMs);
    const opus = this.#tryToOpen(packet.payload, keys);
    if (opus === undefined) {
      this.#failed();
      this.#encryption = 'negotiating';
    } else if (!this.waiting) return [...before, { packet, opus }];
    else if (!isSilence(packet.payload)) return [...before, ...this.#giveUpHeld(), { packet, opus }]; // it is newer
    this.#held.push({ packet, untilMs: nowMs + PATIENCE_MS });
    return before;
  }

  /** Tries the held packets again. Those that waited too long come out without a frame. */
  retryHeld(keys: Keys | undefined, nowMs: number): Opened<T>[] {
    const out: Opened<T>[] = [];
    for (let first = this.#held[0]; first; first = this.#held[0]) {
      const opus = this.#tryToOpen(first.packet.payload, keys);
      if (opus === undefined && nowMs < first.untilMs && this.#held.length <= MAX_SEALED) break;
      out.push({ packet: first.packet, opus });
      this.#held.shift();
    }
    return out;
  }

  /** All held packets, decrypted where that is possible now. */
  flushHeld(keys: Keys | undefined): Opened<T>[] {
    return this.retryHeld(keys, Number.POSITIVE_INFINITY);
  }

  /** All held packets, without their frames; silence is not encrypted and stays. */
  #giveUpHeld(): Opened<T>[] {
    const out = this.#held.map(({ packet }) => ({
      packet,
      opus: isSilence(packet.payload) ? packet.payload : undefined,
    }));
    this.#held = [];
    return out;
  }

  #tryToOpen(frame: Buffer, keys: Keys | undefined): Buffer | undefined {
    if (isSilence(frame)) return frame;
    if (!looksSealed(frame) || !keys || (!keys.required && !keys.ready)) {
      this.#encryption = 'transport only';
      return frame;
    }
    try {
      const opus = keys.decryptFrame(this.#speakerId, frame);
      this.#encryption = 'end-to-end';
      return opus;
    } catch {
      return undefined; // the caller counts it; davey's message says nothing more
    }
  }
}
