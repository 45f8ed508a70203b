import { describe, expect, it } from 'vitest';
import { hideSecrets } from '../src/log.ts';

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
});
