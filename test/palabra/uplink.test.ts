import { describe, expect, it } from 'vitest';
import { startPalabra } from '../simulators/palabra/index.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openUplink } from '../support/uplink.ts';
import { ENGLISH, Studio } from './support/studio.ts';

const never = new AbortController().signal;

describe('an uplink of 1 Mbit/s', inRealTime, () => {
  it('carries six people who talk at once, where their packets are passed on', async () => {
    await using uplink = await openUplink(1_000_000);
    const palabra = await startPalabra({ strictOgg: true });
    uplink.target = new URL(palabra.streamUrl);
    await using room = new Studio(palabra, { format: 'ogg', streamUrl: uplink.url });
    const names = ['ann', 'ben', 'cat', 'dan', 'eve', 'fay'];
    const people = names.map((name) => room.person(name, ENGLISH));
    const text = (name: string) => `${name} has much to say and says it all at once without a pause`;
    await Promise.all(people.map((person, i) => person.say(text(names[i] ?? ''))));
    const endedMs = Date.now();
    await palabra.until(({ finals }) => finals.length === names.length);
    expect(Math.max(...palabra.finals.map(({ sentAt }) => sentAt)) - endedMs).toBeLessThan(1_500);
    await Promise.all(people.map(({ stream }) => stream.finish(never)));
    expect(people.map(({ said }) => said)).toEqual(names.map((name) => [text(name)]));
    const sentMs = palabra.sockets.reduce((sum, { receivedMs }) => sum + receivedMs, 0);
    const sentBytes = palabra.sockets.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
    expect((sentBytes * 8) / sentMs).toBeLessThan(75); // kbit/s; samples at 48 kHz take 768
    expect(palabra.violations).toEqual([]);
  });
});
