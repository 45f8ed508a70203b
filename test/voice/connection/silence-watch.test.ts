import { describe, expect, it } from 'vitest';
import { SilenceWatch } from '../../../src/voice/connection/silence-watch.ts';

const LOOK_MS = 500;

/** What the watch asks for when something arrives at these times, in milliseconds, and an answer 50 ms after each question. */
function watchFor(untilMs: number, arrives: (atMs: number) => boolean, answers: (atMs: number) => boolean = arrives) {
  const watch = new SilenceWatch(0);
  const told: string[] = [];
  for (let atMs = LOOK_MS; atMs <= untilMs; atMs += LOOK_MS) {
    if (arrives(atMs) && watch.hear(atMs)) told.push(`${atMs} hears again`);
    const what = watch.look(atMs);
    if (what) told.push(what === 'deaf' ? `${atMs} deaf since ${watch.heardMs}` : `${atMs} ask`);
    if (what === 'ask' && answers(atMs) && watch.hear(atMs + 50)) told.push(`${atMs + 50} hears again`);
  }
  return told;
}

const never = () => false;
const always = () => true;

describe('a voice connection on which nothing arrives', () => {
  it('is asked nothing while somebody speaks', () => {
    expect(watchFor(20_000, always)).toEqual([]);
  });

  it('is asked every three seconds while nobody speaks, and is fine when it answers', () => {
    expect(watchFor(8_000, never, always)).toEqual(['1000 ask', '4000 ask', '7000 ask']);
  });

  it('is deaf when no answer comes, since something was last heard', () => {
    const speech = (atMs: number) => atMs <= 2_000 || atMs >= 7_000;
    expect(watchFor(9_000, speech)).toEqual([
      '3000 ask',
      '4000 ask',
      '4500 deaf since 2000',
      '5000 ask',
      '6000 ask',
      '7000 hears again',
    ]);
  });

  it('is not deaf because this process stood still and has not read yet what arrived', () => {
    const watch = new SilenceWatch(0);
    const lookAt = (...times: readonly number[]) => times.map((atMs) => watch.look(atMs));
    expect(lookAt(500, 1_000, 6_000)).toEqual([undefined, 'ask', 'ask']);
    expect(lookAt(6_500, 7_000, 7_500)).toEqual([undefined, 'ask', 'deaf']);
  });

  it('begins anew with another connection', () => {
    const watch = new SilenceWatch(0);
    for (const atMs of [1_000, 1_500, 2_000, 2_500]) watch.look(atMs);
    watch.restart(3_000);
    expect([watch.heardMs, watch.look(4_000), watch.look(5_000)]).toEqual([3_000, undefined, 'ask']);
  });
});
