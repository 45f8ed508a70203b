import type { SpeakerId } from '../../core/ids.ts';
import type { FinalSegment } from '../../core/segment.ts';
import type { TalkTime } from './minutes-model.ts';

/** How long each person spoke, the most talkative first. Time that two finals of one person both cover counts once. */
export function talkTimes(finals: readonly FinalSegment[], nameOf: (id: SpeakerId) => string): TalkTime[] {
  const spoken = [...Map.groupBy(finals, ({ speakerId }) => speakerId)].map(([id, own]) => ({
    speakerId: id,
    name: nameOf(id),
    talkMs: coveredMs(own),
  }));
  const allMs = spoken.reduce((sum, { talkMs }) => sum + talkMs, 0);
  return spoken
    .map((one) => ({ ...one, share: allMs === 0 ? 0 : one.talkMs / allMs }))
    .toSorted((a, b) => b.talkMs - a.talkMs);
}

function coveredMs(finals: readonly FinalSegment[]): number {
  let covered = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { startMs, endMs } of finals.toSorted((a, b) => a.startMs - b.startMs)) {
    covered += Math.max(0, endMs - Math.max(startMs, untilMs));
    untilMs = Math.max(untilMs, endMs);
  }
  return covered;
}
