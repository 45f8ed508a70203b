import { describe, expect, it } from 'vitest';
import { RoomCounts } from '../../src/voice/index.ts';

describe('the counts of voice rooms', () => {
  it('keep the packets of rooms that were left, so that sums only grow', () => {
    const counts = new RoomCounts();
    const first = { linkState: 'connected', packets: { heard: 10, corrupt: 1 } };
    const second = { linkState: 'backing off', packets: { heard: 5 } };
    counts.add(first);
    counts.add(second);
    expect(counts.now()).toEqual({ packets: { heard: 15, corrupt: 1 }, links: { connected: 1, 'backing off': 1 } });
    first.packets.heard = 12;
    counts.remove(first);
    counts.remove(first); // again
    expect(counts.now()).toEqual({ packets: { heard: 17, corrupt: 1 }, links: { connected: 0, 'backing off': 1 } });
  });

  it('take no room that was left before it could be counted', () => {
    const counts = new RoomCounts();
    counts.add({ linkState: 'left', packets: { heard: 3 } });
    expect(counts.now()).toEqual({ packets: {}, links: { connected: 0 } });
  });
});
