import { describe, expect, it } from 'vitest';
import type { Ownership } from '../support/cluster/lease-log.ts';
import { staleFlaws, tokenFlaws } from '../support/cluster/owners.ts';

const moved: readonly Ownership[] = [
  { atMs: 1_000, guildId: 'g', meetingId: 'm', owner: 'a', token: 1n },
  { atMs: 2_000, guildId: 'g', meetingId: 'm', owner: 'b', token: 2n },
  { atMs: 3_000, guildId: 'g', meetingId: 'm', owner: undefined, token: 2n },
];
const nodes: Readonly<Record<string, string>> = { '127.0.0.2': 'a', '127.0.0.3': 'b' };

/** What the examiner reads of a cluster in which one request was made, and one voice channel was asked for. */
function clusterOf(atMs: number, address: string, { method = 'POST', guildId = 'g', connectedAtMs = atMs } = {}) {
  return {
    discord: {
      rest: { seen: [{ method, route: '/x', guildId, address, arrivedAtMs: atMs, connectedAtMs }] },
      seats: { asked: [{ guildId, address, atMs }] },
    },
    cuts: [{ address: '127.0.0.2', sinceMs: 1_400, untilMs: 2_400 }],
    nodeAt: (at: string | undefined) => ({ name: nodes[at ?? ''] ?? '' }),
  } as unknown as Parameters<typeof staleFlaws>[0]; // the examiner reads no more of it
}

describe('the examiner of a cluster', () => {
  it.each([
    ['the owner', 1_500, '127.0.0.2', {}],
    ['the next owner', 2_500, '127.0.0.3', {}],
    ['the owner before, as what it sent just before arrives', 2_100, '127.0.0.2', {}],
    ['anybody once the meeting is settled', 3_500, '127.0.0.2', {}],
    ['anybody in another server', 2_500, '127.0.0.2', { guildId: 'h' }],
  ])('lets %s ask Discord for something', (_, atMs, address, what) => {
    expect(staleFlaws(clusterOf(atMs, address, what), moved)).toEqual([]);
  });

  it('finds requests and voice channels that an earlier owner asked for', () => {
    expect(staleFlaws(clusterOf(2_500, '127.0.0.2'), moved)).toEqual([
      'op 4 of a, 500 ms after b had become the owner',
      'POST /x of a, 500 ms after b had become the owner',
    ]);
  });

  it('lets a request arrive late whose connection was cut before the owner changed', () => {
    const late = staleFlaws(clusterOf(2_500, '127.0.0.2', { connectedAtMs: 1_300 }), moved);
    expect(late).toEqual(['op 4 of a, 500 ms after b had become the owner']);
  });

  it('finds an owner whose token is not higher than all before it', () => {
    expect(tokenFlaws(moved)).toEqual([]);
    const again: Ownership = { atMs: 2_500, guildId: 'g', meetingId: 'm', owner: 'a', token: 1n };
    expect(tokenFlaws([...moved, again])).toEqual(['an owner with an old token: a of m, 1 after 2']);
  });
});
