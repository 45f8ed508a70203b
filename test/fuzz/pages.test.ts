import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cookieNameOf } from '../../src/web/live/passes.ts';
import { guest, served } from '../web/live/support/served.ts';
import { fuzzBytes, fuzzValues, hostileBytes, seedsOf } from './support/fuzz.ts';

const KEPT_SECRET = ['Said before', 'Weekly']; // words of the meeting, and its title
const LONGEST_MS = 2_000;

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'm1',
    '..',
    '.',
    '%',
    '%00',
    '%2e%2e',
    'lines',
    '',
    'm1/lines',
    '__proto__',
    '//',
    '\\',
    '?key=',
    '😀',
  ),
);
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
  maxLength: 60,
});

describe('what strangers ask of the pages', () => {
  it('shows nothing to who has no cookie, and never fails, however it is put', async () => {
    const { live } = await served();
    const asked = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'PATCH', 'DELETE', 'PROPFIND'),
      path: fc.array(text, { maxLength: 4 }),
      query: fc.array(fc.tuple(fc.oneof(fc.constant('key'), text), text), { maxLength: 3 }),
      cookies: fc.array(fc.tuple(fc.oneof(fc.constant(cookieNameOf('m1')), headerText), headerText), { maxLength: 3 }),
      language: headerText,
    });
    const tried = await fuzzValues(
      asked,
      async ({ method, path, query, cookies, language }) => {
        const address = `http://localhost/live/${path.join('/')}?${query.map((pair) => pair.join('=')).join('&')}`;
        if (!URL.canParse(address)) return;
        const cookie = cookies.map((pair) => pair.join('=')).join('; ');
        const headers = { cookie: cookie.trim(), 'accept-language': language.trim() };
        const answer = await live.app.request(new Request(address, { method, headers }), undefined, {});
        expect([200, 404, 405]).toContain(answer.status);
        const body = await answer.text();
        for (const secret of KEPT_SECRET) expect(body).not.toContain(secret);
      },
      101,
    );
    expect(tried).toBeGreaterThan(100);
    expect(live.open).toBe(0);
  });

  it('is answered or cut off, byte by byte as it comes, and leaves no page open', async () => {
    const { live, links, port } = await served();
    const examples = seedsOf('pages').map(({ bytes }) => bytes);
    const name = cookieNameOf('m1').replace('__Host-live-', '');
    let secret = '';
    const tried = await fuzzBytes('pages', hostileBytes(examples), async (bytes) => {
      // A key of its own for each: with one for all, whoever asked too often would be refused.
      secret = new URL(links.invite(guest)).searchParams.get('key') ?? '';
      const request = bytes.toString('latin1').replaceAll('{NAME}', name).replaceAll('{KEY}', secret);
      const answer = await answerTo(port, request);
      if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 (?:100|200|303|400|404|405|408|413|417|429|431) /);
      if (answer !== '') expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
      if (!request.includes(secret)) for (const kept of KEPT_SECRET) expect(answer).not.toContain(kept);
    });
    expect(tried).toBeGreaterThan(examples.length);
    await expect.poll(() => live.open, { timeout: 10_000 }).toBe(0);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });
});

/** What comes back until the connection is closed, to who says this and then nothing more. */
async function answerTo(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  let answer = '';
  socket.on('data', (text) => {
    answer += text;
  });
  socket.on('error', () => {}); // cut off in the middle: what came counts
  socket.end(request, 'latin1');
  const timer = setTimeout(() => socket.destroy(new Error('Not closed')), LONGEST_MS);
  const [hadError] = await once(socket, 'close');
  clearTimeout(timer);
  if (hadError === true && socket.errored?.message === 'Not closed') throw new Error(`Held open: ${request}`);
  return answer;
}
