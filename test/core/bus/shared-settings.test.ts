import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { SharedSettings } from '../../../src/core/bus/shared-settings.ts';
import type { SettingsChange } from '../../../src/core/ports/settings.ts';
import { BusHub } from '../../support/bus-in-memory.ts';
import { MemorySettings } from '../../support/ports.ts';

/** Two processes; the second has the meeting of guild 1. */
function twoProcesses() {
  const hub = new BusHub();
  const holding = { ids: ['b'] as string[] };
  const join = (processId: string) => {
    const bus = hub.connect();
    const holders = { holdersOf: async () => holding.ids };
    const settings = new SharedSettings({
      settings: new MemorySettings(),
      bus,
      holders,
      processId,
      guildsHere: () => (holding.ids.includes(processId) ? ['1'] : []),
    });
    onTestFinished(() => settings[Symbol.asyncDispose]());
    const applied: SettingsChange[] = [];
    settings.subscribe(async (change) => void applied.push(change));
    return { settings, bus, applied };
  };
  return { hub, holding, here: join('a'), owner: join('b') };
}

describe('settings that another process changes', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  it('are in force in the meeting when the change is answered, and applied once in each process', async () => {
    const { here, owner } = twoProcesses();
    const applying = Promise.withResolvers<void>();
    owner.settings.subscribe(() => applying.promise);
    let isAnswered = false;
    const changing = here.settings.changeMember('1', '100', { optedOut: true }).then(() => {
      isAnswered = true;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    const change = { guildId: '1', userId: '100', keys: ['optedOut'] };
    expect([here.applied, owner.applied, isAnswered]).toEqual([[change], [change], false]);
    applying.resolve();
    await changing;
    expect(await here.settings.member('1', '100')).toMatchObject({ optedOut: true });
  });

  it('reach processes without a meeting as well, which nobody waits for', async () => {
    const { here, owner, holding } = twoProcesses();
    holding.ids = ['a'];
    await here.settings.changeGuild('1', { autoStartChannelId: '9' });
    await vi.advanceTimersByTimeAsync(0);
    expect(owner.applied).toEqual([{ guildId: '1', keys: ['autoStartChannelId'] }]);
  });

  it('are kept, and said not to be in force, while the process with the meeting does not answer', async () => {
    const { here, owner } = twoProcesses();
    owner.bus.setUp(false);
    await expect(here.settings.changeGuild('1', { optInOnly: true })).rejects.toMatchObject({ code: 'not-applied' });
    expect(await here.settings.guild('1')).toMatchObject({ optInOnly: true });
    owner.bus.setUp(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(owner.applied.map(({ guildId }) => guildId)).toEqual(['1']); // it applies them by itself
  });

  it('are kept, and said not to be in force, when the process with the meeting takes too long', async () => {
    const { here, owner } = twoProcesses();
    owner.settings.subscribe(() => new Promise(() => {}));
    const refused = expect(here.settings.changeGuild('1', { optInOnly: true })).rejects.toThrow('not in force');
    await vi.advanceTimersByTimeAsync(5_000);
    await refused;
  });

  it('are no longer heard of by whoever has unsubscribed', async () => {
    const { here, owner } = twoProcesses();
    const stop = owner.settings.subscribe(() => expect.fail('it has unsubscribed'));
    stop();
    await here.settings.changeGuild('1', { thread: true });
  });
});
