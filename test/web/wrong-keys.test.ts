import { describe, expect, it, onTestFinished } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { Health, servePages } from '../../src/web/health.ts';
import { WrongKeys } from '../../src/web/wrong-keys.ts';

describe('wrong keys of an address', () => {
  it('are thirty at once, and one more every two seconds', () => {
    let nowMs = 0;
    const wrong = new WrongKeys([], () => nowMs);
    for (let n = 0; n < 30; n++) {
      expect(wrong.isTooMany('203.0.113.7')).toBe(false);
      wrong.countWrongKey('203.0.113.7');
    }
    expect([wrong.isTooMany('203.0.113.7'), wrong.isTooMany('203.0.113.8')]).toEqual([true, false]);
    nowMs = 2_000;
    expect(wrong.isTooMany('203.0.113.7')).toBe(false);
    wrong.countWrongKey('203.0.113.7');
    expect(wrong.isTooMany('203.0.113.7')).toBe(true);
  });

  it('are, of IPv6, those of its first 64 bits', () => {
    const wrong = new WrongKeys([], () => 0);
    for (let n = 0; n < 30; n++) wrong.countWrongKey(`2001:db8:0:1::${n}`);
    expect([wrong.isTooMany('2001:db8:0:1::ffff'), wrong.isTooMany('2001:db8:0:2::1')]).toEqual([true, false]);
  });

  it('are remembered of ten thousand networks: those of the others are forgotten, the oldest first', () => {
    const wrong = new WrongKeys([], () => 0);
    for (let n = 0; n < 60; n++) wrong.countWrongKey(n % 2 ? '203.0.113.1' : '203.0.113.2');
    wrong.countWrongKey('203.0.113.1');
    for (let n = 0; n < 9_999; n++) wrong.countWrongKey(`10.0.${n >> 8}.${n & 255}`);
    expect([wrong.isTooMany('203.0.113.1'), wrong.isTooMany('203.0.113.2')]).toEqual([true, false]);
  });
});

describe('a server that is asked with wrong keys', () => {
  /** @returns how a request is answered that a proxy on this machine passes on, as it says, for an address */
  async function asked() {
    const health = new Health();
    const server = await servePages({ host: '127.0.0.1', port: 0, proxies: ['10.0.0.0/8'] }, health, quiet);
    onTestFinished(() => server[Symbol.asyncDispose]());
    health.begin({ isReady: () => true, meetings: () => 0 });
    return async (forwarded: string | undefined, path = '/live/m1?key=wrong') => {
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
      return (await fetch(`http://127.0.0.1:${server.port}${path}`, { headers })).status;
    };
  }

  it('lets the address wait, whatever it writes in front, and no other', async () => {
    const ask = await asked();
    for (let n = 0; n < 30; n++) expect(await ask(`198.51.100.${n}, 203.0.113.7, 10.0.0.1`)).toBe(404);
    expect(await ask('203.0.113.7')).toBe(429);
    expect(await ask('203.0.113.8, 203.0.113.7')).toBe(429);
    expect(await ask('203.0.113.8')).toBe(404);
  });

  it('does not count what is asked without a key, and nothing where it knows only a proxy', async () => {
    const ask = await asked();
    for (let n = 0; n < 31; n++) expect(await ask('203.0.113.7', '/live/m1')).toBe(404);
    for (let n = 0; n < 31; n++) expect(await ask('203.0.113.7', '/favicon.ico?key=x')).toBe(404);
    for (let n = 0; n < 31; n++) expect(await ask(undefined)).toBe(404);
    for (let n = 0; n < 31; n++) expect(await ask('nobody, 10.0.0.2')).toBe(404);
    expect(await ask('203.0.113.7')).toBe(404);
  });
});
