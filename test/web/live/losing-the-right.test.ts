import { describe, expect, it } from 'vitest';
import type { Log } from '../../../src/core/log.ts';
import { quiet } from '../../../src/core/log.ts';
import { makeFinal } from '../../support/make.ts';
import { follow, guest, served } from './support/served.ts';

const never = () => new Promise<never>(() => {});

describe('a reader who loses the right to read', () => {
  it('sees no further line, and sees the page end', async () => {
    const lines: object[] = [];
    const log: Log = { ...quiet, info: (fields) => void lines.push(fields) };
    const { address, at, audience, enter } = await served({ log });
    const cookie = await enter();
    const { events, seen, ended } = await follow(address('/lines'), cookie);
    await seen('Said before');
    at.reader = undefined;
    await ended;
    expect(events.at(-1)?.event).toBe('ended');
    audience.publish({ segment: makeFinal({ text: 'Not for them' }), name: 'Ana' });
    expect(JSON.stringify(events)).not.toContain('Not for them');
    expect((await fetch(address(), { headers: { cookie } })).status).toBe(404);
    expect((await fetch(address('/lines'), { headers: { cookie } })).status).toBe(404);
    expect(lines).toContainEqual({ access: 'live page', outcome: 'ended', ...guest });
    expect(lines).toContainEqual({ access: 'live page', outcome: 'refused', ...guest });
  });

  it('sees the page end, even while asking for it again and again', async () => {
    const { address, at, enter } = await served({ timing: { everyMs: 200 } });
    const cookie = await enter();
    const { events, ended } = await follow(address('/lines'), cookie);
    at.reader = undefined;
    const flood = Promise.all(
      Array.from({ length: 300 }, async () => (await fetch(address(), { headers: { cookie } })).arrayBuffer()),
    );
    await ended;
    expect(events.at(-1)?.event).toBe('ended');
    await flood;
    expect(at.looks).toBeLessThan(20); // one for each 200 ms, not one for each request
  });

  it('sees no further line from the moment Discord reports a change', async () => {
    const { address, at, audience, change, enter } = await served({ timing: { everyMs: 60_000 } });
    const { events, seen, ended } = await follow(address('/lines'), await enter());
    await seen('Said before');
    const answer = Promise.withResolvers<undefined>();
    at.answer = () => answer.promise;
    change('1');
    audience.publish({ segment: makeFinal({ text: 'Not for them' }), name: 'Ana' });
    answer.resolve(undefined);
    await ended;
    expect(events.map(({ event }) => event)).toEqual(['reset', 'languages', 'person', 'line', 'all', 'ended']);
  });

  it('reads on without a gap when the change concerned somebody else', async () => {
    const { address, at, audience, change, enter } = await served({ timing: { everyMs: 60_000 } });
    const { seen } = await follow(address('/lines'), await enter());
    await seen('Said before');
    const looks = at.looks;
    change('2'); // in another server
    change('1', '999'); // of another member
    expect(at.looks).toBe(looks);
    change('1');
    audience.publish({ segment: makeFinal({ text: 'Said meanwhile' }), name: 'Ana' });
    await seen('Said meanwhile');
    expect(at.looks).toBe(looks + 1);
  });

  it('is cut off when Discord does not answer twice in a row', async () => {
    const { address, at, audience, enter } = await served({ timing: { answerWithinMs: 100, againAfterMs: 0 } });
    const cookie = await enter();
    const { events, seen, ended } = await follow(address('/lines'), cookie);
    await seen('Said before');
    at.answer = never;
    const before = at.looks;
    await expect.poll(() => at.looks).toBe(before + 2); // the first is over by then
    audience.publish({ segment: makeFinal({ text: 'Not for them' }), name: 'Ana' });
    await ended;
    expect(events.map(({ event }) => event)).toEqual(['reset', 'languages', 'person', 'line', 'all', 'stopped']);
    expect((await fetch(address(), { headers: { cookie } })).status).toBe(503);
  });

  it('reads on after one failure of Discord', async () => {
    const { address, at, audience, enter } = await served({ timing: { againAfterMs: 20 } });
    const { seen } = await follow(address('/lines'), await enter());
    await seen('Said before');
    let failures = 0;
    at.answer = async () => {
      failures += 1;
      if (failures === 1) throw new Error('Discord answers with 503');
      return {};
    };
    await expect.poll(() => failures).toBeGreaterThan(1);
    audience.publish({ segment: makeFinal({ text: 'Said later' }), name: 'Ana' });
    await seen('Said later');
  });
});
