import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFinal, makePartial, makeTranslation } from '../../support/make.ts';
import { MEETING, twoProcesses } from './support/two-processes.ts';

const second = () => vi.advanceTimersByTimeAsync(1_000);

describe('the words of a meeting that another process runs', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it('are sent while somebody reads them, and the recogniser shows growing words sooner', async () => {
    const { owner, read, hub } = twoProcesses();
    owner.say(makeFinal({ text: 'nobody reads' }));
    await second();
    expect(hub.published).toEqual([]);
    const page = await read();
    await second();
    expect(owner.watched).toEqual([true]);
    owner.say(makePartial({ utteranceId: 'u2', text: 'He' }));
    owner.say(makeFinal({ utteranceId: 'u2', text: 'Hello' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(page.texts().slice(-2)).toEqual(['He', 'Hello']);
    page.stop?.();
    await second();
    expect(owner.watched).toEqual([true, false]);
  });

  it('that were said before they were sent are read in the journal', async () => {
    const { owner, read } = twoProcesses();
    const page = await read();
    owner.say(makeFinal({ text: 'said in the first second' }));
    await second();
    expect(page.texts()).toContain('said in the first second');
  });

  it('are final even where the bus loses every message', async () => {
    const { owner, read } = twoProcesses();
    const page = await read();
    await second();
    owner.say(makeFinal({ text: 'lost, parly' }), { isTold: false });
    await vi.advanceTimersByTimeAsync(14_000);
    expect(page.news.at(-1)).toEqual({ segment: makeFinal({ text: 'lost, Parley' }), name: 'Ana' });
  });

  it('are read from some seconds before the newest number, as numbers may be written out of order', async () => {
    const { owner, read, journal } = twoProcesses();
    await read();
    for (let i = 0; i < 6; i += 1) {
      owner.say(makeFinal({ utteranceId: `${i}` }), { isTold: false });
      await vi.advanceTimersByTimeAsync(15_000);
    }
    expect(journal.asked).toEqual([0, 0, 1, 1, 2, 3, 4, 5]);
  });

  it('skip while the bus is slow, and only the newest of each utterance is sent', async () => {
    const { owner, read, hub } = twoProcesses();
    await read();
    await second();
    const slow = Promise.withResolvers<number>();
    vi.spyOn(owner.bus, 'publish').mockReturnValueOnce(slow.promise);
    for (let i = 0; i < 1_000; i += 1) owner.say(makePartial({ text: `word ${i}` }));
    owner.say(makePartial({ utteranceId: 'u2', text: 'another' }));
    hub.published.length = 0;
    slow.resolve(1);
    await vi.advanceTimersByTimeAsync(0);
    const sent = hub.published.flatMap(({ message }) => ('segments' in message ? [message.segments] : []));
    expect(sent).toEqual([
      [
        { segment: makePartial({ text: 'word 999' }), name: 'Ana' },
        { segment: makePartial({ utteranceId: 'u2', text: 'another' }), name: 'Ana' },
      ],
    ]);
  });

  it('are said to be lost while the bus is away, and all there again afterwards, without those erased meanwhile', async () => {
    const { owner, read, pagesBus, journal } = twoProcesses();
    const page = await read();
    await second();
    owner.say(makeFinal({ utteranceId: 'erased', text: 'erased' }));
    await vi.advanceTimersByTimeAsync(0);
    pagesBus.setUp(false);
    expect(page.texts().at(-1)).toBe('lost');
    owner.say(makeFinal({ utteranceId: 'kept', text: 'meanwhile' }));
    journal.forget('erased');
    page.news.length = 0;
    pagesBus.setUp(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(page.texts()).toEqual(['', 'meanwhile', 'back']);
    expect(page.news[0]).toMatchObject({ segment: { utteranceId: 'erased', kind: 'partial' } });
  });

  it('come in full after the bus was away for the process that sends them', async () => {
    const { owner, read, journal } = twoProcesses();
    const page = await read();
    await second();
    owner.say(makeFinal({ utteranceId: 'erased', text: 'erased' }));
    await vi.advanceTimersByTimeAsync(0);
    owner.bus.setUp(false);
    owner.say(makeFinal({ utteranceId: 'kept', text: 'meanwhile' }));
    journal.forget('erased');
    expect(page.texts()).not.toContain('meanwhile');
    owner.bus.setUp(true);
    await second();
    expect(page.texts().slice(-2)).toEqual(['', 'meanwhile']);
  });

  it('go on when another process takes the meeting over, without those that nobody will finish', async () => {
    const { owner, own, read } = twoProcesses();
    const page = await read();
    await second();
    owner.say(makePartial({ utteranceId: 'cut', text: 'half a sen' }));
    await vi.advanceTimersByTimeAsync(0);
    owner.words[Symbol.dispose](); // it dies
    const heir = own();
    heir.say(makeFinal({ utteranceId: 'u2', text: 'said before anybody looked' }));
    await second();
    expect(page.texts().slice(-2)).toEqual(['', 'said before anybody looked']);
    heir.say(makePartial({ utteranceId: 'u3', text: 'growing' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(page.texts().at(-1)).toBe('growing');
  });

  it('come from both while the meeting moves, and growing words stay', async () => {
    const { owner, own, read } = twoProcesses();
    const page = await read();
    await second();
    owner.say(makePartial({ utteranceId: 'tail', text: 'said bef' }));
    const heir = own();
    await second();
    heir.say(makePartial({ utteranceId: 'u2', text: 'growing' }));
    await vi.advanceTimersByTimeAsync(0);
    owner.say(makeFinal({ utteranceId: 'tail', text: 'said before the move' }));
    await second();
    expect(page.texts().slice(-2)).toEqual(['growing', 'said before the move']);
  });

  it('are not shown again when they are taken back while the journal is read', async () => {
    const { owner, read, journal } = twoProcesses();
    const page = await read();
    await second();
    owner.say(makeFinal({ text: 'to be forgotten' }));
    await vi.advanceTimersByTimeAsync(0);
    journal.whileReading = async () => {
      journal.whileReading = undefined;
      owner.say(makePartial({ text: '' }));
      await vi.advanceTimersByTimeAsync(0);
    };
    await vi.advanceTimersByTimeAsync(15_000);
    expect(page.texts().at(-1)).toBe('');
  });

  it('end when the journal says so, and not when a process says it that has lost the meeting', async () => {
    const { owner, read, journal } = twoProcesses();
    const page = await read();
    await second();
    owner.audience.close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(page.texts()).not.toContain('over');
    journal.write(makeFinal({ text: 'the last word' }));
    journal.isOver = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.texts().slice(-2)).toEqual(['the last word', 'over']);
    expect((await read()).stop).toBeUndefined();
  });

  it('end within fifteen seconds where nobody says so', async () => {
    const { read, journal } = twoProcesses();
    const page = await read();
    journal.isErased = true;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(page.texts()).toEqual(['over']);
  });

  it('are none of a meeting that is over, or not there', async () => {
    const { read, journal, pages, hub } = twoProcesses();
    journal.isOver = true;
    expect((await read()).stop).toBeUndefined();
    expect((await pages.recordOf(MEETING))?.finals).toEqual([]);
    expect(await pages.recordOf({ ...MEETING, guildId: '2' })).toBeUndefined();
    journal.isErased = true;
    expect((await read()).stop).toBeUndefined();
    expect(await hub.connect().listenersOf(['live:m1'])).toEqual([0]);
  });

  it('survive an outage of the database', async () => {
    const { owner, read, journal } = twoProcesses();
    const page = await read();
    await second();
    journal.whileReading = () => {
      throw new Error('the database is away');
    };
    owner.say(makeFinal({ text: 'written later' }), { isTold: false });
    await vi.advanceTimersByTimeAsync(30_000);
    journal.whileReading = undefined;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(page.texts()).toContain('written later');
  });

  it('are followed once for all pages of a process', async () => {
    const { read, hub, journal } = twoProcesses();
    const [one, two] = [await read(), await read()];
    expect(journal.asked).toEqual([0]);
    journal.write(makeTranslation());
    await vi.advanceTimersByTimeAsync(15_000);
    expect([one, two].map((page) => page.texts().at(-1))).toEqual(['Hola a todos', 'Hola a todos']);
    one.stop?.();
    expect(await hub.connect().listenersOf(['live:m1'])).toEqual([1]);
    two.stop?.();
    expect(await hub.connect().listenersOf(['live:m1'])).toEqual([0]);
  });
});
