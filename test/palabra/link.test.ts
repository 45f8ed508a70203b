import { describe, expect, it } from 'vitest';
import { SttError } from '../../src/core/errors.ts';
import { DEFAULT_LIMITS } from '../../src/palabra/limits.ts';
import { IDLE, type LinkEvent, type LinkState, step } from '../../src/palabra/link.ts';

const dropped = new SttError('connection-lost', 'Speech-to-text was lost: the connection closed (1006).');
const unavailable = new SttError('service-unavailable', 'Cannot open speech-to-text: the service answered 503.');
const refused = new SttError('key-refused', 'Palabra refused the credentials (401).');

const stateAfter = (...events: LinkEvent[]): LinkState =>
  events.reduce((state, event) => step(state, event, DEFAULT_LIMITS), IDLE);
const speech = { kind: 'speech' } as const;
const opened = { kind: 'opened' } as const;
const retry = { kind: 'retry due' } as const;
const lost = (livedMs: number) => ({ kind: 'lost', error: dropped, livedMs }) as const;
const live = [speech, opened] as const;
const again = [retry, opened] as const;

describe('a link to the recogniser', () => {
  it('opens no socket before somebody speaks', () => {
    expect(stateAfter(opened, retry).kind).toBe('idle');
  });

  it('connects when somebody speaks', () => {
    expect(stateAfter(speech)).toMatchObject({ kind: 'connecting', attempt: 0 });
  });

  it('tries again soon after losing a socket that had lived', () => {
    expect(stateAfter(...live, lost(60_000))).toMatchObject({
      kind: 'waiting',
      attempt: 1,
      delay: { ms: 250, jittered: true },
    });
  });

  it('waits twice as long after every refusal, up to 15 seconds', () => {
    const ceilings: number[] = [];
    let state = stateAfter(speech);
    for (let i = 0; i < 8; i++) {
      state = step(state, { kind: 'refused', error: unavailable }, DEFAULT_LIMITS);
      if (state.kind === 'waiting') ceilings.push(state.delay.ms);
      state = step(state, retry, DEFAULT_LIMITS);
    }
    expect(ceilings).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  it('stops when the credentials are refused', () => {
    expect(stateAfter(speech, { kind: 'refused', error: refused })).toEqual({ kind: 'stopped', because: refused });
  });

  it('tries again after a stop only when something was changed', () => {
    const stopped = [speech, { kind: 'refused', error: refused }] as const;
    expect(stateAfter(...stopped, speech).kind).toBe('stopped');
    expect(stateAfter(...stopped, { kind: 'reconfigured' }, speech).kind).toBe('connecting');
  });

  it('gives a socket back and is as before', () => {
    expect(stateAfter(...live, { kind: 'released' }).kind).toBe('idle');
  });

  it('does not try again when there is nothing left to say', () => {
    expect(stateAfter(...live, lost(60_000), { kind: 'released' }, retry).kind).toBe('idle');
  });

  it('opens the breaker when three sockets in a row die young', () => {
    expect(stateAfter(...live, lost(100), ...again, lost(100), ...again, lost(100))).toMatchObject({
      kind: 'waiting',
      delay: { ms: 15_000, jittered: false },
    });
  });

  it('probes half as often each time the breaker stays open, up to 5 minutes apart', () => {
    const young = [...again, lost(100)];
    const waits = Array.from({ length: 6 }, (_, i) => {
      const state = stateAfter(...live, lost(100), ...young, ...Array.from({ length: i + 1 }, () => young).flat());
      return state.kind === 'waiting' ? state.delay.ms : 0;
    });
    expect(waits).toEqual([15_000, 30_000, 60_000, 120_000, 240_000, 300_000]);
  });

  it('keeps probing slowly when a probe is refused', () => {
    const young = [...again, lost(100)];
    expect(
      stateAfter(...live, lost(100), ...young, ...young, retry, { kind: 'refused', error: unavailable }),
    ).toMatchObject({
      kind: 'waiting',
      delay: { ms: 30_000, jittered: false },
    });
  });

  it('closes the breaker when a socket brings text', () => {
    const young = [...again, lost(100)];
    const worked = stateAfter(...live, lost(100), ...young, ...young, ...again, { kind: 'worked' });
    expect(step(worked, lost(100), DEFAULT_LIMITS)).toMatchObject({ kind: 'waiting', delay: { ms: 250 } });
  });

  it('does not count a socket that died old', () => {
    expect(
      stateAfter(...live, lost(100), ...again, lost(100), ...again, lost(6000), ...again, lost(100)),
    ).toMatchObject({
      kind: 'waiting',
      delay: { ms: 250 },
    });
  });

  it.each([IDLE, stateAfter(speech), stateAfter(...live), stateAfter(...live, lost(100))])(
    'ends from $kind',
    (state) => {
      expect(step(state, { kind: 'closed' }, DEFAULT_LIMITS)).toEqual({ kind: 'closed' });
    },
  );

  const connecting = stateAfter(speech);
  const liveState = stateAfter(...live);
  const waiting = stateAfter(...live, lost(100));
  const firstWait = { kind: 'waiting', attempt: 1, delay: { ms: 250, jittered: true }, because: unavailable };
  it.each<[string, LinkState, LinkEvent, unknown]>([
    ['gives up connecting when nothing is left to say', connecting, { kind: 'released' }, IDLE],
    ['goes on connecting while somebody speaks', connecting, speech, connecting],
    ['stays live while somebody speaks', liveState, speech, liveState],
    ['waits on while somebody speaks', waiting, speech, waiting],
    [
      'forgets nothing when it gives a socket back',
      stateAfter(...live, lost(100), ...again),
      { kind: 'released' },
      { kind: 'idle', history: { shortLives: 1, probes: 0 } },
    ],
    [
      'stops when a live connection ends for good',
      liveState,
      { kind: 'lost', error: refused, livedMs: 60_000 },
      { kind: 'stopped', because: refused },
    ],
    [
      'spreads its tries after a refusal',
      connecting,
      { kind: 'refused', error: unavailable },
      { ...firstWait, history: { shortLives: 0, probes: 0 } },
    ],
  ])('%s', (_, state, event, after) => {
    expect(step(state, event, DEFAULT_LIMITS)).toEqual(after);
  });

  it('takes a socket that lived for five seconds for one that worked', () => {
    expect(stateAfter(...live, lost(5_000))).toMatchObject({ history: { shortLives: 0 } });
    expect(stateAfter(...live, lost(4_999))).toMatchObject({ history: { shortLives: 1 } });
  });

  it('does nothing any more once it has ended', () => {
    expect(stateAfter({ kind: 'closed' }, speech).kind).toBe('closed');
  });
});
