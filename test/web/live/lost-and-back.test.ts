import { describe, expect, it, vi } from 'vitest';
import { makeFinal } from '../../support/make.ts';
import { follow, served } from './support/served.ts';

describe('a live page whose meeting runs in a process that cannot be reached', () => {
  it('says so, and says when all is there again', async () => {
    const { address, at, audience, enter } = await served();
    const { events, seen } = await follow(address('/lines'), await enter());
    await seen('Said before');
    at.tell('lost');
    await vi.waitFor(() => expect(events.at(-1)?.event).toBe('lost'));
    audience.publish({ segment: makeFinal({ text: 'Read in the journal' }), name: 'Ana' });
    await seen('Read in the journal');
    at.tell('back');
    await vi.waitFor(() => expect(events.at(-1)?.event).toBe('back'));
  });

  it('says so before anything else when it is opened then', async () => {
    const { address, at, enter } = await served();
    const cookie = await enter();
    await follow(address('/lines'), cookie);
    at.tell('lost');
    const { events, seen } = await follow(address('/lines'), cookie);
    await seen('Said before');
    expect(events[0]?.event).toBe('lost');
  });

  it('shows nothing while nobody can say who may read, and goes on by itself', async () => {
    const { address, at, audience, enter, live } = await served({ timing: { everyMs: 20 } });
    const cookie = await enter();
    const { events, seen } = await follow(address('/lines'), cookie);
    await seen('Said before');
    at.answer = async () => 'away';
    const { looks } = at;
    await vi.waitFor(() => expect(at.looks).toBeGreaterThan(looks));
    audience.publish({ segment: makeFinal({ text: 'Not yet' }), name: 'Ana' });
    at.tell('lost');
    await vi.waitFor(() => expect(events.at(-1)?.event).toBe('lost'));
    expect(JSON.stringify(events)).not.toContain('Not yet');
    expect((await fetch(address('/lines'), { headers: { cookie } })).status).toBe(503);
    at.answer = async () => ({});
    await vi.waitFor(() => expect(JSON.stringify(events)).toContain('Not yet'), { timeout: 4_000 });
    expect(live.open).toBe(1);
  });
});
