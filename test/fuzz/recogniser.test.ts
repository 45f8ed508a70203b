import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../src/palabra/protocol.ts';
import { fuzzBytes, hostileBytes, seedsOf } from './support/fuzz.ts';

describe('what the recogniser sends', () => {
  it('never throws where it is read, whatever it is', async () => {
    const examples = seedsOf('recogniser').map(({ bytes }) => bytes);
    const tried = await fuzzBytes('recogniser', hostileBytes(examples), (bytes) => {
      parseMessage(bytes.toString('utf8'));
    });
    expect(tried).toBeGreaterThan(examples.length);
  });
});
