import { describe, expect, it } from 'vitest';
import { inRealTime } from '../../support/real-time/in-real-time.ts';
import { busyRoom } from '../support/busy-room.ts';
import { inChannel } from '../support/in-channel.ts';

const TALK = { people: 10, forMs: 12_000, languages: ['es', 'fr'] };
const MOST_OUT_OF_ORDER = 0.1; // of all finals

describe('ten people who talk at once', inRealTime, () => {
  it('can all be read in time, complete, under their names, nearly in order, and Discord refuses no request', async () => {
    const { discord, text, transcript } = await inChannel();
    const keeping = await busyRoom(transcript, text, TALK);
    expect(keeping.missing).toEqual([]);
    expect(keeping.stillGrowing).toBe(0);
    expect(Math.max(...keeping.finalWaitsMs)).toBeLessThan(3_000);
    expect(keeping.outOfOrderMs.length).toBeLessThanOrEqual(keeping.finalWaitsMs.length * MOST_OUT_OF_ORDER);
    expect(discord.rateLimited).toBe(0);
  }, 40_000);
});
