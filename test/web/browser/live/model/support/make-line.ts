import type { LiveLine } from '../../../../../../src/web/browser/wire.ts';

/** A finished line of Ana’s, unless told otherwise. */
export function makeLine(parts: Partial<LiveLine> = {}): LiveLine {
  return { id: 'u1', person: 'ana', name: 'Ana', at: 0, text: 'Hello', language: 'en', state: 'final', ...parts };
}
