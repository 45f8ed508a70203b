import { describe, expect, it } from 'vitest';
import { assetLinks, assetPages } from '../../../src/web/assets/assets.ts';

const app = assetPages();
const head = String(await assetLinks('..', ['base.css', 'live/live.css'], 'live/main.js'));
const addresses = [...head.matchAll(/(?:href|src)="\.\.([^"]+)"/g)].map(([, address = '']) => address);

describe('the scripts and styles of pages', () => {
  it('are named in the page’s head, with all modules that its script imports', async () => {
    const named = addresses.map((address) => address.split('/').slice(3).join('/'));
    expect(named).toEqual(
      expect.arrayContaining(['base.css', 'live/live.css', 'live/main.js', 'lit-html/lit-html.js']),
    );
    const here = new URL('http://parley.test/');
    for (const address of addresses.filter((address) => address.endsWith('.js'))) {
      const text = await (await app.request(address)).text();
      for (const [, to = ''] of text.matchAll(/\b(?:from|import)\s*["']([^"']+)["']/g)) {
        expect(addresses).toContain(new URL(to, new URL(address, here)).pathname);
      }
    }
  });

  it('are kept by browsers for a year, and their types are not sent', async () => {
    for (const address of addresses) {
      const answer = await app.request(address);
      const kind = address.endsWith('.css') ? 'css' : 'javascript';
      expect([address, answer.status, answer.headers.get('content-type')]).toEqual([
        ...[address, 200, `text/${kind}; charset=utf-8`],
      ]);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(await answer.text()).not.toMatch(/^(?:import type|export interface|export type) /m);
    }
  });

  it('are those of this version for a page of another one, which keeps none', async () => {
    const answer = await app.request('/assets/another/base.css');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  it.each(['tsconfig.json', 'live/main.ts', '../../start.js', 'lit-html/package.json', 'constructor', ''])(
    'are no other files: %s',
    async (path) => {
      expect((await app.request(`/assets/x/${path}`)).status).toBe(404);
    },
  );
});
