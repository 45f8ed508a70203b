import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Questions } from '../../../src/core/bus/questions.ts';
import { answerReaders, ReadersElsewhere, RightsNews } from '../../../src/core/bus/rights.ts';
import type { Guest } from '../../../src/core/ports/live-links.ts';
import { BusHub } from '../../support/bus-in-memory.ts';

const guest: Guest = { guildId: '1', meetingId: 'm1', userId: '100' };

describe('the rights of readers whose server another process serves', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it('are asked for with one question for a hundred members, and answered by that process', async () => {
    const hub = new BusHub();
    await answerReaders(
      new Questions(hub.connect()),
      (guildId) => guildId === '1',
      async ({ userId }) => (Number(userId) % 2 === 0 ? { reads: 'de' } : undefined),
    );
    await answerReaders(
      new Questions(hub.connect()),
      () => false,
      () => expect.fail('It does not serve the server'),
    );
    const elsewhere = new ReadersElsewhere(new Questions(hub.connect()));
    const asked = Promise.all(Array.from({ length: 250 }, (_, i) => elsewhere.readerOf({ ...guest, userId: `${i}` })));
    const again = elsewhere.readerOf({ ...guest, userId: '2' });
    await vi.advanceTimersByTimeAsync(20);
    const answers = await asked;
    expect([answers[0], answers[1], answers[249], await again]).toEqual([
      { reads: 'de' },
      undefined,
      undefined,
      { reads: 'de' },
    ]);
    expect(hub.published.filter(({ channel }) => channel === 'who')).toHaveLength(3);
  });

  it('are unknown for a while where that process cannot be reached, and refused where Discord cannot', async () => {
    const hub = new BusHub();
    const bus = hub.connect();
    const elsewhere = new ReadersElsewhere(new Questions(bus));
    const nobody = elsewhere.readerOf(guest);
    await vi.advanceTimersByTimeAsync(20);
    expect(await nobody).toBe('away');
    await answerReaders(
      new Questions(hub.connect()),
      () => true,
      ({ userId }) => (userId === '100' ? Promise.reject(new Error('503')) : new Promise(() => {})),
    );
    const refused = expect(elsewhere.readerOf(guest)).rejects.toThrow('Discord could not be asked');
    await vi.advanceTimersByTimeAsync(20);
    await refused;
    const silent = elsewhere.readerOf({ ...guest, userId: '2' });
    await vi.advanceTimersByTimeAsync(8_020);
    expect(await silent).toBe('away');
    bus.setUp(false);
    const down = elsewhere.readerOf(guest);
    await vi.advanceTimersByTimeAsync(20);
    expect(await down).toBe('away');
  });

  it('are told of at once when they change, and not to whoever told it; all are in doubt where news may have been missed', async () => {
    const hub = new BusHub();
    const [hereBus, thereBus] = [hub.connect(), hub.connect()];
    const [here, there] = [new RightsNews(hereBus), new RightsNews(thereBus)];
    const heard: unknown[] = [];
    here.watch(() => expect.fail('its own news'));
    there.watch((...news) => void heard.push(news));
    here.changed('1');
    here.changed('1', '100');
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual([
      ['1', undefined],
      ['1', '100'],
    ]);
    thereBus.setUp(false);
    thereBus.setUp(true);
    expect(heard.at(-1)).toEqual([]); // something may have been missed
  });

  it('are told of later when they change while the bus is down', async () => {
    const hub = new BusHub();
    const [hereBus, thereBus] = [hub.connect(), hub.connect()];
    const [here, there] = [new RightsNews(hereBus), new RightsNews(thereBus)];
    const heard: unknown[] = [];
    there.watch((...news) => void heard.push(news));
    hereBus.setUp(false);
    here.changed('2', '100');
    here.changed('2');
    hereBus.setUp(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual([['2', undefined]]);
  });
});
