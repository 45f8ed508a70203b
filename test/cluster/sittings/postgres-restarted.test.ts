import { describe, expect, it } from 'vitest';
import { canStartPostgres } from '../../storage/support/postgres-server.ts';
import { missingForCluster } from '../../support/cluster/missing.ts';
import { ClusterPlay } from '../../support/cluster/play.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const AWAY_MS = 8_000; // twice what others count on a process without news
const BACK_MS = 6_000; // time in which somebody could take something over
const missing = [
  ...(await missingForCluster()),
  ...((await canStartPostgres())
    ? []
    : ['There is no initdb or no pg_ctl in the path to make a PostgreSQL server with.']),
];

describe.skipIf(missing.length > 0)(`a PostgreSQL that crashes and starts again ${missing.join(' ')}`.trim(), () => {
  it('costs no word: nobody takes anything over, and what is said meanwhile is posted and kept', {
    ...inRealTime,
    timeout: 180_000,
  }, async () => {
    await using play = await ClusterPlay.begin({
      shards: 2,
      ownPostgres: true,
      takeover: { closesWith: 4006, tells: 'asker' },
    });
    const { postgres, meetings } = play.cluster;
    await play.talkFor(3_000);
    await postgres?.restart();
    await play.talkFor(BACK_MS);
    const goneMs = Date.now();
    await postgres?.restart(AWAY_MS);
    const backMs = Date.now();
    await play.talkFor(BACK_MS);
    const verdict = await play.finish();
    expect(verdict.flaws).toEqual([]);
    expect(meetings.map((meeting) => play.arrivalsIn(meeting))).toEqual([1, 1]);
    // From the third second on, no process has a right to anything in the database.
    const posted = meetings.map(({ text }) => postedIn(text.history, goneMs + 3_000, backMs));
    for (const count of posted) expect(count).toBeGreaterThan(0);
  });
});

function postedIn(messages: readonly { readonly createdAtMs: number }[], fromMs: number, toMs: number): number {
  return messages.filter(({ createdAtMs }) => createdAtMs > fromMs && createdAtMs < toMs).length;
}
