import { describe, expect, it } from 'vitest';
import { ChunkStore } from '../../../src/palabra/tape/chunks.ts';

const SPARED = 4;

describe('the memory for speech', () => {
  const lendMany = (store: ChunkStore, count: number) => Array.from({ length: count }, () => store.lend());
  const giveBackAll = (store: ChunkStore, blocks: readonly Int16Array[]) => {
    for (const block of blocks) store.giveBack(block);
  };

  it('lends what came back while others are still speaking', () => {
    const store = new ChunkStore(48_000, 1e9);
    const somebodys = store.lend();
    const first = lendMany(store, 100);
    giveBackAll(store, first);
    const again = lendMany(store, 80);
    expect(again.every((block) => first.includes(block))).toBe(true);
    store.giveBack(somebodys);
  });

  it('lets go of spare blocks, slowly', () => {
    const store = new ChunkStore(16_000, 1e9);
    const somebodys = store.lend();
    const many = lendMany(store, 1_000);
    giveBackAll(store, many);
    for (let i = 0; i < 10_000; i++) store.giveBack(store.lend());
    const known = lendMany(store, 1_000).filter((block) => many.includes(block));
    expect(known.length).toBeLessThan(2 * SPARED);
    store.giveBack(somebodys);
  });

  it('counts what is lent and what is held elsewhere, and says when no other block fits', () => {
    const store = new ChunkStore(1_000, 2 * 160 + 100); // 160 bytes a block
    const block = store.lend();
    store.hold(100);
    expect([store.heldBytes, store.exhausted]).toEqual([260, false]);
    store.hold(1);
    expect([store.heldBytes, store.exhausted]).toEqual([261, true]);
    store.hold(-101);
    store.giveBack(block);
    expect([store.heldBytes, store.exhausted]).toEqual([0, false]);
  });

  it('lets go of nearly all when nobody needs any', () => {
    const store = new ChunkStore(16_000, 1e9);
    const many = lendMany(store, 1_000);
    giveBackAll(store, many);
    expect(store.heldBytes).toBe(0);
    expect(lendMany(store, 1_000).filter((block) => many.includes(block)).length).toBe(SPARED);
  });
});
