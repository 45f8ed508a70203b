import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../../src/core/meeting/hearing/ledger.ts';
import type { SpeakerChain } from '../../../../src/core/meeting/hearing/speaker-chain.ts';
import type { SpeakerReception } from '../../../../src/core/ports/voice.ts';
import { makeTally } from '../../../support/make.ts';

/** A stay whose sums are all different, so that none passes for another: 1, 2, 3 ... times `unit`. */
function chainOf(speakerId: string, unit: number) {
  const status = {
    state: 'live',
    sentMs: 2 * unit,
    silenceMs: 3 * unit,
    sockets: 4 * unit,
    reconnects: 5 * unit,
    forcedFinals: 6 * unit,
  };
  return { speakerId, heardMs: unit, stt: { status: () => status } } as unknown as SpeakerChain; // as far as it is read
}
const sums = (unit: number) => ({
  heardMs: unit,
  sentMs: 2 * unit,
  silenceMs: 3 * unit,
  sockets: 4 * unit,
  reconnects: 5 * unit,
  forcedFinals: 6 * unit,
});
const reception: SpeakerReception = {
  packets: 1_000,
  concealedFrames: 70,
  undecryptable: 80,
  corrupt: 90,
  encryption: 'end-to-end',
};
const unheard = () => undefined;

describe('what a meeting adds up of each person', () => {
  it('is nothing while nobody is followed', () => {
    const ledger = new Ledger();
    expect([ledger.tallies([], unheard), ledger.sentMs([]), ledger.sentHereMs([])]).toEqual([[], 0, 0]);
  });

  it('is the stay that goes on', () => {
    const received = { concealedFrames: 70, undecryptable: 80, corrupt: 90 };
    expect(new Ledger().tallies([chainOf('ana', 10)], () => reception)).toEqual([
      { speakerId: 'ana', ...sums(10), ...received },
    ]);
  });

  it('is each stay of theirs, over and under way', () => {
    const ledger = new Ledger();
    ledger.close(chainOf('ana', 1));
    ledger.close(chainOf('ana', 10));
    const [ana, ben] = ledger.tallies([chainOf('ana', 100), chainOf('ben', 7)], unheard);
    expect(ana).toMatchObject({ speakerId: 'ana', ...sums(111) });
    expect(ben).toMatchObject({ speakerId: 'ben', ...sums(7) });
  });

  it('is also what earlier processes had come to, of who spoke again and who did not', () => {
    const ledger = new Ledger();
    const before = { concealedFrames: 7, undecryptable: 8, corrupt: 9 };
    ledger.carryOver([
      makeTally({ speakerId: 'ana', ...sums(1), ...before }),
      makeTally({ speakerId: 'ben', ...sums(5), ...before }),
    ]);
    ledger.close(chainOf('ana', 10));
    expect(ledger.tallies([chainOf('ana', 100)], (id) => (id === 'ana' ? reception : undefined))).toEqual([
      { speakerId: 'ana', ...sums(111), concealedFrames: 77, undecryptable: 88, corrupt: 99 },
      { speakerId: 'ben', ...sums(5), ...before },
    ]);
  });

  it('has nothing that was made up or lost of who was never heard', () => {
    const ledger = new Ledger();
    ledger.close(chainOf('ana', 1));
    expect(ledger.tallies([], unheard)).toEqual([
      { speakerId: 'ana', ...sums(1), concealedFrames: 0, undecryptable: 0, corrupt: 0 },
    ]);
  });
});

describe('what a meeting sent to the recogniser', () => {
  const ledger = new Ledger();
  ledger.carryOver([makeTally({ speakerId: 'ana', sentMs: 1_000 }), makeTally({ speakerId: 'ben', sentMs: 2_000 })]);
  ledger.close(chainOf('ana', 5));
  ledger.close(chainOf('cem', 20));
  const open = [chainOf('ana', 100), chainOf('ben', 200)];

  it('is of everybody together, before a restart and since', () => {
    expect(ledger.sentMs(open)).toBe(3_000 + 50 + 600);
  });

  it('is by this process what was not carried over', () => {
    expect(ledger.sentHereMs(open)).toBe(50 + 600);
  });
});
