import { describe, expect, it, vi } from 'vitest';
import { missingForCluster } from '../../support/cluster/missing.ts';
import { ClusterPlay } from '../../support/cluster/play.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const HEARS_WITHIN_MS = 6_000;
const ANSWERS_WITHIN_MS = 8_000;
const missing = await missingForCluster();

describe.skipIf(missing.length > 0)('a process of a cluster that is killed while people talk', () => {
  it('is replaced within six seconds without a word lost or doubled, answers who asks meanwhile, and disturbs no other meeting', {
    ...inRealTime,
    timeout: 120_000,
  }, async () => {
    await using play = await ClusterPlay.begin({ shards: 2, takeover: { closesWith: 4006, tells: 'all' } });
    await play.talkFor(4_000);
    const { owner, others } = await play.someOwner();
    const [meeting] = await play.meetingsOf(owner);
    const killing = play.kill(owner);
    await vi.waitFor(() => expect(owner.isRunning).toBe(false));
    const where = meeting && { channel: meeting.text, answerWithinMs: ANSWERS_WITHIN_MS };
    const asked = where && meeting.people[0]?.command('transcribe status', {}, where); // nobody owns it for four seconds
    const crossings = await killing;
    expect((await asked)?.content).toMatch(/^\*\*Transcribing(?!.*not heard)/s);
    await play.talkFor(3_000);
    expect((await play.finish()).flaws).toEqual([]);
    expect(crossings.map(({ hearsAfterMs }) => hearsAfterMs < HEARS_WITHIN_MS)).toEqual([true]);
    expect(others.map((meeting) => play.arrivalsIn(meeting))).toEqual([1]);
  });
});
