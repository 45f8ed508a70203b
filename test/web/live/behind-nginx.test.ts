import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeFinal } from '../../support/make.ts';
import { browser, hasChromium, inChromium } from '../support/browser.ts';
import { behindNginx, hasNginx, startNginx } from '../support/nginx.ts';
import { follow, guest, served } from './support/served.ts';

const IDLE_MINUTES = Number(process.env.IDLE_MINUTES ?? 0);
const open = browser();

describe.skipIf(!hasNginx)(behindNginx('a live page behind nginx'), () => {
  it('outlives silences much longer than nginx bears, and then gets a line at once though nginx buffers answers', async () => {
    const { port, enter, audience } = await served({ timing: { signOfLifeMs: 300 } });
    const proxy = await startNginx(port, 'proxy_read_timeout 1s;');
    const { seen } = await follow(`${proxy}/live/m1/lines`, await enter());
    await seen('Said before');
    await delay(3_000); // nothing happens, which no event tells
    audience.publish({ segment: makeFinal({ utteranceId: 'u1', text: 'Still here' }), name: 'Ana' });
    await seen('Still here');
  });

  it('would be cut off without signs of life', async () => {
    const { port, enter } = await served({ timing: { signOfLifeMs: 60_000 } });
    const proxy = await startNginx(port, 'proxy_read_timeout 1s;');
    const { seen, ended } = await follow(`${proxy}/live/m1/lines`, await enter());
    await seen('Said before');
    await expect(ended).rejects.toThrow('terminated');
  });
});

/** Real minutes: run with IDLE_MINUTES=5. */
describe.skipIf(!hasNginx || !hasChromium || IDLE_MINUTES === 0)(
  inChromium(behindNginx('a live page in a browser behind nginx with its default time-outs')),
  () => {
    it(`stays connected for ${IDLE_MINUTES} minutes in which nobody says anything`, {
      timeout: (IDLE_MINUTES + 1) * 60_000,
    }, async () => {
      const { port, links, audience } = await served({ timing: { everyMs: 10_000 } });
      const proxy = await startNginx(port);
      const { search } = new URL(links.invite(guest));
      const page = await open(`${proxy}/live/m1${search}`);
      await page.getByText('Said before').waitFor();
      const connections: string[] = [];
      page.on('request', (request) => void (request.url().includes('/lines') && connections.push(request.url())));
      await delay(IDLE_MINUTES * 60_000);
      audience.publish({ segment: makeFinal({ utteranceId: 'u1', text: 'Still here' }), name: 'Ana' });
      await page.getByText('Still here', { exact: true }).waitFor(); // screen readers are told it with its speaker
      expect(connections).toEqual([]);
    });
  },
);
