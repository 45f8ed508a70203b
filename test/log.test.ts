import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { hideSecrets } from '../src/log.ts';
import { cpuMsOf } from './support/cpu-time.ts';

const run = promisify(execFile);

describe('the log', () => {
  it('hides the query of an address, where the recogniser carries its token', () => {
    expect(hideSecrets('failed: wss://api.palabra.ai/asr/stream?token=abc&language=en')).toBe(
      'failed: wss://api.palabra.ai/asr/stream?(hidden)',
    );
  });

  it('hides the token in a webhook address', () => {
    expect(hideSecrets('POST /webhooks/123/aW50ZXJhY3Rpb24/messages')).toBe('POST /webhooks/123/(hidden)/messages');
  });

  it('hides the password of a database', () => {
    expect(hideSecrets('postgres://me:secret@db/parley is not there')).toBe(
      'postgres://(hidden)@db/parley is not there',
    );
  });

  it('hides what looks like a bot token', () => {
    const token = [`${'M'.repeat(26)}`, 'GabcDE', 'x'.repeat(38)].join('.');
    expect(hideSecrets(`Used disallowed token ${token}`)).toBe('Used disallowed token (hidden)');
  });

  it('hides the keys of programs, in errors, messages and fields', async () => {
    const key = `parley_${'aB3_-'.repeat(9).slice(0, 43)}`;
    expect(hideSecrets(`Bearer ${key}: refused`)).toBe('Bearer (hidden): refused');
    const script = `
      import { openLog } from ${JSON.stringify(new URL('../src/log.ts', import.meta.url).href)};
      const log = openLog('info');
      log.info({ what: '${key}', err: new Error('${key}'), authorization: 'Bearer x' }, 'With ${key}');
    `;
    const { stderr } = await run(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stderr).not.toContain(key);
    expect(stderr).not.toContain('Bearer x');
    expect(stderr.match(/\(hidden\)/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it('hides who logs in by a key alone, and whatever scheme the address has', () => {
    expect(hideSecrets('redis://k3y@cache/0?password=p and https://a.b/@name')).toBe(
      'redis://(hidden)@cache/0?(hidden) and https://a.b/@name',
    );
  });

  it.each([
    ['addresses in a row', 'http://'],
    ['colons behind an address', '://a:', ':'],
    ['words that might begin a token', 'a-'],
    ['parts that might be those of a token', `${'a'.repeat(24)}.`],
    ['at signs', '://@', '@'],
    ['webhook addresses', '/webhooks/1'],
  ])('takes no longer over a text of %s than over any other', async (_, beginning, rest = beginning) => {
    const text = beginning + rest.repeat(1_000_000 / rest.length);
    expect(hideSecrets(text).length).toBeLessThan(2_100);
    expect(await cpuMsOf(() => hideSecrets(text))).toBeLessThan(250); // minutes if a pattern began at each character
  });

  it('writes no character that controls a terminal, in whichever field', async () => {
    const script = `
      import { openLog } from ${JSON.stringify(new URL('../src/log.ts', import.meta.url).href)};
      const evil = 'a\\u009b2Jb\\u001b[2Jc\\u202ed\\u2028e';
      openLog('info').info({ err: Object.assign(new Error(evil), { code: evil }), reason: evil }, evil);
    `;
    const { stderr } = await run(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stderr.trimEnd()).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    expect(JSON.parse(stderr)).toMatchObject({ msg: 'a 2Jb\u001b[2Jc d e', reason: 'a 2Jb\u001b[2Jc d e' });
  });

  it('keeps its lines short, whatever an error holds', async () => {
    const script = `
      import { openLog } from ${JSON.stringify(new URL('../src/log.ts', import.meta.url).href)};
      const huge = 'x'.repeat(1_000_000);
      const error = Object.assign(new Error(huge), { name: huge, code: huge });
      error.cause = Object.assign(new Error(huge, { cause: error }), { code: { token: huge } });
      openLog('info').info({ err: error, reason: huge }, huge);
    `;
    const { stderr } = await run(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(stderr.length).toBeLessThan(60_000);
    expect(JSON.parse(stderr)).toMatchObject({ level: 'info', reason: expect.stringMatching(/^x+…$/) });
  });
});
