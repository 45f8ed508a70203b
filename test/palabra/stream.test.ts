import { describe, expect, it } from 'vitest';
import { spokenDurationMs } from '../simulators/speech/speak.ts';
import { studio } from './support/studio.ts';

const never = new AbortController().signal;

describe.concurrent('a stream', () => {
  it('turns speech into a final, with partials before it', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    await ann.say('good morning everybody');
    await ann.until(() => ann.said.length === 1);
    expect(ann.said).toEqual(['good morning everybody']);
    expect(ann.segments[0]?.kind).toBe('partial');
    expect(new Set(ann.segments.map(({ utteranceId }) => utteranceId)).size).toBe(1);
    expect(room.palabra.violations).toEqual([]);
  });

  it('says when the words were spoken, within 100 ms', async () => {
    await using room = await studio();
    const ann = room.person('ann');
    const startsMs = [await ann.say('first words'), await ann.say('later words')];
    startsMs.push(await ann.say('and the last'));
    await ann.stream.finish(never);
    const errors = ann.finals.map(({ startMs }, i) => Math.abs(startMs - (startsMs[i] ?? 0)));
    const [first] = ann.finals;
    expect(errors.length).toBeGreaterThan(0);
    expect(Math.max(...errors.slice(0, 1))).toBeLessThan(100);
    expect(Math.abs((first?.endMs ?? 0) - (startsMs[0] ?? 0))).toBeGreaterThan(spokenDurationMs('first words') - 100);
  });
});
