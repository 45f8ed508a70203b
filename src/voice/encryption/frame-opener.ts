import type { SpeakerId } from '../../core/ids.ts';
import type { SpeakerReception } from '../../core/ports/voice.ts';
import { isSilence } from '../packets/opus-packet.ts';

const MARKER = 0xfafa; // the last two bytes of every frame that is encrypted end to end
const OVERHEAD_BYTES = 11; // tag, nonce, size and marker: a shorter frame cannot be encrypted
const PATIENCE_MS = 2_000; // keys come over another connection than sound: with a resume in between they may be late
const MAX_SEALED = 128; // 2.5 s of speech

/** Opens frames that are encrypted end to end; `DaveKeys` does. */
export interface Keys {
  readonly required: boolean;
  readonly ready: boolean;
  /** @throws when no key opens the frame */
  decryptFrame(speakerId: SpeakerId, frame: Buffer): Buffer;
}

/** Whether the frame is encrypted end to end, by its looks. */
function looksSealed(frame: Buffer): boolean {
  return frame.length > OVERHEAD_BYTES && frame.readUInt16BE(frame.length - 2) === MARKER;
}

/**
 * The one of these people whose key opens the frame.
 *
 * What comes out must be shorter than the frame: where davey lets frames in clear pass, anybody's key would do.
 */
export function whoseKeyOpens(frame: Buffer, people: Iterable<SpeakerId>, keys: Keys): SpeakerId | undefined {
  if (!looksSealed(frame)) return undefined;
  for (const speakerId of people) {
    try {
      if (keys.decryptFrame(speakerId, frame).length <= frame.length - OVERHEAD_BYTES) return speakerId;
    } catch {
      // not theirs
    }
  }
  return undefined;
}

interface Sealed {
  readonly payload: Buffer;
}

/** A packet after the end-to-end encryption. */
export interface Opened<T> {
  readonly packet: T;
  readonly opus: Buffer | undefined; // `undefined` when it could not be opened
}

/**
 * Takes one person's packets, in order, out of the end-to-end encryption.
 *
 * What cannot be opened waits up to 2 s for its keys, and what follows waits behind it: davey takes no frame older than
 * those it has opened. An encrypted frame never comes out unopened: to the decoder it would be noise. A frame in clear
 * passes also where encryption is required, as it does while people change over; that the voice server could slip it in
 * is no news for a transcript, since it is also the server who says whose voice it is.
 */
export class FrameOpener<T extends Sealed> {
  readonly #speakerId: SpeakerId;
  readonly #failed: () => void;
  #held: { readonly packet: T; readonly untilMs: number }[] = [];
  #encryption: SpeakerReception['encryption'] = 'negotiating';

  /** @param failed - told once for each packet whose key is not there */
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
   * The frame after the end-to-end encryption, when nothing waits before it and it opens: by far the commonest case.
   *
   * Otherwise `undefined`, and nothing has changed: take it.
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
    else if (!isSilence(packet.payload)) return [...before, ...this.#giveUpHeld(), { packet, opus }]; // newer than they, yet open
    this.#held.push({ packet, untilMs: nowMs + PATIENCE_MS });
    return before;
  }

  /** Tries again those that wait. Those that waited too long come out unopened. */
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

  /** Everything that waits, opened where that is possible now. */
  flushHeld(keys: Keys | undefined): Opened<T>[] {
    return this.retryHeld(keys, Number.POSITIVE_INFINITY);
  }

  /** Everything that waits, unopened. */
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
      return undefined; // counted by the caller; davey's message tells nothing more
    }
  }
}
