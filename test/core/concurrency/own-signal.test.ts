import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { ownSignal } from '../../../src/core/concurrency/own-signal.ts';

it('aborts with the other signal and its reason, and leaves it without listeners', () => {
  const everything = new AbortController();
  const own = ownSignal(everything.signal);
  const heard: unknown[] = [];
  own.addEventListener('abort', () => heard.push(own.reason));
  expect(getEventListeners(everything.signal, 'abort')).toEqual([]);
  everything.abort('the end');
  expect(heard).toEqual(['the end']);
});
