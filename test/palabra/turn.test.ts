import { describe, expect, it } from 'vitest';
import { ChunkStore } from '../../src/palabra/tape/chunks.ts';
import { Tape } from '../../src/palabra/tape/tape.ts';
import { turnEnd } from '../../src/palabra/turn.ts';

const RATE = 1000; // a sample lasts a millisecond: every number here is a time

/** Speech of one second each, with pauses between. */
function talkWith(...pausesMs: readonly number[]): Tape {
  const tape = new Tape(RATE, new ChunkStore(RATE, 1_000_000));
  tape.appendAudio(new Int16Array(1000), 0, true);
  for (const pauseMs of pausesMs) {
    tape.appendSilence(pauseMs);
    tape.appendAudio(new Int16Array(1000), tape.headMs, true);
  }
  return tape;
}
const always = () => true;

describe('the turn on a socket that others wait for', () => {
  it('ends half a second into the first pause between utterances', () => {
    expect(turnEnd(talkWith(800, 800), 0, 0, always)).toBe(1500);
  });

  it.each([
    [600, 0, 1500],
    [599, 0, 3099],
    [800, 1500, 1500],
    [800, 1501, 3300],
  ])('ends in a pause of %i ms, when everything before %i was sent, at %i', (pauseMs, next, end) => {
    expect(turnEnd(talkWith(pauseMs, 800), 0, next, always)).toBe(end);
  });

  it('does not end in a short break', () => {
    expect(turnEnd(talkWith(400, 800), 0, 0, always)).toBe(2900);
  });

  it('has no end while only one utterance is known', () => {
    expect(turnEnd(talkWith(), 0, 0, always)).toBe(Number.POSITIVE_INFINITY);
  });

  it('goes on as long as nobody waits with older speech', () => {
    expect(turnEnd(talkWith(800, 800), 0, 0, (startMs) => startMs > 2000)).toBe(3300);
  });

  it('does not end in a pause after which speech is already sent', () => {
    expect(turnEnd(talkWith(800, 800), 0, 1900, always)).toBe(3300);
  });
});
