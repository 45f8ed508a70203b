import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { FairPlaces } from '../../../src/core/concurrency/fair-places.ts';

function places() {
  const desk = new FairPlaces({ atOnce: 2, waiting: 4, waitingOfOne: 2 });
  const entered: string[] = [];
  const held: Disposable[] = [];
  const ask = async (guildId: string, signal?: AbortSignal) => {
    const place = await desk.take(guildId, signal);
    if (place === 'full') return 'full';
    entered.push(guildId);
    held.push(place);
    return undefined;
  };
  /** Whoever came first leaves. */
  const leave = async () => {
    held.shift()?.[Symbol.dispose]();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { ask, leave, entered, held };
}

describe('places that servers share', () => {
  it('are two at once, and one for each server', async () => {
    const { ask, leave, entered } = places();
    await ask('a');
    void ask('a');
    await ask('b');
    void ask('c');
    expect(entered).toEqual(['a', 'b']);
    await leave();
    expect(entered).toEqual(['a', 'b', 'c']); // and not a's second, though it asked before
    await leave();
    expect(entered).toEqual(['a', 'b', 'c', 'a']);
  });

  it('are given in turns, whoever asks more often', async () => {
    const { ask, leave, entered } = places();
    await ask('a');
    await ask('b');
    for (const guildId of ['a', 'a', 'b', 'c']) void ask(guildId);
    for (let n = 0; n < 6; n += 1) await leave();
    expect(entered).toEqual(['a', 'b', 'c', 'a', 'b', 'a']);
  });

  it('stay one for each server while nobody else waits', async () => {
    const { ask, leave, entered } = places();
    await ask('b');
    await ask('a');
    void ask('a');
    await leave(); // b's
    expect(entered).toEqual(['b', 'a']);
  });

  it('are given to who was served longest ago, also where a server asks again each time', async () => {
    const { ask, leave, entered } = places();
    await ask('busy');
    await ask('old');
    void ask('busy');
    await leave(); // busy's first: its second comes in
    void ask('old');
    void ask('new');
    await leave(); // old's: who comes for the first time goes before it
    void ask('busy');
    await leave(); // busy's second: old was served before busy
    expect(entered).toEqual(['busy', 'old', 'busy', 'new', 'old']);
  });

  it('are given to who had left as to who comes for the first time', async () => {
    const { ask, leave, entered, held } = places();
    await ask('old');
    await ask('away');
    held.splice(1, 1)[0]?.[Symbol.dispose]();
    await ask('other');
    void ask('old');
    void ask('away');
    await leave(); // old's
    expect(entered).toEqual(['old', 'away', 'other', 'away']);
  });

  it('are given back once, however often that is said', async () => {
    const { ask, entered, held } = places();
    await ask('a');
    const [first] = held;
    first?.[Symbol.dispose]();
    await ask('a');
    first?.[Symbol.dispose]();
    void ask('a');
    await Promise.resolve();
    await Promise.resolve();
    expect(entered).toEqual(['a', 'a']);
  });

  it('say when too many wait: of one server, or of all', async () => {
    const { ask } = places();
    await ask('a');
    void ask('a');
    void ask('a');
    await expect(ask('a')).resolves.toBe('full');
    await ask('b');
    void ask('c');
    void ask('d');
    await expect(ask('e')).resolves.toBe('full');
  });

  it('are not kept for who went away', async () => {
    const { ask, leave, entered } = places();
    const gone = new AbortController();
    await ask('a');
    await ask('b');
    const waiting = ask('c', gone.signal);
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    void ask('d');
    await leave();
    expect(entered).toEqual(['a', 'b', 'd']);
    expect(getEventListeners(gone.signal, 'abort')).toEqual([]);
  });

  it('are kept for the others when somebody goes away who had just been let in', async () => {
    const { ask, leave, entered, held } = places();
    const gone = new AbortController();
    await ask('a');
    await ask('b');
    void ask('c', gone.signal);
    void ask('d');
    held.shift()?.[Symbol.dispose]();
    gone.abort();
    await leave();
    expect(entered).toEqual(['a', 'b', 'c', 'd']);
  });
});
