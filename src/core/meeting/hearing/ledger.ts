import type { SpeakerId } from '../../ids.ts';
import type { SpeakerReception } from '../../ports/voice.ts';
import type { SpeakerTally } from '../../record.ts';
import type { SpeakerChain } from './speaker-chain.ts';

type Sums = Pick<SpeakerTally, 'heardMs' | 'sentMs' | 'silenceMs' | 'sockets' | 'reconnects' | 'forcedFinals'>;

const NOTHING: Sums = { heardMs: 0, sentMs: 0, silenceMs: 0, sockets: 0, reconnects: 0, forcedFinals: 0 };

/** Adds up the audio of everybody's chains, over all their stays and over restarts. */
export class Ledger {
  readonly #closed = new Map<SpeakerId, Sums>();
  readonly #before = new Map<SpeakerId, SpeakerTally>();

  /** Adds the sums of earlier processes. */
  carryOver(tallies: readonly SpeakerTally[]): void {
    for (const tally of tallies) this.#before.set(tally.speakerId, tally);
  }

  /** Keeps the sums of a chain that has ended. */
  close(chain: SpeakerChain): void {
    const sums = this.#closed.get(chain.speakerId) ?? NOTHING;
    this.#closed.set(chain.speakerId, add(sums, sumsOf(chain)));
  }

  /** All audio sent to the recogniser so far. */
  sentMs(open: Iterable<SpeakerChain>): number {
    const sums = [...this.#before.values(), ...this.#closed.values(), ...[...open].map(sumsOf)];
    return sums.reduce((total, { sentMs }) => total + sentMs, 0);
  }

  /** Audio sent to the recogniser by this process alone. */
  sentHereMs(open: Iterable<SpeakerChain>): number {
    const sums = [...this.#closed.values(), ...[...open].map(sumsOf)];
    return sums.reduce((total, { sentMs }) => total + sentMs, 0);
  }

  /** The tallies of everybody who was ever followed, up to now. */
  tallies(
    open: Iterable<SpeakerChain>,
    receptionOf: (speakerId: SpeakerId) => SpeakerReception | undefined,
  ): SpeakerTally[] {
    const all = new Map<SpeakerId, Sums>(this.#before);
    for (const [id, sums] of this.#closed) all.set(id, add(all.get(id) ?? NOTHING, sums));
    for (const chain of open) all.set(chain.speakerId, add(all.get(chain.speakerId) ?? NOTHING, sumsOf(chain)));
    return [...all].map(([speakerId, sums]) => {
      const before = this.#before.get(speakerId);
      const now = receptionOf(speakerId);
      return {
        ...sums,
        speakerId,
        concealedFrames: (before?.concealedFrames ?? 0) + (now?.concealedFrames ?? 0),
        undecryptable: (before?.undecryptable ?? 0) + (now?.undecryptable ?? 0),
        corrupt: (before?.corrupt ?? 0) + (now?.corrupt ?? 0),
      };
    });
  }
}

function sumsOf({ heardMs, stt }: SpeakerChain): Sums {
  const { sentMs, silenceMs, sockets, reconnects, forcedFinals } = stt.status();
  return { heardMs, sentMs, silenceMs, sockets, reconnects, forcedFinals };
}

function add(a: Sums, b: Sums): Sums {
  return {
    heardMs: a.heardMs + b.heardMs,
    sentMs: a.sentMs + b.sentMs,
    silenceMs: a.silenceMs + b.silenceMs,
    sockets: a.sockets + b.sockets,
    reconnects: a.reconnects + b.reconnects,
    forcedFinals: a.forcedFinals + b.forcedFinals,
  };
}
