import Keyv from 'keyv';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyvSqlite } from '../../../src/storage/settings/keyv-sqlite.ts';
import { openSqliteFile } from '../../../src/storage/sqlite-file.ts';

describe("Keyv's entries in SQLite", () => {
  let store: KeyvSqlite;
  let keyv: Keyv<unknown>;
  beforeEach(() => {
    store = new KeyvSqlite(openSqliteFile(':memory:'));
    keyv = new Keyv(store, { namespace: 'a', throwOnErrors: true });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await keyv.disconnect();
  });

  async function everything(of: Keyv<unknown>): Promise<unknown[]> {
    return Array.fromAsync(of.iterator?.(undefined) ?? []);
  }

  it('come back as they were set', async () => {
    await keyv.set('k', { deep: [1, 'two', null] });
    expect(await keyv.get('k')).toEqual({ deep: [1, 'two', null] });
  });

  it('differ from keys that were never set', async () => {
    expect(await keyv.get('k')).toBeUndefined();
    expect(await keyv.has('k')).toBe(false);
  });

  it('say whether there was something to delete', async () => {
    await keyv.set('k', 1);
    expect(await keyv.delete('k')).toBe(true);
    expect(await keyv.delete('k')).toBe(false);
  });

  it('die when their time is over', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await keyv.set('k', 1, 1_000);
    vi.setSystemTime(Date.now() + 999);
    expect(await keyv.get('k')).toBe(1);
    vi.setSystemTime(Date.now() + 2);
    expect(await keyv.get('k')).toBeUndefined();
  });

  it('are iterated in their own namespace only', async () => {
    const other = new Keyv(store, { namespace: 'b' });
    await other.set('k', 'of b');
    keyv.namespace = 'a';
    await keyv.set('k', 'of a');
    await keyv.set('%', 'also of a');
    expect(await everything(keyv)).toEqual([
      ['%', 'also of a'],
      ['k', 'of a'],
    ]);
  });

  it('are cleared in their own namespace only', async () => {
    const other = new Keyv(store, { namespace: 'b' });
    await other.set('k', 'of b');
    keyv.namespace = 'a';
    await keyv.set('k', 'of a');
    await keyv.clear();
    expect(await keyv.get('k')).toBeUndefined();
    expect(await other.get('k')).toBe('of b');
  });
});
