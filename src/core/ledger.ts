import type { SpeakerId } from './ids.ts';
import type { SpeakerReception } from './ports.ts';
import type { SpeakerAccount } from './record.ts';
import type { SpeakerChain } from './speaker-chain.ts';

type Sums = Pick<SpeakerAccount, 'heardMs' | 'sentMs' | 'silenceMs' | 'sockets' | 'reconnects' | 'forcedFinals'>;

const NOTHING: Sums = { heardMs: 0, sentMs: 0, silenceMs: 0, sockets: 0, reconnects: 0, forcedFinals: 0 };

/** Adds up what went through everybody's chains, over all their stays. */
export class Ledger {
  readonly #closed = new Map<SpeakerId, Sums>();

  /** A chain has ended: its sums are kept. */
  close(chain: SpeakerChain): void {
    const sums = this.#closed.get(chain.speakerId) ?? NOTHING;
    this.#closed.set(chain.speakerId, add(sums, sumsOf(chain)));
  }

  /** Audio sent to the recogniser so far, of everybody together. */
  sentMs(open: Iterable<SpeakerChain>): number {
    const sums = [...this.#closed.values(), ...[...open].map(sumsOf)];
    return sums.reduce((total, { sentMs }) => total + sentMs, 0);
  }

  /** Everybody who was ever followed, up to now. */
  accounts(
    open: Iterable<SpeakerChain>,
    receptionOf: (speakerId: SpeakerId) => SpeakerReception | undefined,
  ): SpeakerAccount[] {
    const all = new Map(this.#closed);
    for (const chain of open) all.set(chain.speakerId, add(all.get(chain.speakerId) ?? NOTHING, sumsOf(chain)));
    return [...all].map(([speakerId, sums]) => {
      const { concealedFrames = 0, undecryptable = 0, corrupt = 0 } = receptionOf(speakerId) ?? {};
      return { speakerId, ...sums, concealedFrames, undecryptable, corrupt };
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
