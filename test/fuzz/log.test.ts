import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSecrets } from '../../src/log.ts';
import { fuzzValues } from './support/fuzz.ts';

const SECRET = 'hunter2hunter2';
const piece = fc.constantFrom(
  'https://',
  'wss://',
  'a.example',
  '/',
  '?',
  '#',
  '@',
  ':',
  ' ',
  'webhooks/1/',
  'x',
  '%',
  '\n',
  '"',
);

describe('what the log hides', () => {
  it('lets no query through, whatever stands around it', async () => {
    const around = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    const tried = await fuzzValues(around, (text) => {
      expect(hideSecrets(`${text} https://a.example/path?token=${SECRET}`)).not.toContain(SECRET);
    });
    expect(tried).toBeGreaterThan(0);
  });
});
