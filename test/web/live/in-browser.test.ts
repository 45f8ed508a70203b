import { describe, expect, it } from 'vitest';
import { makeFinal } from '../../support/make.ts';
import { browser, faultsOf, hasChromium, inChromium } from '../support/browser.ts';
import { guest, served } from './support/served.ts';

const open = browser();

describe.skipIf(!hasChromium)(inChromium('the live page in a browser'), () => {
  it('shows what is said while it is said, and axe finds nothing wrong', { timeout: 40_000 }, async () => {
    const { links, address, audience } = await served();
    const { search } = new URL(links.invite(guest));
    const page = await open(address(search));
    await page.getByText('Said before').waitFor();
    const said = makeFinal({ utteranceId: 'u1', text: 'Good morning' });
    audience.publish({ segment: { ...said, kind: 'partial', text: 'Good' }, name: 'Ben' });
    await page.getByText('Good', { exact: true }).waitFor();
    audience.publish({ segment: said, name: 'Ben' });
    await page.getByText('Good morning').waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });
});
